package dev.rondo.core.kernels;

/** The elementwise instructions as loops that the JIT compiler turns into vector instructions where it can. */
final class PlainStrips {
    private PlainStrips() {}

    static void neg(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = -a[ao + i];
        }
    }

    static void exp(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = PlainMath.exp(a[ao + i]);
        }
    }

    static void expm1(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) Math.expm1(a[ao + i]);
        }
    }

    static void log(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) Math.log(a[ao + i]);
        }
    }

    static void log1p(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) Math.log1p(a[ao + i]);
        }
    }

    static void sqrt(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) Math.sqrt(a[ao + i]);
        }
    }

    static void rsqrt(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = 1f / (float) Math.sqrt(a[ao + i]);
        }
    }

    static void abs(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = Math.abs(a[ao + i]);
        }
    }

    static void sign(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = Math.signum(a[ao + i]);
        }
    }

    static void square(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * a[ao + i];
        }
    }

    static void sin(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) Math.sin(a[ao + i]);
        }
    }

    static void cos(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) Math.cos(a[ao + i]);
        }
    }

    static void floor(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) Math.floor(a[ao + i]);
        }
    }

    static void sigmoid(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = PlainMath.sigmoid(a[ao + i]);
        }
    }

    static void tanh(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = PlainMath.tanh(a[ao + i]);
        }
    }

    static void relu(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = Math.max(a[ao + i], 0f);
        }
    }

    static void softplus(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = PlainMath.softplus(a[ao + i]);
        }
    }

    static void erf(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = PlainMath.erf(a[ao + i]);
        }
    }

    static void oneMinus(int n, float[] out, int o, float[] a, int ao) {
        for (int i = 0; i < n; i++) {
            out[o + i] = 1f - a[ao + i];
        }
    }

    static void add(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] + b[bo + i];
        }
    }

    static void sub(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] - b[bo + i];
        }
    }

    static void mul(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i];
        }
    }

    static void div(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] / b[bo + i];
        }
    }

    static void min(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = Math.min(a[ao + i], b[bo + i]);
        }
    }

    static void max(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = Math.max(a[ao + i], b[bo + i]);
        }
    }

    static void less(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] < b[bo + i] ? 1f : 0f;
        }
    }

    static void pow(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) Math.pow(a[ao + i], b[bo + i]);
        }
    }

    static void addS(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] + s;
        }
    }

    static void rsubS(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = s - a[ao + i];
        }
    }

    static void mulS(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * s;
        }
    }

    static void divS(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] / s;
        }
    }

    static void rdivS(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = s / a[ao + i];
        }
    }

    static void minS(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = Math.min(a[ao + i], s);
        }
    }

    static void maxS(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = Math.max(a[ao + i], s);
        }
    }

    static void lessS(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] < s ? 1f : 0f;
        }
    }

    static void greaterS(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = s < a[ao + i] ? 1f : 0f;
        }
    }

    static void powS(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) Math.pow(a[ao + i], s);
        }
    }

    static void spow(int n, float[] out, int o, float[] a, int ao, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) Math.pow(s, a[ao + i]);
        }
    }

    static void clamp(int n, float[] out, int o, float[] a, int ao, float s, float t) {
        for (int i = 0; i < n; i++) {
            out[o + i] = Math.min(Math.max(a[ao + i], s), t);
        }
    }

    static void select(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] != 0f ? b[bo + i] : c[co + i];
        }
    }

    static void lerp(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            float from = a[ao + i];
            out[o + i] = from + c[co + i] * (b[bo + i] - from);
        }
    }

    static void fma(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] + c[co + i];
        }
    }

    static void fnma(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            out[o + i] = c[co + i] - a[ao + i] * b[bo + i];
        }
    }

    static void mulMul(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] * c[co + i];
        }
    }

    static void subMul(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (a[ao + i] - b[bo + i]) * c[co + i];
        }
    }

    static void oneMinusMul(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (1f - a[ao + i]) * b[bo + i];
        }
    }

    static void oneMinusMulAdd(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (1f - a[ao + i]) * b[bo + i] + c[co + i];
        }
    }

    static void sigmoidGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] * (1f - b[bo + i]);
        }
    }

    static void tanhGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * (1f - b[bo + i] * b[bo + i]);
        }
    }

    static void reluGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = b[bo + i] > 0f ? a[ao + i] : 0f;
        }
    }

    static void absGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * Math.signum(b[bo + i]);
        }
    }

    static void mulAdd(
            int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] d, int dof) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] + c[co + i] * d[dof + i];
        }
    }

    static void subMulAdd(
            int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] d, int dof) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (a[ao + i] - b[bo + i]) * c[co + i] + d[dof + i];
        }
    }

    static void mulSigmoidGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] * ((1 - c[co + i]) * c[co + i]);
        }
    }

    static void mulTanhGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] * (1 - c[co + i] * c[co + i]);
        }
    }

    static void mulTanhGradAdd(
            int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] d, int dof) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] * (1 - c[co + i] * c[co + i]) + d[dof + i];
        }
    }

    static void add3(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] + b[bo + i] + c[co + i];
        }
    }

    static void mulSAdd(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float s) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * s + b[bo + i];
        }
    }

    static void mix(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float s, float t) {
        for (int i = 0; i < n; i++) {
            out[o + i] = a[ao + i] * s + b[bo + i] * t;
        }
    }
}
