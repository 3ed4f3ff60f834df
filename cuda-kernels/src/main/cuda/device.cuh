// What the kernels need of the device besides CUDA C++ itself.
#pragma once

/**
 * 1 / (1 + exp(-x)), to about two units in the last place. Where exp overflows the quotient is 0, as it should be.
 */
__device__ __forceinline__ float sigmoid(float x) {
    return __fdividef(1.0f, 1.0f + __expf(-x));
}

/** tanh x. Near 0 the quotient would lose all digits of the result, so that a Taylor polynomial takes over there. */
__device__ __forceinline__ float hyperbolic(float x) {
    const float q = x * x;
    const float near = x + x * q * (-1.0f / 3 + q * (2.0f / 15 + q * (-17.0f / 315 + q * (62.0f / 2835))));
    const float far = 2 * sigmoid(2 * x) - 1;
    return fabsf(x) < 0.25f ? near : far;
}
