package dev.rondo.core.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The next class by how often each came behind the same last classes in the training part, interpolated with shorter contexts
 * (Witten and Bell 1991).
 *
 * <p>With n the times that a context came and d the different classes that came behind it,
 * p(c) = (count of c behind it + d · p(c) by the context shorter by one) / (n + d); before the shortest stands a uniform guess.
 */
final class NGrams implements BaselineResult.Rule {
    /** Longer contexts are so rare in texts of a few million characters that they add nothing. */
    private static final int LONGEST = 6;
    /** In longer texts contexts of so many classes are as many as memory should hold. */
    private static final long LONG_TEXT = 4_000_000;

    private static final int SHORTER = 4;

    private final Dataset data;
    private final int order;
    private final Context[] roots;

    private NGrams(Dataset data, int order, Context[] roots) {
        this.data = data;
        this.order = order;
        this.roots = roots;
    }

    /** What came behind one context, and the contexts that are longer by one class before it. */
    private static final class Context {
        private int[] classes = new int[1];
        private int[] counts = new int[1];
        private int different;
        private int total;
        private @Nullable Map<Integer, Context> longer;

        void add(int next) {
            total++;
            for (int i = 0; i < different; i++) {
                if (classes[i] == next) {
                    counts[i]++;
                    return;
                }
            }
            if (different == classes.length) {
                classes = Arrays.copyOf(classes, 2 * different);
                counts = Arrays.copyOf(counts, 2 * different);
            }
            classes[different] = next;
            counts[different++] = 1;
        }

        /** Mixes what came behind this context into the probabilities of {@code width} classes from {@code at} on. */
        void mixInto(double[] probabilities, int at, int width) {
            double whole = (double) total + different;
            for (int k = at; k < at + width; k++) {
                probabilities[k] *= different / whole;
            }
            for (int i = 0; i < different; i++) {
                probabilities[at + classes[i]] += counts[i] / whole;
            }
        }

        Context extended(int earlier) {
            if (longer == null) {
                longer = new HashMap<>();
            }
            return longer.computeIfAbsent(earlier, any -> new Context());
        }

        @Nullable
        Context extendedIfKnown(int earlier) {
            return longer == null ? null : longer.get(earlier);
        }
    }

    /** Counts contexts of up to {@code order} classes; where the past of the targets is unknown, only 0 is possible. */
    static NGrams fit(Dataset data, int order) {
        Context[] roots = new Context[data.targetWidth()];
        for (int target = 0; target < roots.length; target++) {
            roots[target] = new Context();
            for (int place : data.scored(data.training())) {
                int row = place % data.rows();
                int t = data.training().from() + place / data.rows();
                int next = (int) data.wanted(row, target, t);
                Context context = roots[target];
                context.add(next);
                for (int back = 0; back < order && t - back >= 0; back++) {
                    context = context.extended((int) data.value(row, target, t - back));
                    context.add(next);
                }
            }
        }
        return new NGrams(data, order, roots);
    }

    /** With the length of contexts that is best on the validation part. */
    static NGrams best(Dataset data) {
        int most = (long) data.training().steps() * data.rows() > LONG_TEXT ? SHORTER : LONGEST;
        NGrams longest = fit(data, most);
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int order = 0; order <= most; order++) {
            double surprise = new NGrams(data, order, longest.roots).surprise(data.validation());
            if (surprise < least) {
                least = surprise;
                best = order;
            }
        }
        return new NGrams(data, best, longest.roots);
    }

    int order() {
        return order;
    }

    /** The mean negative logarithm of the probability of what came, in nats. */
    double surprise(Span span) {
        double[] forecast =
                new double[data.classes().stream().mapToInt(each -> each).sum()];
        double sum = 0;
        int[] places = data.scored(span);
        for (int place : places) {
            int row = place % data.rows();
            int t = span.from() + place / data.rows();
            forecast(row, t, forecast);
            int at = 0;
            for (int target = 0; target < roots.length; target++) {
                sum -= Math.log(forecast[at + (int) data.wanted(row, target, t)]);
                at += data.classes().get(target);
            }
        }
        return sum / places.length / roots.length;
    }

    @Override
    public void forecast(int row, int t, double[] forecast) {
        int at = 0;
        for (int target = 0; target < roots.length; target++) {
            int width = data.classes().get(target);
            Arrays.fill(forecast, at, at + width, 1.0 / width);
            Context context = roots[target];
            context.mixInto(forecast, at, width);
            for (int back = 0; back < order && t - back >= 0; back++) {
                context = context.extendedIfKnown((int) data.value(row, target, t - back));
                if (context == null) {
                    break;
                }
                context.mixInto(forecast, at, width);
            }
            at += width;
        }
    }
}
