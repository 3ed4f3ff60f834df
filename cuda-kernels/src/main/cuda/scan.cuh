// Recurrences of single channels as scans along time, whatever the cell.
//
// A cell's Step says what one position reads, how it changes the carried value and what it writes. Here stands how positions are
// walked: one after the other (seq), in tiles that eight warps treat at once (chunk), or in tiles that blocks treat at once (split).
//
// Sequences are [time, batch, features], row-major: a "row" is time * batch + b. The scan walks "positions": position p of a row
// walked forward is step p, of one walked in reverse the step len - 1 - p; what lies past a row's length stays where it is.
#pragma once
#include "device.cuh"

/** V neighbouring channels. */
template <int V>
struct Vec {
    float v[V];
};

template <int V>
__device__ __forceinline__ Vec<V> load(const float* p) {
    Vec<V> x;
    if constexpr (V == 4) {
        const float4 f = *reinterpret_cast<const float4*>(p);
        x.v[0] = f.x, x.v[1] = f.y, x.v[2] = f.z, x.v[3] = f.w;
    } else {
        for (int i = 0; i < V; i++) x.v[i] = p[i];
    }
    return x;
}

template <int V>
__device__ __forceinline__ void store(float* p, const Vec<V>& x) {
    if constexpr (V == 4) {
        *reinterpret_cast<float4*>(p) = make_float4(x.v[0], x.v[1], x.v[2], x.v[3]);
    } else {
        for (int i = 0; i < V; i++) p[i] = x.v[i];
    }
}

template <int V>
__device__ __forceinline__ Vec<V> filled(float value) {
    Vec<V> x;
    for (int i = 0; i < V; i++) x.v[i] = value;
    return x;
}

/** What a scan goes over. */
struct Extent {
    int steps;
    int batch;
    /** Channels of a row, both directions together. */
    int width;
    /** Channels from here on are walked in reverse. */
    int split;
    /** For each row of the batch, or null where all are full. */
    const int* lengths;
};

/** The channels that a thread owns. */
struct Lane {
    int b;
    int channel;
    int length;
    bool reverse;

    __device__ Lane(const Extent& e, int index, int perRow, int v)
        : b(index / perRow),
          channel(index % perRow * v),
          length(e.lengths ? e.lengths[index / perRow] : e.steps),
          reverse(index % perRow * v >= e.split) {}

    __device__ __forceinline__ bool valid(int p) const { return p < length; }

    /** Step of position p. */
    __device__ __forceinline__ int step(int p) const { return reverse && p < length ? length - 1 - p : p; }

    __device__ __forceinline__ size_t row(const Extent& e, int p) const { return (size_t)step(p) * e.batch + b; }
};

/** The forward pass of a cell that carries one value for each channel. */
template <class Cell, int V>
struct ForwardPass : Cell {
    static constexpr bool BACKWARD = false;
    static constexpr int SUMS = 0;

    /** [batch, width], what is carried into the piece; null: 0. */
    const float* first;
    /** What it gives, [time, batch, width]. */
    float* h;
    /** What is carried after each step, likewise; null where nobody wants it. */
    float* c;
    /** What is carried out of the piece, as first. */
    float* last;

    __device__ Vec<V> start(const Lane& lane) const {
        return first ? load<V>(first + (size_t)lane.b * this->width + lane.channel) : filled<V>(0);
    }

    __device__ __forceinline__ void write(const Lane& lane, size_t row, const Vec<V>& out, const Vec<V>& carry) const {
        store(h + row * this->width + lane.channel, out);
        if (c) store(c + row * this->width + lane.channel, carry);
    }

    __device__ __forceinline__ void pad(const Lane& lane, size_t row) const {
        store(h + row * this->width + lane.channel, filled<V>(0));
    }

    __device__ void finish(const Lane& lane, const Vec<V>& carry) const {
        if (last) store(last + (size_t)lane.b * this->width + lane.channel, carry);
    }

    __device__ float* sums(int, int) const { return nullptr; }
};

/** Its gradient, which walks from the last position to the first and carries the gradient by the carried value; N sums over time. */
template <class Cell, int V, int N>
struct BackwardPass : Cell {
    static constexpr bool BACKWARD = true;
    static constexpr int SUMS = N;

    Extent extent;
    /** As in the forward pass. */
    const float* first;
    const float* c;
    const float* dh;
    /** By the gates, as they lie. */
    float* dgates;
    /** [parts, N, width]. */
    float* partial;

    __device__ Vec<V> start(const Lane&) const { return filled<V>(0); }

    /** What was carried into position p, and the gradient by what it gave. */
    __device__ __forceinline__ void given(const Lane& lane, int p, size_t row, Vec<V>& old, Vec<V>& d) const {
        d = load<V>(dh + row * this->width + lane.channel);
        if (p > 0) {
            old = load<V>(c + lane.row(extent, p - 1) * this->width + lane.channel);
        } else {
            old = first ? load<V>(first + (size_t)lane.b * this->width + lane.channel) : filled<V>(0);
        }
    }

    __device__ void finish(const Lane&, const Vec<V>&) const {}

    __device__ float* sums(int part, int i) const { return partial + ((size_t)part * SUMS + i) * this->width; }
};

// Parameters of kernels and where they go, in the Step s: of all, of forward and of backward passes.

#define EXTENT_PARAMETERS int steps, int batch, int width, int split_at, const int *lengths

#define SET_EXTENT const Extent e = {steps, batch, width, split_at, lengths};

#define FORWARD_PARAMETERS const float *first, float *h, float *c, float *last

#define SET_FORWARD s.first = first, s.h = h, s.c = c, s.last = last;

#define BACKWARD_PARAMETERS const float *first, const float *c, const float *dh, float *dgates, float *partial

#define SET_BACKWARD s.extent = e, s.first = first, s.c = c, s.dh = dh, s.dgates = dgates, s.partial = partial;

/** Position of the q-th visit: gradients walk from the last position to the first. */
template <class S>
__device__ __forceinline__ int position(const Extent& e, int q) {
    return S::BACKWARD ? e.steps - 1 - q : q;
}

/** One visit: what was read becomes the next carried value and what is written. */
template <class S, int V>
__device__ __forceinline__ void visit(
        const S& s, const Extent& e, const Lane& lane, int q, typename S::In& in, Vec<V>& carry, Vec<V>* sums) {
    const int p = position<S>(e, q);
    if (lane.valid(p)) {
        s.emit(lane, lane.row(e, p), in, carry, sums);
    } else {
        s.pad(lane, lane.row(e, p));
    }
}

template <class S>
__device__ __forceinline__ void fetch(const S& s, const Extent& e, const Lane& lane, int q, typename S::In& in) {
    const int p = position<S>(e, q);
    if (q < e.steps && lane.valid(p)) s.read(lane, p, lane.row(e, p), in);
}

/**
 * One thread owns V channels of a row and walks all positions. Loads run DEPTH positions ahead, in a ring of registers.
 *
 * Grid: enough blocks of any size for batch * width / V threads.
 */
template <class S, int V, int DEPTH>
__device__ __forceinline__ void seq(S& s, const Extent& e) {
    const int perRow = e.width / V;
    const int index = blockIdx.x * blockDim.x + threadIdx.x;
    if (index >= e.batch * perRow) return;
    const Lane lane(e, index, perRow, V);
    s.begin(lane);
    Vec<V> carry = s.start(lane);
    Vec<V> sums[S::SUMS > 0 ? S::SUMS : 1];
    for (int i = 0; i < S::SUMS; i++) sums[i] = filled<V>(0);
    typename S::In ring[DEPTH];
#pragma unroll
    for (int i = 0; i < DEPTH; i++) fetch(s, e, lane, i, ring[i]);
    for (int q = 0; q < e.steps; q += DEPTH) {
#pragma unroll
        for (int i = 0; i < DEPTH; i++) {
            if (q + i < e.steps) {
                s.activate(ring[i]);
                visit(s, e, lane, q + i, ring[i], carry, sums);
            }
            fetch(s, e, lane, q + i + DEPTH, ring[i]);
        }
    }
    s.finish(lane, carry);
    for (int i = 0; i < S::SUMS; i++) store(s.sums(lane.b, i) + lane.channel, sums[i]);
}

/** Warps of a block that treats a tile. */
constexpr int WARPS = 8;

/** What K visits do to a carried value: carry' = a carry + s. */
struct Affine {
    float a;
    float s;
};

template <class S, int K>
__device__ __forceinline__ Affine pack(const S& s, const Extent& e, const Lane& lane, int first, typename S::In* in) {
    Affine all = {1, 0};
#pragma unroll
    for (int i = 0; i < K; i++) {
        const int p = position<S>(e, first + i);
        if (first + i < e.steps && lane.valid(p)) {
            s.activate(in[i]);
            const Affine one = s.affine(in[i]);
            all.a = one.a * all.a;
            all.s = one.a * all.s + one.s;
        }
    }
    return all;
}

/**
 * A block owns 32 channels of a row and walks tiles of WARPS * K positions: each warp folds K of them into one affine map, the maps
 * are chained through shared memory in the order of the warps, and each warp goes over its positions again with the right value.
 *
 * Grid: batch * ceil(width / 32) blocks of (32, WARPS).
 */
template <class S, int K>
__device__ __forceinline__ void chunk(S& s, const Extent& e) {
    __shared__ Affine maps[2][WARPS][32];
    __shared__ float totals[S::SUMS > 0 ? S::SUMS : 1][WARPS][32];
    const int groups = (e.width + 31) / 32;
    const int channel = blockIdx.x % groups * 32 + threadIdx.x;
    const bool owner = channel < e.width;
    const int warp = threadIdx.y;
    const Lane lane(e, blockIdx.x / groups * e.width + (owner ? channel : e.width - 1), e.width, 1);
    s.begin(lane);
    Vec<1> carry = s.start(lane);
    Vec<1> sums[S::SUMS > 0 ? S::SUMS : 1];
    for (int i = 0; i < S::SUMS; i++) sums[i] = filled<1>(0);
    for (int tile = 0, parity = 0; tile < e.steps; tile += WARPS * K, parity ^= 1) {
        typename S::In in[K];
        const int first = tile + warp * K;
#pragma unroll
        for (int i = 0; i < K; i++) fetch(s, e, lane, first + i, in[i]);
        maps[parity][warp][threadIdx.x] = pack<S, K>(s, e, lane, first, in);
        __syncthreads();
        Vec<1> mine = carry;
        for (int w = 0; w < WARPS; w++) {
            if (w == warp) mine = carry;
            const Affine map = maps[parity][w][threadIdx.x];
            carry.v[0] = map.a * carry.v[0] + map.s;
        }
        if (owner) {
#pragma unroll
            for (int i = 0; i < K; i++) {
                if (first + i < e.steps) visit(s, e, lane, first + i, in[i], mine, sums);
            }
        }
    }
    if (owner && warp == 0) s.finish(lane, carry);
    if constexpr (S::SUMS > 0) {
        for (int i = 0; i < S::SUMS; i++) totals[i][warp][threadIdx.x] = sums[i].v[0];
        __syncthreads();
        for (int i = warp; i < S::SUMS; i += WARPS) {
            float sum = 0;
            for (int w = 0; w < WARPS; w++) sum += totals[i][w][threadIdx.x];
            if (owner) s.sums(lane.b, i)[channel] = sum;
        }
    }
}

/**
 * As chunk, but each tile has a block of its own, so that few channels occupy a whole device. Blocks take tiles in the order of a
 * ticket, hence one that waits for its predecessor's value never waits for a block that has not begun. Values are handed on from
 * tile to tile in order, so results do not depend on which block is fast.
 *
 * Grid: batch * ceil(width / 32) * ceil(steps / (WARPS * K)) blocks of (32, WARPS).
 *
 * @param relay ticket, then a flag for each block; all zero at the start
 * @param values what is handed on, 32 for each block
 */
template <class S, int K>
__device__ __forceinline__ void split(S& s, const Extent& e, int* relay, float* values) {
    __shared__ Affine maps[WARPS][32];
    __shared__ float totals[S::SUMS > 0 ? S::SUMS : 1][WARPS][32];
    __shared__ int ticket;
    const int groups = (e.width + 31) / 32 * e.batch;
    if (threadIdx.x == 0 && threadIdx.y == 0) ticket = atomicAdd(relay, 1);
    __syncthreads();
    const int mine = ticket;
    const int tile = mine / groups;
    const int group = mine % groups;
    const int perRow = (e.width + 31) / 32;
    const int channel = group % perRow * 32 + threadIdx.x;
    const bool owner = channel < e.width;
    const int warp = threadIdx.y;
    const Lane lane(e, group / perRow * e.width + (owner ? channel : e.width - 1), e.width, 1);
    s.begin(lane);
    typename S::In in[K];
    const int first = tile * WARPS * K + warp * K;
#pragma unroll
    for (int i = 0; i < K; i++) fetch(s, e, lane, first + i, in[i]);
    maps[warp][threadIdx.x] = pack<S, K>(s, e, lane, first, in);
    if (tile > 0 && threadIdx.x == 0 && warp == 0) {
        while (atomicAdd(relay + 1 + mine - groups, 0) == 0) {
        }
        __threadfence();
    }
    __syncthreads();
    Vec<1> carry = s.start(lane);
    if (tile > 0) carry.v[0] = __ldcg(values + (size_t)(mine - groups) * 32 + threadIdx.x);
    Vec<1> begin = carry;
    for (int w = 0; w < WARPS; w++) {
        if (w == warp) begin = carry;
        const Affine map = maps[w][threadIdx.x];
        carry.v[0] = map.a * carry.v[0] + map.s;
    }
    const bool last = (tile + 1) * WARPS * K >= e.steps;
    if (warp == 0) {
        if (last) {
            if (owner) s.finish(lane, carry);
        } else {
            values[(size_t)mine * 32 + threadIdx.x] = carry.v[0];
            __threadfence();
            __syncwarp();
            if (threadIdx.x == 0) atomicExch(relay + 1 + mine, 1);
        }
    }
    Vec<1> sums[S::SUMS > 0 ? S::SUMS : 1];
    for (int i = 0; i < S::SUMS; i++) sums[i] = filled<1>(0);
    if (owner) {
#pragma unroll
        for (int i = 0; i < K; i++) {
            if (first + i < e.steps) visit(s, e, lane, first + i, in[i], begin, sums);
        }
    }
    if constexpr (S::SUMS > 0) {
        for (int i = 0; i < S::SUMS; i++) totals[i][warp][threadIdx.x] = sums[i].v[0];
        __syncthreads();
        for (int i = warp; i < S::SUMS; i += WARPS) {
            float sum = 0;
            for (int w = 0; w < WARPS; w++) sum += totals[i][w][threadIdx.x];
            if (owner) s.sums(tile * e.batch + lane.b, i)[channel] = sum;
        }
    }
}
