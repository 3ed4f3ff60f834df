// CUDA C++ for g++: the same kernels as ordinary functions. Included before each .cu file.
//
// Each thread of a block is a fiber; barriers and spins switch to the next one. Blocks run one after the other. What this does not
// show: the rounding of the device's fast functions, divergence within a warp, the ordering of memory between blocks, speed.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>

#define __global__
#define __device__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __shared__ static

struct dim3 {
    unsigned x = 1, y = 1, z = 1;
};

/** The fiber that runs. */
extern dim3 threadIdx, blockIdx, blockDim, gridDim;

/** Lets the other threads of the block run until all have come here. */
void emulatedBarrier();
/** Likewise for the threads of the warp. */
void emulatedWarpBarrier();
/** Lets others run, without waiting for them. */
void emulatedYield();

inline void __syncthreads() { emulatedBarrier(); }
inline void __syncwarp() { emulatedWarpBarrier(); }
inline void __threadfence() {}

struct alignas(16) float4 {
    float x, y, z, w;
};

inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }

inline float emulatedExp(float x) { return std::exp(x); }
#define __expf emulatedExp
inline float __fdividef(float a, float b) { return a / b; }
inline float __ldcg(const float* p) { return *p; }

inline int atomicAdd(int* p, int value) {
    emulatedYield();
    const int old = *p;
    *p += value;
    return old;
}

inline int atomicExch(int* p, int value) {
    const int old = *p;
    *p = value;
    return old;
}
