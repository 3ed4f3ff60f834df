// CUDA C++ for g++: the same kernels as ordinary functions. Included before each .cu file.
//
// Each thread of a block is a fiber; barriers and spins switch to the next one. Blocks run one after the other. What this does not
// show: the rounding of the device's fast functions, divergence within a warp, the ordering of memory between blocks, speed.
#pragma once
#define EMULATED
#include <cmath>
#include <cstdint>
#include <cstring>

#define __global__
#define __device__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __shared__ static
#define __align__(BYTES) __attribute__((aligned(BYTES)))

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

inline float __uint_as_float(unsigned bits) {
    float x;
    std::memcpy(&x, &bits, 4);
    return x;
}

// ---- what mma.cuh has in inline PTX; the layout of fragments is as the PTX manual tells it ----

/** Number of the thread in its block. */
inline int emulatedThread() { return threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z); }

inline unsigned emulatedBits(float x) {
    unsigned bits;
    std::memcpy(&bits, &x, 4);
    return bits;
}

/** To nearest, ties away from zero. */
inline unsigned tf32(float x) { return (emulatedBits(x) + 0x1000u) & ~0x1fffu; }

/** To nearest, ties to even. */
inline unsigned emulatedBf16(float x) {
    const unsigned bits = emulatedBits(x);
    return (bits + 0x7fffu + (bits >> 16 & 1)) >> 16;
}

inline unsigned bf16(float low, float high) { return emulatedBf16(high) << 16 | emulatedBf16(low); }

/** What the lanes of a warp show each other. */
struct EmulatedFragments {
    unsigned a[32][4];
    unsigned b[32][2];
};
inline EmulatedFragments emulatedWarps[32];

/** C += A B with A [16, depth], B [depth, 8]; `a(row, k)` and `b(k, column)` find a value. */
template <class FindA, class FindB>
inline void emulatedMma(float* c, const unsigned* a, const unsigned* b, int depth, FindA findA, FindB findB) {
    EmulatedFragments& warp = emulatedWarps[emulatedThread() / 32];
    const int lane = emulatedThread() % 32;
    std::memcpy(warp.a[lane], a, sizeof warp.a[lane]);
    std::memcpy(warp.b[lane], b, sizeof warp.b[lane]);
    emulatedWarpBarrier();
    for (int h = 0; h < 4; h++) {
        const int row = lane / 4 + h / 2 * 8, column = lane % 4 * 2 + h % 2;
        float sum = c[h];
        for (int k = 0; k < depth; k++) sum += findA(warp, row, k) * findB(warp, k, column);
        c[h] = sum;
    }
    emulatedWarpBarrier();
}

inline void mmaTf32(float* c, const unsigned* a, const unsigned* b) {
    emulatedMma(
            c, a, b, 8,
            [](const EmulatedFragments& w, int row, int k) {
                return __uint_as_float(w.a[row % 8 * 4 + k % 4][row / 8 + k / 4 * 2]);
            },
            [](const EmulatedFragments& w, int k, int column) { return __uint_as_float(w.b[column * 4 + k % 4][k / 4]); });
}

/** One half of a register as a number. */
inline float emulatedHalf(unsigned pair, int half) { return __uint_as_float(pair >> 16 * half << 16); }

inline void mmaBf16(float* c, const unsigned* a, const unsigned* b) {
    emulatedMma(
            c, a, b, 16,
            [](const EmulatedFragments& w, int row, int k) {
                return emulatedHalf(w.a[row % 8 * 4 + k % 8 / 2][row / 8 + k / 8 * 2], k % 2);
            },
            [](const EmulatedFragments& w, int k, int column) {
                return emulatedHalf(w.b[column * 4 + k % 8 / 2][k / 8], k % 2);
            });
}

inline void copyLater(float* shared, const float* global, bool valid) {
    for (int i = 0; i < 4; i++) shared[i] = valid ? global[i] : 0;
}

inline void commitCopies() {}

template <int N>
inline void waitCopies() {}
