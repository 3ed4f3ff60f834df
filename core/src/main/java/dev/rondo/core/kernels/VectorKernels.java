package dev.rondo.core.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The kernels on the vector module of the JDK; loaded by name, and only where the module is present.
 *
 * <p>Accuracy, in units in the last place of the exact result: exp 1, expm1 2, sigmoid 3, softplus 4, tanh 5, erf 6. Sigmoid is
 * 0 below -88.8 and softplus below -86, where the exact results are nearly or truly too small for normal numbers. The other
 * functions are those of {@link Math}, rounded from double.
 */
final class VectorKernels implements Kernels {
    /** The longest vectors of the processor, up to the 16 lanes that planes are padded for. */
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() > Plane.PADDING
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;

    private static final Plane ONES = new Plane(new float[] {1f}, 0, 0, 0, 1);

    @Override
    public String description() {
        return "SIMD, " + lanes() + " lanes";
    }

    @Override
    public int lanes() {
        return SPECIES.length();
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
            case NEG -> VectorUnaryStrips.neg(n, out, o, a, ao);
            case EXP -> VectorTranscendentals.exp(n, out, o, a, ao);
            case EXPM1 -> VectorTranscendentals.expm1(n, out, o, a, ao);
            case LOG -> PlainStrips.log(n, out, o, a, ao);
            case LOG1P -> PlainStrips.log1p(n, out, o, a, ao);
            case SQRT -> VectorUnaryStrips.sqrt(n, out, o, a, ao);
            case RSQRT -> VectorUnaryStrips.rsqrt(n, out, o, a, ao);
            case ABS -> VectorUnaryStrips.abs(n, out, o, a, ao);
            case SIGN -> VectorUnaryStrips.sign(n, out, o, a, ao);
            case SQUARE -> VectorUnaryStrips.square(n, out, o, a, ao);
            case SIN -> PlainStrips.sin(n, out, o, a, ao);
            case COS -> PlainStrips.cos(n, out, o, a, ao);
            case FLOOR -> PlainStrips.floor(n, out, o, a, ao);
            case SIGMOID -> VectorTranscendentals.sigmoid(n, out, o, a, ao);
            case TANH -> VectorTranscendentals.tanh(n, out, o, a, ao);
            case RELU -> VectorUnaryStrips.relu(n, out, o, a, ao);
            case SOFTPLUS -> VectorTranscendentals.softplus(n, out, o, a, ao);
            case ERF -> VectorTranscendentals.erf(n, out, o, a, ao);
            case ONE_MINUS -> VectorUnaryStrips.oneMinus(n, out, o, a, ao);
            case ADD -> VectorBinaryStrips.add(n, out, o, a, ao, b, bo);
            case SUB -> VectorBinaryStrips.sub(n, out, o, a, ao, b, bo);
            case MUL -> VectorBinaryStrips.mul(n, out, o, a, ao, b, bo);
            case DIV -> VectorBinaryStrips.div(n, out, o, a, ao, b, bo);
            case MIN -> VectorBinaryStrips.min(n, out, o, a, ao, b, bo);
            case MAX -> VectorBinaryStrips.max(n, out, o, a, ao, b, bo);
            case LESS -> VectorBinaryStrips.less(n, out, o, a, ao, b, bo);
            case POW -> PlainStrips.pow(n, out, o, a, ao, b, bo);
            case ADD_S -> VectorUnaryStrips.addS(n, out, o, a, ao, s);
            case RSUB_S -> VectorUnaryStrips.rsubS(n, out, o, a, ao, s);
            case MUL_S -> VectorUnaryStrips.mulS(n, out, o, a, ao, s);
            case DIV_S -> VectorUnaryStrips.divS(n, out, o, a, ao, s);
            case RDIV_S -> VectorUnaryStrips.rdivS(n, out, o, a, ao, s);
            case MIN_S -> VectorUnaryStrips.minS(n, out, o, a, ao, s);
            case MAX_S -> VectorUnaryStrips.maxS(n, out, o, a, ao, s);
            case LESS_S -> VectorUnaryStrips.lessS(n, out, o, a, ao, s);
            case GREATER_S -> VectorUnaryStrips.greaterS(n, out, o, a, ao, s);
            case POW_S -> PlainStrips.powS(n, out, o, a, ao, s);
            case SPOW -> PlainStrips.spow(n, out, o, a, ao, s);
            case CLAMP -> VectorUnaryStrips.clamp(n, out, o, a, ao, s, t);
            case SELECT -> VectorFusedStrips.select(n, out, o, a, ao, b, bo, c, co);
            case LERP -> VectorFusedStrips.lerp(n, out, o, a, ao, b, bo, c, co);
            case FMA -> VectorFusedStrips.fma(n, out, o, a, ao, b, bo, c, co);
            case FNMA -> VectorFusedStrips.fnma(n, out, o, a, ao, b, bo, c, co);
            case MUL_MUL -> VectorFusedStrips.mulMul(n, out, o, a, ao, b, bo, c, co);
            case SUB_MUL -> VectorFusedStrips.subMul(n, out, o, a, ao, b, bo, c, co);
            case ONE_MINUS_MUL -> VectorBinaryStrips.oneMinusMul(n, out, o, a, ao, b, bo);
            case ONE_MINUS_MUL_ADD -> VectorFusedStrips.oneMinusMulAdd(n, out, o, a, ao, b, bo, c, co);
            case SIGMOID_GRAD -> VectorBinaryStrips.sigmoidGrad(n, out, o, a, ao, b, bo);
            case TANH_GRAD -> VectorBinaryStrips.tanhGrad(n, out, o, a, ao, b, bo);
            case MUL_SIGMOID_GRAD -> VectorFusedStrips.mulSigmoidGrad(n, out, o, a, ao, b, bo, c, co);
            case MUL_TANH_GRAD -> VectorFusedStrips.mulTanhGrad(n, out, o, a, ao, b, bo, c, co);
            case MUL_TANH_GRAD_ADD -> VectorFusedStrips.mulTanhGradAdd(n, out, o, a, ao, b, bo, c, co, d, dof);
            case RELU_GRAD -> VectorBinaryStrips.reluGrad(n, out, o, a, ao, b, bo);
            case ABS_GRAD -> VectorBinaryStrips.absGrad(n, out, o, a, ao, b, bo);
            case MUL_ADD -> VectorFusedStrips.mulAdd(n, out, o, a, ao, b, bo, c, co, d, dof);
            case SUB_MUL_ADD -> VectorFusedStrips.subMulAdd(n, out, o, a, ao, b, bo, c, co, d, dof);
            case ADD3 -> VectorFusedStrips.add3(n, out, o, a, ao, b, bo, c, co);
            case MUL_S_ADD -> VectorBinaryStrips.mulSAdd(n, out, o, a, ao, b, bo, s);
            case MIX -> VectorBinaryStrips.mix(n, out, o, a, ao, b, bo, s, t);
        }
    }

    @Override
    public PackedMatrix packed(int[] operandWidths, int[] outputWidths) {
        return new PackedMatrix(operandWidths, outputWidths, lanes(), VectorProducts.PANEL_VECTORS);
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
        VectorProducts.product(weights, operands, outputs, addends, firstStep, steps, firstRow, rows);
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
        if (steps <= 0 || rows <= 0) {
            if (!add) {
                for (int k = firstK; k < firstK + ks; k++) {
                    Arrays.fill(g, offset + k * rowStride, offset + k * rowStride + d.width(), 0f);
                }
            }
            return;
        }
        VectorGradients.gradient(
                a, d, g, offset, rowStride, add, firstStep, steps, firstRow, rows, firstK, ks, 0, d.width());
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
        if (steps <= 0 || rows <= 0) {
            clear(v, offset + firstColumn, columns, add);
            return;
        }
        VectorGradients.gradient(
                ONES, d, v, offset, 0, add, firstStep, steps, firstRow, rows, 0, 1, firstColumn, columns);
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
        if (steps <= 0 || rows <= 0) {
            clear(v, offset + firstColumn, columns, add);
            return;
        }
        VectorReductions.dotRows(a, d, v, offset, add, firstStep, steps, firstRow, rows, firstColumn, columns);
    }

    private static void clear(float[] v, int from, int n, boolean add) {
        if (!add) {
            Arrays.fill(v, from, from + n, 0f);
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
