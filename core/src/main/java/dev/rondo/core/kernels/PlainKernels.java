package dev.rondo.core.kernels;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kernels in plain Java, which need no flag.
 *
 * <p>Products do not fuse multiplication and addition, for a fused one is a library call where the processor lacks it.
 *
 * <p>Accuracy, in units in the last place of the exact result: tanh 7, erf 6, and sigmoid 2e-7 of 1, so small values of it are
 * wrong in the relative sense. The other functions are those of {@link Math}, rounded from double.
 */
final class PlainKernels implements Kernels {
    /** Columns of a panel: long enough for the vectorised loop, short enough for its rows to stay in cache. */
    private static final int PANEL = 256;
    /** Rows of a block of a gradient, which stay in cache while all its rows are summed. */
    private static final int ROW_BLOCK = 64;

    @Override
    public String description() {
        return "plain Java";
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void strip(
            StripOp op,
            int n,
            float[] out,
            int o,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] c,
            int co,
            float[] d,
            int dof,
            float s,
            float t) {
        switch (op) {
            case COPY -> System.arraycopy(a, ao, out, o, n);
            case FILL -> Arrays.fill(out, o, o + n, s);
            case NEG -> PlainStrips.neg(n, out, o, a, ao);
            case EXP -> PlainStrips.exp(n, out, o, a, ao);
            case EXPM1 -> PlainStrips.expm1(n, out, o, a, ao);
            case LOG -> PlainStrips.log(n, out, o, a, ao);
            case LOG1P -> PlainStrips.log1p(n, out, o, a, ao);
            case SQRT -> PlainStrips.sqrt(n, out, o, a, ao);
            case RSQRT -> PlainStrips.rsqrt(n, out, o, a, ao);
            case ABS -> PlainStrips.abs(n, out, o, a, ao);
            case SIGN -> PlainStrips.sign(n, out, o, a, ao);
            case SQUARE -> PlainStrips.square(n, out, o, a, ao);
            case SIN -> PlainStrips.sin(n, out, o, a, ao);
            case COS -> PlainStrips.cos(n, out, o, a, ao);
            case FLOOR -> PlainStrips.floor(n, out, o, a, ao);
            case SIGMOID -> PlainStrips.sigmoid(n, out, o, a, ao);
            case TANH -> PlainStrips.tanh(n, out, o, a, ao);
            case RELU -> PlainStrips.relu(n, out, o, a, ao);
            case SOFTPLUS -> PlainStrips.softplus(n, out, o, a, ao);
            case ERF -> PlainStrips.erf(n, out, o, a, ao);
            case ONE_MINUS -> PlainStrips.oneMinus(n, out, o, a, ao);
            case ADD -> PlainStrips.add(n, out, o, a, ao, b, bo);
            case SUB -> PlainStrips.sub(n, out, o, a, ao, b, bo);
            case MUL -> PlainStrips.mul(n, out, o, a, ao, b, bo);
            case DIV -> PlainStrips.div(n, out, o, a, ao, b, bo);
            case MIN -> PlainStrips.min(n, out, o, a, ao, b, bo);
            case MAX -> PlainStrips.max(n, out, o, a, ao, b, bo);
            case LESS -> PlainStrips.less(n, out, o, a, ao, b, bo);
            case POW -> PlainStrips.pow(n, out, o, a, ao, b, bo);
            case ADD_S -> PlainStrips.addS(n, out, o, a, ao, s);
            case RSUB_S -> PlainStrips.rsubS(n, out, o, a, ao, s);
            case MUL_S -> PlainStrips.mulS(n, out, o, a, ao, s);
            case DIV_S -> PlainStrips.divS(n, out, o, a, ao, s);
            case RDIV_S -> PlainStrips.rdivS(n, out, o, a, ao, s);
            case MIN_S -> PlainStrips.minS(n, out, o, a, ao, s);
            case MAX_S -> PlainStrips.maxS(n, out, o, a, ao, s);
            case LESS_S -> PlainStrips.lessS(n, out, o, a, ao, s);
            case GREATER_S -> PlainStrips.greaterS(n, out, o, a, ao, s);
            case POW_S -> PlainStrips.powS(n, out, o, a, ao, s);
            case SPOW -> PlainStrips.spow(n, out, o, a, ao, s);
            case CLAMP -> PlainStrips.clamp(n, out, o, a, ao, s, t);
            case SELECT -> PlainStrips.select(n, out, o, a, ao, b, bo, c, co);
            case LERP -> PlainStrips.lerp(n, out, o, a, ao, b, bo, c, co);
            case FMA -> PlainStrips.fma(n, out, o, a, ao, b, bo, c, co);
            case FNMA -> PlainStrips.fnma(n, out, o, a, ao, b, bo, c, co);
            case MUL_MUL -> PlainStrips.mulMul(n, out, o, a, ao, b, bo, c, co);
            case SUB_MUL -> PlainStrips.subMul(n, out, o, a, ao, b, bo, c, co);
            case ONE_MINUS_MUL -> PlainStrips.oneMinusMul(n, out, o, a, ao, b, bo);
            case ONE_MINUS_MUL_ADD -> PlainStrips.oneMinusMulAdd(n, out, o, a, ao, b, bo, c, co);
            case SIGMOID_GRAD -> PlainStrips.sigmoidGrad(n, out, o, a, ao, b, bo);
            case TANH_GRAD -> PlainStrips.tanhGrad(n, out, o, a, ao, b, bo);
            case MUL_SIGMOID_GRAD -> PlainStrips.mulSigmoidGrad(n, out, o, a, ao, b, bo, c, co);
            case MUL_TANH_GRAD -> PlainStrips.mulTanhGrad(n, out, o, a, ao, b, bo, c, co);
            case MUL_TANH_GRAD_ADD -> PlainStrips.mulTanhGradAdd(n, out, o, a, ao, b, bo, c, co, d, dof);
            case RELU_GRAD -> PlainStrips.reluGrad(n, out, o, a, ao, b, bo);
            case ABS_GRAD -> PlainStrips.absGrad(n, out, o, a, ao, b, bo);
            case MUL_ADD -> PlainStrips.mulAdd(n, out, o, a, ao, b, bo, c, co, d, dof);
            case SUB_MUL_ADD -> PlainStrips.subMulAdd(n, out, o, a, ao, b, bo, c, co, d, dof);
            case ADD3 -> PlainStrips.add3(n, out, o, a, ao, b, bo, c, co);
            case MUL_S_ADD -> PlainStrips.mulSAdd(n, out, o, a, ao, b, bo, s);
            case MIX -> PlainStrips.mix(n, out, o, a, ao, b, bo, s, t);
        }
    }

    @Override
    public PackedMatrix packed(int[] operandWidths, int[] outputWidths) {
        return new PackedMatrix(operandWidths, outputWidths, Plane.PADDING, PANEL / Plane.PADDING);
    }

    @Override
    public void product(
            PackedMatrix weights,
            Plane[] operands,
            Plane[] outputs,
            @Nullable Plane[] addends,
            int firstStep,
            int steps,
            int firstRow,
            int rows) {
        weights.check(operands, outputs, addends.length);
        for (int p = 0; p < weights.panels; p++) {
            Plane out = outputs[weights.panelOutput[p]];
            Plane addend = addends[weights.panelOutput[p]];
            int column = weights.panelColumn[p];
            int width = weights.panelWidth[p];
            for (int step = firstStep; step < firstStep + steps; step++) {
                for (int row = firstRow; row < firstRow + rows; row++) {
                    int o = out.at(step, row) + column;
                    if (addend == null) {
                        Arrays.fill(out.array(), o, o + width, 0f);
                    } else if (addend != out) {
                        System.arraycopy(addend.array(), addend.at(step, row) + column, out.array(), o, width);
                    }
                    for (int i = 0; i < operands.length; i++) {
                        Plane a = operands[i];
                        int w = weights.panelStart[p] + weights.operandStart(i) * width;
                        multiply(out.array(), o, width, a.array(), a.at(step, row), a.width(), weights.data, w);
                    }
                }
            }
        }
    }

    private static void multiply(float[] out, int o, int width, float[] a, int ao, int depth, float[] w, int wo) {
        int k = 0;
        for (; k + 4 <= depth; k += 4) {
            float a0 = a[ao + k];
            float a1 = a[ao + k + 1];
            float a2 = a[ao + k + 2];
            float a3 = a[ao + k + 3];
            int w0 = wo + k * width;
            addFour(out, o, width, a0, w, w0, a1, w, w0 + width, a2, w, w0 + 2 * width, a3, w, w0 + 3 * width);
        }
        for (; k < depth; k++) {
            addOne(out, o, width, a[ao + k], w, wo + k * width);
        }
    }

    private static void addFour(
            float[] out,
            int o,
            int n,
            float a0,
            float[] x0,
            int o0,
            float a1,
            float[] x1,
            int o1,
            float a2,
            float[] x2,
            int o2,
            float a3,
            float[] x3,
            int o3) {
        for (int i = 0; i < n; i++) {
            out[o + i] = out[o + i] + a0 * x0[o0 + i] + a1 * x1[o1 + i] + a2 * x2[o2 + i] + a3 * x3[o3 + i];
        }
    }

    private static void addOne(float[] out, int o, int n, float a, float[] x, int xo) {
        for (int i = 0; i < n; i++) {
            out[o + i] += a * x[xo + i];
        }
    }

    @Override
    public void gradient(
            Plane a,
            Plane d,
            float[] g,
            int offset,
            int rowStride,
            boolean add,
            int firstStep,
            int steps,
            int firstRow,
            int rows,
            int firstK,
            int ks) {
        int count = steps * rows;
        if (!add) {
            for (int k = firstK; k < firstK + ks; k++) {
                Arrays.fill(g, offset + k * rowStride, offset + k * rowStride + d.width(), 0f);
            }
        }
        for (int column = 0; column < d.width(); column += PANEL) {
            int n = Math.min(PANEL, d.width() - column);
            for (int first = 0; first < count; first += ROW_BLOCK) {
                int end = Math.min(first + ROW_BLOCK, count);
                for (int k = firstK; k < firstK + ks; k++) {
                    int to = offset + k * rowStride + column;
                    int r = first;
                    for (; r + 4 <= end; r += 4) {
                        int a0 = at(a, r, firstStep, firstRow, rows);
                        int a1 = at(a, r + 1, firstStep, firstRow, rows);
                        int a2 = at(a, r + 2, firstStep, firstRow, rows);
                        int a3 = at(a, r + 3, firstStep, firstRow, rows);
                        float[] x = d.array();
                        addFour(
                                g,
                                to,
                                n,
                                a.array()[a0 + k],
                                x,
                                at(d, r, firstStep, firstRow, rows) + column,
                                a.array()[a1 + k],
                                x,
                                at(d, r + 1, firstStep, firstRow, rows) + column,
                                a.array()[a2 + k],
                                x,
                                at(d, r + 2, firstStep, firstRow, rows) + column,
                                a.array()[a3 + k],
                                x,
                                at(d, r + 3, firstStep, firstRow, rows) + column);
                    }
                    for (; r < end; r++) {
                        float ak = a.array()[at(a, r, firstStep, firstRow, rows) + k];
                        addOne(g, to, n, ak, d.array(), at(d, r, firstStep, firstRow, rows) + column);
                    }
                }
            }
        }
    }

    private static int at(Plane plane, int r, int firstStep, int firstRow, int rows) {
        int step = r / rows;
        return plane.at(firstStep + step, firstRow + r - step * rows);
    }

    @Override
    public void sumRows(
            Plane d,
            float[] v,
            int offset,
            boolean add,
            int firstStep,
            int steps,
            int firstRow,
            int rows,
            int firstColumn,
            int columns) {
        int to = offset + firstColumn;
        if (!add) {
            Arrays.fill(v, to, to + columns, 0f);
        }
        for (int step = firstStep; step < firstStep + steps; step++) {
            for (int row = firstRow; row < firstRow + rows; row++) {
                PlainStrips.add(columns, v, to, v, to, d.array(), d.at(step, row) + firstColumn);
            }
        }
    }

    @Override
    public void dotRows(
            Plane a,
            Plane d,
            float[] v,
            int offset,
            boolean add,
            int firstStep,
            int steps,
            int firstRow,
            int rows,
            int firstColumn,
            int columns) {
        int to = offset + firstColumn;
        if (!add) {
            Arrays.fill(v, to, to + columns, 0f);
        }
        for (int step = firstStep; step < firstStep + steps; step++) {
            for (int row = firstRow; row < firstRow + rows; row++) {
                int ao = a.at(step, row) + firstColumn;
                int dof = d.at(step, row) + firstColumn;
                PlainStrips.fma(columns, v, to, a.array(), ao, d.array(), dof, v, to);
            }
        }
    }

    @Override
    public void sumFeatures(Plane in, Plane out, int firstStep, int steps, int firstRow, int rows) {
        FeatureReductions.sum(in, out, firstStep, steps, firstRow, rows);
    }

    @Override
    public void maxFeatures(Plane in, Plane out, int firstStep, int steps, int firstRow, int rows) {
        FeatureReductions.max(in, out, firstStep, steps, firstRow, rows);
    }

    @Override
    public void expandFeatures(Plane in, Plane out, int firstStep, int steps, int firstRow, int rows) {
        FeatureReductions.expand(in, out, firstStep, steps, firstRow, rows);
    }
}
