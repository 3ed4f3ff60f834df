// What happens to the rows of sequences between the recurrences. Sequences are [time, batch, width], row-major.
#include "device.cuh"

/** Is step `row / batch` of the row within its length? */
__device__ __forceinline__ bool valid(size_t row, int batch, const int* lengths) {
    return !lengths || (int)(row / batch) < lengths[row % batch];
}

/** y += b, and 0 past a row's length. Grid-stride; any number of blocks. */
extern "C" __global__ void __launch_bounds__(256)
        add_bias(long long rows, int batch, int width, const int* lengths, const float* bias, float* y) {
    const long long n = rows * width;
    for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < n; i += (long long)gridDim.x * blockDim.x) {
        const float b = bias ? bias[i % width] : 0.0f;
        y[i] = valid(i / width, batch, lengths) ? y[i] + b : 0.0f;
    }
}

/**
 * Sums of columns: out[part][column] over the rows of each part, always in the same order.
 *
 * Grid: (ceil(width / 32), parts) blocks of (32, 8).
 */
extern "C" __global__ void __launch_bounds__(256)
        sum_columns(long long rows, int width, long long each, const float* x, float* out) {
    __shared__ float sums[8][32];
    const int column = blockIdx.x * 32 + threadIdx.x;
    const long long first = blockIdx.y * each;
    const long long last = first + each < rows ? first + each : rows;
    float sum = 0;
    if (column < width) {
        for (long long row = first + threadIdx.y; row < last; row += 8) sum += x[row * width + column];
    }
    sums[threadIdx.y][threadIdx.x] = sum;
    __syncthreads();
    if (threadIdx.y == 0 && column < width) {
        for (int i = 1; i < 8; i++) sum += sums[i][threadIdx.x];
        out[(size_t)blockIdx.y * width + column] = sum;
    }
}

/** Bits of an element of the SplitMix64 sequence that begins at `key`. */
__device__ __forceinline__ unsigned long long bits(unsigned long long key, unsigned long long counter) {
    unsigned long long z = key + (counter + 1) * 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

/**
 * y = x m with m = `scale` where the draw is below the threshold, else 0; y = m where x is null.
 *
 * Row r draws with key `keys[r % period]`, unit by unit, as the engine does on the CPU. Rows of x and y are `stride` apart.
 *
 * @param threshold 2^53 times the probability
 */
extern "C" __global__ void __launch_bounds__(256) masked(
        long long rows, int width, int stride, int period, const unsigned long long* keys, unsigned long long threshold,
        float scale, const float* x, float* y) {
    const long long n = rows * width;
    for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < n; i += (long long)gridDim.x * blockDim.x) {
        const float m = (bits(keys[i / width % period], i % width) >> 11) < threshold ? scale : 0.0f;
        const size_t at = i / width * stride + i % width;
        y[at] = x ? x[at] * m : m;
    }
}

/** dx[row][j] += the sum of dskip[row][direction * width + j] over the directions. */
extern "C" __global__ void __launch_bounds__(256)
        add_directions(long long rows, int width, int directions, const float* dskip, float* dx) {
    const long long n = rows * width;
    for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < n; i += (long long)gridDim.x * blockDim.x) {
        float sum = dx[i];
        for (int d = 0; d < directions; d++) sum += dskip[(i / width * directions + d) * width + i % width];
        dx[i] = sum;
    }
}

/** The last `depth` steps of each row: out[part][b] = x[length of b + part][b], where x begins `depth` steps before the first. */
extern "C" __global__ void __launch_bounds__(256)
        last_steps(int depth, int steps, int batch, int width, const int* lengths, const float* x, float* out) {
    const long long n = (long long)depth * batch * width;
    for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < n; i += (long long)gridDim.x * blockDim.x) {
        const int part = (int)(i / width / batch);
        const int b = (int)(i / width % batch);
        const int from = (lengths ? lengths[b] : steps) + part;
        out[i] = x[((size_t)from * batch + b) * width + i % width];
    }
}
