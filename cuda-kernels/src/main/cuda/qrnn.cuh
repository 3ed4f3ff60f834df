// The pooling of quasi-recurrent networks (arXiv 1611.01576), with the gates' biases and activations fused.
//
//   z = tanh(a_z + b_z)   f = σ(a_f + b_f)   o = σ(a_o)   i = σ(a_i), their biases alike
//   f ← 1 − m (1 − f)     c' = f c + (1 − f) z, or f c + i z     h = o c', or c'
//
// Gates are [time, batch, gates, width] in the order z f o i. f keeps the old state, as in the paper.
#pragma once
#include "scan.cuh"

enum Pooling { F = 2, FO = 3, IFO = 4 };

template <int GATES, int V>
struct QrnnCell {
    const float* gates;
    const float* bias;
    /** [time, batch, width], 1 where a channel is renewed; null: everywhere. */
    const float* renew;
    int width;
    Vec<V> biases[GATES];

    __device__ void begin(const Lane& lane) {
        for (int g = 0; g < GATES; g++) biases[g] = load<V>(bias + g * width + lane.channel);
    }

    __device__ __forceinline__ const float* gate(size_t row, const Lane& lane, int g) const {
        return gates + (row * GATES + g) * width + lane.channel;
    }

    /** In place of what was read: z f o i. */
    __device__ __forceinline__ void activated(Vec<V>* g) const {
        for (int k = 0; k < GATES; k++) {
            for (int i = 0; i < V; i++) {
                const float x = g[k].v[i] + biases[k].v[i];
                g[k].v[i] = k == 0 ? hyperbolic(x) : sigmoid(x);
            }
        }
    }
};

template <int GATES, int V>
struct QrnnForward : ForwardPass<QrnnCell<GATES, V>, V> {
    struct In {
        Vec<V> g[GATES];
        Vec<V> m;
    };

    __device__ __forceinline__ void read(const Lane& lane, int, size_t row, In& in) const {
        for (int g = 0; g < GATES; g++) in.g[g] = load<V>(this->gate(row, lane, g));
        in.m = this->renew ? load<V>(this->renew + row * this->width + lane.channel) : filled<V>(1);
    }

    __device__ __forceinline__ void activate(In& in) const {
        this->activated(in.g);
        for (int i = 0; i < V; i++) in.g[1].v[i] = 1 - in.m.v[i] * (1 - in.g[1].v[i]);
    }

    __device__ __forceinline__ static float fresh(const In& in, int i) {
        return (GATES == IFO ? in.g[GATES - 1].v[i] : 1 - in.g[1].v[i]) * in.g[0].v[i];
    }

    __device__ __forceinline__ Affine affine(const In& in) const { return {in.g[1].v[0], fresh(in, 0)}; }

    __device__ __forceinline__ void emit(const Lane& lane, size_t row, In& in, Vec<V>& carry, Vec<V>*) const {
        Vec<V> out;
        for (int i = 0; i < V; i++) {
            carry.v[i] = in.g[1].v[i] * carry.v[i] + fresh(in, i);
            out.v[i] = GATES == F ? carry.v[i] : in.g[GATES == F ? 1 : 2].v[i] * carry.v[i];
        }
        this->write(lane, row, out, carry);
    }
};

template <int GATES, int V>
struct QrnnBackward : BackwardPass<QrnnCell<GATES, V>, V, GATES> {
    struct In {
        Vec<V> g[GATES];
        Vec<V> m;
        Vec<V> old;
        Vec<V> dh;
    };

    __device__ __forceinline__ void read(const Lane& lane, int p, size_t row, In& in) const {
        for (int g = 0; g < GATES; g++) in.g[g] = load<V>(this->gate(row, lane, g));
        in.m = this->renew ? load<V>(this->renew + row * this->width + lane.channel) : filled<V>(1);
        this->given(lane, p, row, in.old, in.dh);
    }

    __device__ __forceinline__ void activate(In& in) const { this->activated(in.g); }

    __device__ __forceinline__ static float kept(const In& in, int i) { return 1 - in.m.v[i] * (1 - in.g[1].v[i]); }

    __device__ __forceinline__ static float shown(const In& in, int i) {
        return GATES == F ? in.dh.v[i] : in.dh.v[i] * in.g[GATES == F ? 1 : 2].v[i];
    }

    __device__ __forceinline__ Affine affine(const In& in) const {
        const float f = kept(in, 0);
        return {f, f * shown(in, 0)};
    }

    __device__ __forceinline__ void emit(const Lane& lane, size_t row, In& in, Vec<V>& carry, Vec<V>* sums) const {
        Vec<V> d[GATES];
        for (int i = 0; i < V; i++) {
            const float z = in.g[0].v[i];
            const float s = in.g[1].v[i];
            const float f = kept(in, i);
            const float own = GATES == IFO ? in.g[GATES - 1].v[i] : 1 - f;
            const float now = f * in.old.v[i] + own * z;
            const float dc = shown(in, i) + carry.v[i];
            const float df = GATES == IFO ? dc * in.old.v[i] : dc * (in.old.v[i] - z);
            d[0].v[i] = dc * own * (1 - z * z);
            d[1].v[i] = df * in.m.v[i] * s * (1 - s);
            if constexpr (GATES != F) {
                const float o = in.g[2].v[i];
                d[2].v[i] = in.dh.v[i] * now * o * (1 - o);
            }
            if constexpr (GATES == IFO) d[3].v[i] = dc * z * own * (1 - own);
            carry.v[i] = f * dc;
        }
        for (int g = 0; g < GATES; g++) {
            store(this->dgates + (row * GATES + g) * this->width + lane.channel, d[g]);
            for (int i = 0; i < V; i++) sums[g].v[i] += d[g].v[i];
        }
    }

    __device__ __forceinline__ void pad(const Lane& lane, size_t row) const {
        for (int g = 0; g < GATES; g++) store(this->dgates + (row * GATES + g) * this->width + lane.channel, filled<V>(0));
    }
};

// Each form once as seq with one and with four channels, as chunk, and as split over time.

#define QRNN_CELL_PARAMETERS EXTENT_PARAMETERS, const float *gates, const float *bias, const float *renew

#define QRNN_CELL SET_EXTENT s.gates = gates, s.bias = bias, s.renew = renew, s.width = width;

#define QRNN_FORWARD_PARAMETERS QRNN_CELL_PARAMETERS, FORWARD_PARAMETERS

#define QRNN_FORWARD(GATES, V)                                                                                                \
    QrnnForward<GATES, V> s;                                                                                             \
    QRNN_CELL SET_FORWARD

#define QRNN_BACKWARD_PARAMETERS QRNN_CELL_PARAMETERS, BACKWARD_PARAMETERS

#define QRNN_BACKWARD(GATES, V)                                                                                               \
    QrnnBackward<GATES, V> s;                                                                                            \
    QRNN_CELL SET_BACKWARD

#define QRNN_KERNELS(NAME, GATES)                                                                                             \
    extern "C" __global__ void __launch_bounds__(128) qrnn_##NAME##_forward_seq1(QRNN_FORWARD_PARAMETERS) {                   \
        QRNN_FORWARD(GATES, 1) seq<QrnnForward<GATES, 1>, 1, 8>(s, e);                                                        \
    }                                                                                                                    \
    extern "C" __global__ void __launch_bounds__(128) qrnn_##NAME##_forward_seq4(QRNN_FORWARD_PARAMETERS) {                   \
        QRNN_FORWARD(GATES, 4) seq<QrnnForward<GATES, 4>, 4, 4>(s, e);                                                        \
    }                                                                                                                    \
    extern "C" __global__ void __launch_bounds__(256, 2) qrnn_##NAME##_forward_chunk(QRNN_FORWARD_PARAMETERS) {                  \
        QRNN_FORWARD(GATES, 1) chunk<QrnnForward<GATES, 1>, 16>(s, e);                                                        \
    }                                                                                                                    \
    extern "C" __global__ void __launch_bounds__(256, 2)                                                                    \
            qrnn_##NAME##_forward_split(QRNN_FORWARD_PARAMETERS, int* relay, float* values) {                                 \
        QRNN_FORWARD(GATES, 1) split<QrnnForward<GATES, 1>, 16>(s, e, relay, values);                                         \
    }                                                                                                                    \
    extern "C" __global__ void __launch_bounds__(128) qrnn_##NAME##_backward_seq1(QRNN_BACKWARD_PARAMETERS) {                 \
        QRNN_BACKWARD(GATES, 1) seq<QrnnBackward<GATES, 1>, 1, 8>(s, e);                                                      \
    }                                                                                                                    \
    extern "C" __global__ void __launch_bounds__(128) qrnn_##NAME##_backward_seq4(QRNN_BACKWARD_PARAMETERS) {                 \
        QRNN_BACKWARD(GATES, 4) seq<QrnnBackward<GATES, 4>, 4, 3>(s, e);                                                      \
    }                                                                                                                    \
    extern "C" __global__ void __launch_bounds__(256, 2) qrnn_##NAME##_backward_chunk(QRNN_BACKWARD_PARAMETERS) {                \
        QRNN_BACKWARD(GATES, 1) chunk<QrnnBackward<GATES, 1>, 8>(s, e);                                                       \
    }                                                                                                                    \
    extern "C" __global__ void __launch_bounds__(256, 2)                                                                    \
            qrnn_##NAME##_backward_split(QRNN_BACKWARD_PARAMETERS, int* relay, float* values) {                               \
        QRNN_BACKWARD(GATES, 1) split<QrnnBackward<GATES, 1>, 8>(s, e, relay, values);                                        \
    }
