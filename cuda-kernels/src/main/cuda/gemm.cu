// C = op(A) op(B), or C += it, in single precision: for any device from compute capability 7.5 on.
//
// Matrices are row-major. A block makes a tile of 128 x 128, a thread 8 x 8 of it; the next tile of the operands is on its way while
// the present one is used. With more than one part along K each part writes its own C, to be summed in order.

constexpr int TILE = 128;
constexpr int DEPTH = 16;
constexpr int EACH = 8;
/** Threads of a row of the tile. */
constexpr int SIDE = TILE / EACH;
constexpr int PAD = 4;

/** Which way an operand's tile lies in memory. */
template <bool ALONG_DEPTH, int V>
struct Tile {
    const float* from;
    int stride;
    int rows;
    int depth;
    float held[TILE * DEPTH / 256];

    /** Reads a tile of [TILE][DEPTH], or of [DEPTH][TILE]; what lies outside is 0. */
    __device__ __forceinline__ void fetch(int row, int k, int last) {
#pragma unroll
        for (int i = 0; i < TILE * DEPTH / 256; i += V) {
            int r, d;
            place(i, r, d);
            const int r0 = row + r, d0 = k + d;
            const float* at = ALONG_DEPTH ? from + (size_t)r0 * stride + d0 : from + (size_t)d0 * stride + r0;
            if constexpr (V == 4) {
                float4 f = make_float4(0, 0, 0, 0);
                if (r0 < rows && d0 < last) f = *reinterpret_cast<const float4*>(at);
                held[i] = f.x, held[i + 1] = f.y, held[i + 2] = f.z, held[i + 3] = f.w;
            } else {
                held[i] = r0 < rows && d0 < last ? *at : 0.0f;
            }
        }
    }

    __device__ __forceinline__ void keep(float (*shared)[TILE + PAD]) const {
#pragma unroll
        for (int i = 0; i < TILE * DEPTH / 256; i += V) {
            int r, d;
            place(i, r, d);
#pragma unroll
            for (int j = 0; j < V; j++) shared[ALONG_DEPTH ? d + j : d][ALONG_DEPTH ? r : r + j] = held[i + j];
        }
    }

    /** Row and depth of the i-th value that this thread moves. */
    __device__ __forceinline__ static void place(int i, int& r, int& d) {
        const int index = (threadIdx.x + i / V * 256) * V;
        r = ALONG_DEPTH ? index / DEPTH : index % TILE;
        d = ALONG_DEPTH ? index % DEPTH : index / TILE;
    }
};

template <bool TA, bool TB, int V>
__device__ __forceinline__ void gemm(
        int m, int n, int k, const float* a, int lda, const float* b, int ldb, float* c, int ldc, int accumulate, int each) {
    __shared__ float as[2][DEPTH][TILE + PAD];
    __shared__ float bs[2][DEPTH][TILE + PAD];
    const int row = blockIdx.y * TILE, column = blockIdx.x * TILE;
    const int first = blockIdx.z * each;
    const int last = first + each < k ? first + each : k;
    const int tr = threadIdx.x / SIDE, tc = threadIdx.x % SIDE;
    Tile<!TA, V> ta = {a, lda, m, k};
    Tile<TB, V> tb = {b, ldb, n, k};
    float sum[EACH][EACH];
    for (int i = 0; i < EACH; i++) {
        for (int j = 0; j < EACH; j++) sum[i][j] = 0;
    }
    ta.fetch(row, first, last);
    tb.fetch(column, first, last);
    ta.keep(as[0]);
    tb.keep(bs[0]);
    __syncthreads();
    for (int at = first, page = 0; at < last; at += DEPTH, page ^= 1) {
        const bool more = at + DEPTH < last;
        if (more) {
            ta.fetch(row, at + DEPTH, last);
            tb.fetch(column, at + DEPTH, last);
        }
#pragma unroll
        for (int d = 0; d < DEPTH; d++) {
            float x[EACH], y[EACH];
            // Two quads, half a tile apart, so that the threads of a warp read neighbouring addresses.
#pragma unroll
            for (int i = 0; i < EACH; i++) {
                x[i] = as[page][d][i / 4 * (TILE / 2) + tr * 4 + i % 4];
                y[i] = bs[page][d][i / 4 * (TILE / 2) + tc * 4 + i % 4];
            }
#pragma unroll
            for (int i = 0; i < EACH; i++) {
#pragma unroll
                for (int j = 0; j < EACH; j++) sum[i][j] += x[i] * y[j];
            }
        }
        if (more) {
            ta.keep(as[page ^ 1]);
            tb.keep(bs[page ^ 1]);
        }
        __syncthreads();
    }
    float* to = c + (size_t)blockIdx.z * m * ldc;
#pragma unroll
    for (int i = 0; i < EACH; i++) {
        const int r = row + i / 4 * (TILE / 2) + tr * 4 + i % 4;
#pragma unroll
        for (int j = 0; j < EACH; j++) {
            const int s = column + j / 4 * (TILE / 2) + tc * 4 + j % 4;
            if (r < m && s < n) to[(size_t)r * ldc + s] = accumulate ? to[(size_t)r * ldc + s] + sum[i][j] : sum[i][j];
        }
    }
}

// Grid: (ceil(n / 128), ceil(m / 128), parts) blocks of 256. With V = 4 operands, strides, sizes and parts are multiples of four.

#define GEMM(NAME, TA, TB, V)                                                                                            \
    extern "C" __global__ void __launch_bounds__(256) NAME(                                                              \
            int m, int n, int k, const float* a, int lda, const float* b, int ldb, float* c, int ldc, int accumulate,    \
            int each) {                                                                                                  \
        gemm<TA, TB, V>(m, n, k, a, lda, b, ldb, c, ldc, accumulate, each);                                              \
    }

GEMM(gemm_nn1, false, false, 1)
GEMM(gemm_nn4, false, false, 4)
GEMM(gemm_nt1, false, true, 1)
GEMM(gemm_nt4, false, true, 4)
GEMM(gemm_tn1, true, false, 1)
GEMM(gemm_tn4, true, false, 4)
