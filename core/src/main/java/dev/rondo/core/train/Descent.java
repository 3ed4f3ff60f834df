package dev.rondo.core.train;

import dev.rondo.api.spi.Activation;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.optim.AdaptiveClip;
import dev.rondo.core.optim.GradientClip;
import dev.rondo.core.optim.GradientReport;
import dev.rondo.core.optim.ScheduleProgram;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way from gradients to new parameters: learning rate, limits, optimiser; with the figures of an epoch that are taken on it. */
final class Descent {
    /**
     * An update that is to come.
     *
     * @param rate what the learning rate is multiplied by
     */
    record Update(ScheduleProgram.Moment moment, double rate) {}

    private final TracedModel model;
    private final List<Parameter> parameters;
    private final Updater updater;
    private final Dataset data;
    private final TrainingPlan plan;
    private final GradientClip clip;
    private final @Nullable AdaptiveClip adaptiveClip;
    /** What a pass gives: gradients, then new values of buffers. */
    private final float[][] results;
    /** The arrays of the results that are gradients. */
    private final float[][] gradients;

    private @Nullable ScheduleProgram schedule;

    /** @param arrays that training changes: the model's parameters, then what equations set */
    Descent(TracedModel model, List<Stored> arrays, Updater updater, Dataset data, TrainingPlan plan) {
        this.model = model;
        parameters = model.parameters();
        this.updater = updater;
        this.data = data;
        this.plan = plan;
        clip = new GradientClip(limit(plan.clipValue()), limit(plan.clipTensorNorm()), limit(plan.clipNorm()));
        adaptiveClip = plan.clipAdaptive() > 0 ? new AdaptiveClip(model, plan.clipAdaptive()) : null;
        results = arrays.stream().map(each -> new float[each.length()]).toArray(float[][]::new);
        gradients = Arrays.copyOf(results, parameters.size());
    }

    private static double limit(double value) {
        return value > 0 ? value : Double.POSITIVE_INFINITY;
    }

    void schedule(ScheduleProgram newSchedule) {
        schedule = newSchedule;
    }

    /** Where a pass writes what {@link #update} takes: gradients, then new values of buffers. */
    float[][] results() {
        return results;
    }

    /**
     * The update that comes next.
     *
     * @param epochs passes that are done, the present one in part
     * @param each how many updates an epoch has
     */
    Update next(Progress progress, double epochs, int each) {
        int checked = progress.history.size();
        EpochFigures last = checked == 0 ? null : progress.history.get(checked - 1);
        double loss = last == null ? Double.NaN : validates() ? last.validationLoss() : last.trainLoss();
        ScheduleProgram.Moment moment = new ScheduleProgram.Moment(
                progress.updates, (long) plan.epochs() * each, epochs / Math.max(1, plan.epochs()), loss, checked);
        return new Update(moment, schedule == null ? 1 : schedule.factor(moment));
    }

    /** Whether {@link #point} and {@link #update} need the loss at the parameters, which takes a pass of its own. */
    boolean readsLoss() {
        return updater.pointReadsLoss();
    }

    /**
     * Where the gradients are wanted, with the buffers.
     *
     * @param here the loss at the parameters; NaN unless {@link #readsLoss}
     */
    float[][] point(Progress progress, Update next, double here) {
        float[][] point = updater.point(trained(progress), here, next.rate());
        if (results.length == gradients.length) {
            return point;
        }
        float[][] all = progress.parameters.clone();
        System.arraycopy(point, 0, all, 0, gradients.length);
        return all;
    }

    /**
     * Changes the parameters by the gradients in {@link #results}.
     *
     * @param point at which they were taken
     * @param loss there, the mean over what was scored
     * @param here as {@link #point} was told
     * @param scored how many outputs
     * @throws DivergedException if the loss or a gradient is not finite
     */
    void update(Progress progress, Update next, float[][] point, double loss, double here, int scored) {
        if (!Double.isFinite(loss) && progress.updates == 0) {
            throw new DivergedException("the loss of the first chunk is not finite (" + loss
                    + "), before any update, so that the learning rate is not the reason: look at the size of the values"
                    + " in the data and at the first weights (--init)" + gates());
        }
        double norm = GradientClip.norm(gradients);
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            throw diverged(progress, Double.isFinite(loss) ? "the gradient" : "the loss", loss);
        }
        progress.lossSum += loss * scored;
        progress.scored += scored;
        progress.gradientNorm = Math.max(progress.gradientNorm, norm);
        if (adaptiveClip != null) {
            adaptiveClip.apply(point, gradients);
        }
        clip.apply(gradients);
        updater.update(trained(progress), gradients, readsLoss() ? here : loss, next.rate());
        for (int i = gradients.length; i < results.length; i++) {
            System.arraycopy(results[i], 0, progress.parameters[i], 0, results[i].length);
        }
        progress.updates++;
        if (schedule != null) {
            schedule.advance(next.moment());
        }
    }

    /** The parameters without the buffers. */
    private float[][] trained(Progress progress) {
        return results.length == gradients.length
                ? progress.parameters
                : Arrays.copyOf(progress.parameters, gradients.length);
    }

    /** Whether the validation part was kept out of training. */
    boolean validates() {
        return data.validation().from() >= data.training().to()
                && data.validation().steps() > 0;
    }

    /** What the user put in place of the gates, another likely reason. */
    private String gates() {
        Set<String> replaced = new LinkedHashSet<>();
        for (TracedLayer layer : model.layers()) {
            Configured<Activation> sigmoid = layer.gates().sigmoid();
            Configured<Activation> tanh = layer.gates().tanh();
            if (sigmoid != null) {
                replaced.add(sigmoid.spec() + " in place of the sigmoid");
            }
            if (tanh != null) {
                replaced.add(tanh.spec() + " in place of the tanh");
            }
        }
        return replaced.isEmpty() ? "" : ", and at " + String.join(" and ", replaced);
    }

    DivergedException diverged(Progress progress, String what, double loss) {
        String kept = progress.bestEpoch > 0
                ? "; epoch " + progress.bestEpoch + " was the best, with a " + (validates() ? "validation" : "training")
                        + " loss of " + progress.bestLoss
                : "";
        return new DivergedException(what + " is not finite any more (loss " + loss + ") in epoch "
                + (progress.epoch + 1)
                + ", chunk " + (progress.chunk + 1) + " (update " + (progress.updates + 1) + "): "
                + GradientReport.of(parameters, gradients).sentence() + kept
                + ". A smaller learning rate (--lr) or clipping (--clip-norm) may help.");
    }
}
