// C = op(A) op(B), or C += it, on tensor cores: compute capability 8.0 and up. Operands and result are single precision in memory.
//
// tf32 keeps 10 bits of mantissa of each factor, bf16 7; tf32x3 splits each factor in two and leaves out the product of the small
// parts, which comes close to single precision. A block makes a tile of 128 x 128 with eight warps of 64 x 32; the next tile of the
// operands is copied while the present one is used.
#include "mma.cuh"

enum Precision { TF32, TF32X3, BF16 };

constexpr int TENSOR_TILE = 128;
constexpr int TENSOR_DEPTH = 16;
/** Distances in shared memory at which the lanes of a warp read from 32 different banks. */
constexpr int ALONG_DEPTH_STRIDE = TENSOR_DEPTH + 4;
constexpr int ALONG_ROWS_STRIDE = TENSOR_TILE + 8;
constexpr int PAGE = TENSOR_TILE * ALONG_DEPTH_STRIDE > TENSOR_DEPTH * ALONG_ROWS_STRIDE
                             ? TENSOR_TILE * ALONG_DEPTH_STRIDE
                             : TENSOR_DEPTH * ALONG_ROWS_STRIDE;

/** A tile of an operand, in shared memory as it lies in memory. */
template <bool ALONG_DEPTH>
struct Operand {
    const float* from;
    int stride;
    int rows;

    __device__ __forceinline__ static int at(int row, int depth) {
        return ALONG_DEPTH ? row * ALONG_DEPTH_STRIDE + depth : depth * ALONG_ROWS_STRIDE + row;
    }

    __device__ __forceinline__ void fetch(float* page, int row, int k, int last) const {
#pragma unroll
        for (int i = 0; i < TENSOR_TILE * TENSOR_DEPTH / 4 / 256; i++) {
            const int index = (threadIdx.x + i * 256) * 4;
            const int r = ALONG_DEPTH ? index / TENSOR_DEPTH : index % TENSOR_TILE;
            const int d = ALONG_DEPTH ? index % TENSOR_DEPTH : index / TENSOR_TILE;
            const bool valid = row + r < rows && k + d < last;
            const float* source = ALONG_DEPTH ? from + (size_t)(row + r) * stride + k + d : from + (size_t)(k + d) * stride + row + r;
            copyLater(page + at(r, d), valid ? source : from, valid);
        }
    }
};

/** The part of a factor that 10 bits hold, and the rest. */
__device__ __forceinline__ void parts(float x, unsigned& big, unsigned& small) {
    big = tf32(x);
    small = tf32(x - __uint_as_float(big));
}

template <int PRECISION, bool TA, bool TB>
__device__ __forceinline__ void tensorGemm(
        int m, int n, int k, const float* a, int lda, const float* b, int ldb, float* c, int ldc, int accumulate, int each) {
    // Copies of 16 bytes end here.
    __shared__ __align__(16) float as[2][PAGE];
    __shared__ __align__(16) float bs[2][PAGE];
    using A = Operand<!TA>;
    using B = Operand<TB>;
    const A left = {a, lda, m};
    const B right = {b, ldb, n};
    const int row = blockIdx.y * TENSOR_TILE, column = blockIdx.x * TENSOR_TILE;
    const int first = blockIdx.z * each;
    const int last = first + each < k ? first + each : k;
    const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    const int g = lane / 4, t = lane % 4;
    const int wr = warp / 4 * 64, wc = warp % 4 * 32;
    float sum[4][4][4];
#pragma unroll
    for (int i = 0; i < 4; i++) {
#pragma unroll
        for (int j = 0; j < 4; j++) sum[i][j][0] = sum[i][j][1] = sum[i][j][2] = sum[i][j][3] = 0;
    }
    left.fetch(as[0], row, first, last);
    right.fetch(bs[0], column, first, last);
    commitCopies();
    for (int at = first, page = 0; at < last; at += TENSOR_DEPTH, page ^= 1) {
        if (at + TENSOR_DEPTH < last) {
            left.fetch(as[page ^ 1], row, at + TENSOR_DEPTH, last);
            right.fetch(bs[page ^ 1], column, at + TENSOR_DEPTH, last);
        }
        commitCopies();
        waitCopies<1>();
        __syncthreads();
        if constexpr (PRECISION == BF16) {
            unsigned x[4][4], y[4][2];
#pragma unroll
            for (int i = 0; i < 4; i++) {
#pragma unroll
                for (int h = 0; h < 4; h++) {
                    const int r = wr + i * 16 + g + h % 2 * 8, d = 2 * t + h / 2 * 8;
                    x[i][h] = bf16(as[page][A::at(r, d)], as[page][A::at(r, d + 1)]);
                }
#pragma unroll
                for (int h = 0; h < 2; h++) {
                    const int s = wc + i * 8 + g, d = 2 * t + h * 8;
                    y[i][h] = bf16(bs[page][B::at(s, d)], bs[page][B::at(s, d + 1)]);
                }
            }
#pragma unroll
            for (int i = 0; i < 4; i++) {
#pragma unroll
                for (int j = 0; j < 4; j++) mmaBf16(sum[i][j], x[i], y[j]);
            }
        } else {
#pragma unroll
            for (int d0 = 0; d0 < TENSOR_DEPTH; d0 += 8) {
                unsigned x[4][4], xs[4][4], y[4][2], ys[4][2];
#pragma unroll
                for (int i = 0; i < 4; i++) {
#pragma unroll
                    for (int h = 0; h < 4; h++) {
                        const float value = as[page][A::at(wr + i * 16 + g + h % 2 * 8, d0 + t + h / 2 * 4)];
                        if constexpr (PRECISION == TF32X3) {
                            parts(value, x[i][h], xs[i][h]);
                        } else {
                            x[i][h] = tf32(value);
                        }
                    }
#pragma unroll
                    for (int h = 0; h < 2; h++) {
                        const float value = bs[page][B::at(wc + i * 8 + g, d0 + t + h * 4)];
                        if constexpr (PRECISION == TF32X3) {
                            parts(value, y[i][h], ys[i][h]);
                        } else {
                            y[i][h] = tf32(value);
                        }
                    }
                }
#pragma unroll
                for (int i = 0; i < 4; i++) {
#pragma unroll
                    for (int j = 0; j < 4; j++) {
                        if constexpr (PRECISION == TF32X3) {
                            mmaTf32(sum[i][j], xs[i], y[j]);
                            mmaTf32(sum[i][j], x[i], ys[j]);
                        }
                        mmaTf32(sum[i][j], x[i], y[j]);
                    }
                }
            }
        }
        __syncthreads();
    }
    float* to = c + (size_t)blockIdx.z * m * ldc;
#pragma unroll
    for (int i = 0; i < 4; i++) {
#pragma unroll
        for (int j = 0; j < 4; j++) {
#pragma unroll
            for (int h = 0; h < 4; h++) {
                const int r = row + wr + i * 16 + g + h / 2 * 8, s = column + wc + j * 8 + 2 * t + h % 2;
                if (r < m && s < n) {
                    float* value = to + (size_t)r * ldc + s;
                    *value = accumulate ? *value + sum[i][j][h] : sum[i][j][h];
                }
            }
        }
    }
}

// Grid: (ceil(n / 128), ceil(m / 128), parts) blocks of 256. Operands begin at, and rows, sizes and parts are, multiples of four.

#define TENSOR_GEMM(NAME, PRECISION, TA, TB)                                                                             \
    extern "C" __global__ void __launch_bounds__(256, 2) NAME(                                                              \
            int m, int n, int k, const float* a, int lda, const float* b, int ldb, float* c, int ldc, int accumulate,    \
            int each) {                                                                                                  \
        tensorGemm<PRECISION, TA, TB>(m, n, k, a, lda, b, ldb, c, ldc, accumulate, each);                                \
    }

#define TENSOR_GEMMS(NAME, PRECISION)                     \
    TENSOR_GEMM(NAME##_nn4, PRECISION, false, false)      \
    TENSOR_GEMM(NAME##_nt4, PRECISION, false, true)       \
    TENSOR_GEMM(NAME##_tn4, PRECISION, true, false)

TENSOR_GEMMS(gemm_tf32, TF32)
TENSOR_GEMMS(gemm_tf32x3, TF32X3)
TENSOR_GEMMS(gemm_bf16, BF16)
