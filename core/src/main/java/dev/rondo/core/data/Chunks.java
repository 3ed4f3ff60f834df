package dev.rondo.core.data;

import dev.rondo.api.spi.UsageException;
import dev.rondo.core.engine.Sequences;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The training part cut into chunks for truncated back-propagation. The rows of all chunks are the same streams.
 *
 * <p>Every step is in exactly one chunk of an epoch. Where the series consist of episodes, no chunk reaches from one into the next,
 * what counts is what the series say, and there is neither warm-up nor offset. Elsewhere the last chunk is as short as what is left. With an offset above 0 the first
 * chunk is that long and is not scored: the state passes through it. The streams of one series differ in length by one step at
 * most; the lengths of the last chunk say so.
 */
public final class Chunks {
    private final Dataset data;
    private final int length;
    private final int warmup;
    private final int episode;
    private final int[] starts;
    private final int[] lengths;
    private final int longest;

    Chunks(Dataset data, int length, int warmup) {
        episode = data.series().episode();
        int together = Math.max(1, episode);
        int pieces = data.training().steps() / together;
        int streams = data.streams();
        longest = (pieces + streams - 1) / streams * together;
        if (length < 1) {
            throw new UsageException("seq-len = " + length + ", but a chunk needs at least 1 step");
        }
        if (episode == 0 && length > longest) {
            String each = streams == 1 ? "" : " in each of its " + streams + " streams";
            throw new UsageException("the series is shorter than one chunk: seq-len = " + length
                    + ", but the training part has " + longest + " steps" + each + "; seq-len = " + longest
                    + " or less" + (streams == 1 ? "" : ", or fewer streams,") + " would be right");
        }
        if (episode == 0 && (warmup < 0 || warmup >= longest)) {
            throw new UsageException("warmup = " + warmup + " leaves no step of " + longest
                    + " to train on; a value from 0 to " + (longest - 1) + " would be right");
        }
        this.data = data;
        this.length = episode == 0 ? length : Math.min(length, episode);
        this.warmup = episode == 0 ? warmup : 0;
        starts = new int[streams];
        lengths = new int[streams];
        for (int i = 0; i < streams; i++) {
            lengths[i] = (pieces / streams + (i < pieces % streams ? 1 : 0)) * together;
            starts[i] = i == 0 ? data.training().from() : starts[i - 1] + lengths[i - 1];
        }
    }

    /** Number of rows of every chunk: series times streams. */
    public int rows() {
        return data.rows() * starts.length;
    }

    /** The rows whose streams end where the training part of each series ends, in the order of the series. */
    public int[] lastRows() {
        int[] last = new int[data.rows()];
        for (int row = 0; row < last.length; row++) {
            last[row] = (row + 1) * starts.length - 1;
        }
        return last;
    }

    /** Steps of the longest stream. */
    public int steps() {
        return longest;
    }

    /** How many chunks an epoch has. */
    public int count(int offset) {
        return episode > 0
                ? longest / episode * perEpisode()
                : (offset > 0 ? 1 : 0) + (longest - offset + length - 1) / length;
    }

    private int perEpisode() {
        return (episode + length - 1) / length;
    }

    /** An offset for an epoch, from 0 up to less than a chunk, that leaves at least one full chunk. */
    public int offset(double uniform) {
        return episode > 0 ? 0 : (int) (uniform * Math.min(length, longest - length + 1));
    }

    /** Chunk number {@code index} of an epoch that begins with {@code offset} steps without loss. */
    public Chunk get(int index, int offset) {
        if (offset < 0 || offset > longest - length || index < 0 || index >= count(offset)) {
            throw new IndexOutOfBoundsException("chunk " + index + " behind an offset of " + offset);
        }
        if (episode > 0) {
            int begin = index / perEpisode() * episode;
            int start = begin + index % perEpisode() * length;
            return chunk(start, Math.min(begin + episode, start + length), start == begin, 0);
        }
        int ahead = offset > 0 ? index - 1 : index;
        int from = ahead < 0 ? 0 : offset + ahead * length;
        int to = ahead < 0 ? offset : Math.min(longest, from + length);
        return chunk(from, to, index == 0, Math.max(warmup, offset));
    }

    private Chunk chunk(int from, int to, boolean fresh, int unscored) {
        int steps = to - from;
        int rows = rows();
        int width = data.width();
        int targetWidth = data.targetWidth();
        float[] inputs = new float[steps * rows * width];
        float[] targets = new float[steps * rows * targetWidth];
        float[] weights = new float[steps * rows];
        double[] times = data.series().times();
        double[] stamps = times.length == 0 ? null : new double[steps * rows];
        int scored = 0;
        for (int t = 0; t < steps; t++) {
            for (int row = 0; row < rows; row++) {
                int stream = row % starts.length;
                if (from + t >= lengths[stream]) {
                    continue;
                }
                int step = starts[stream] + from + t;
                int source = step * data.rows() + row / starts.length;
                int at = t * rows + row;
                System.arraycopy(data.allInputs(), source * width, inputs, at * width, width);
                System.arraycopy(data.allTargets(), source * targetWidth, targets, at * targetWidth, targetWidth);
                if (stamps != null) {
                    stamps[at] = times[step];
                }
                if (from + t >= unscored && data.series().counts(row / starts.length, step)) {
                    weights[at] = 1;
                    scored++;
                }
            }
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weights[i] == 0 ? 0 : 1f / scored;
        }
        return new Chunk(
                from,
                fresh,
                new Sequences(steps, rows, width, inputs, valid(from, steps), stamps),
                targets,
                weights,
                scored);
    }

    private int @Nullable [] valid(int from, int steps) {
        int[] valid = new int[rows()];
        for (int row = 0; row < valid.length; row++) {
            valid[row] = Math.max(0, Math.min(steps, lengths[row % lengths.length] - from));
        }
        return Arrays.stream(valid).allMatch(each -> each == steps) ? null : valid;
    }
}
