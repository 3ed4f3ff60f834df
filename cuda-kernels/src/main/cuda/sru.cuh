// The recurrence of simple recurrent units (arXiv 1709.02755), with biases, activations, highway and mask fused.
//
//   f = σ(a_f + v_f c + b_f)   r = σ(a_r + v_r c + b_r)   c' = f c + (1 − f) u
//   y = m φ(c')                h = r y + (1 − r) α x, or y without the highway
//
// Gates are [time, batch, gates, width] in the order u f r and, where the input is projected for the highway, x.
#pragma once
#include "scan.cuh"

/** What both directions read. */
template <int V>
struct SruCell {
    const float* gates;
    /** Floats from one row of the gates to the next. */
    int stride;
    /** [f, r][width]. */
    const float* bias;
    /** [f, r][width]; null: the gates do not see the state. */
    const float* peek;
    /** What passes by the state; null: no highway. Channel j of a row reads value j % period. */
    const float* skip;
    int skipStride;
    int period;
    float alpha;
    /** [batch, width], what φ(c) is multiplied by; null: 1. */
    const float* mask;
    int tanh;
    int width;
    Vec<V> bf, br, vf, vr, m;
    int from;

    __device__ void begin(const Lane& lane) {
        bf = load<V>(bias + lane.channel);
        br = skip ? load<V>(bias + width + lane.channel) : filled<V>(0);
        vf = peek ? load<V>(peek + lane.channel) : filled<V>(0);
        vr = peek && skip ? load<V>(peek + width + lane.channel) : filled<V>(0);
        m = mask ? load<V>(mask + (size_t)lane.b * width + lane.channel) : filled<V>(1);
        from = lane.channel % period;
    }

    __device__ __forceinline__ void gate(const Lane& lane, size_t row, Vec<V>& u, Vec<V>& f, Vec<V>& r, Vec<V>& x) const {
        const float* at = gates + row * stride + lane.channel;
        u = load<V>(at);
        f = load<V>(at + width);
        if (skip) {
            r = load<V>(at + 2 * width);
            x = load<V>(skip + row * skipStride + from);
        } else {
            r = filled<V>(0);
            x = filled<V>(0);
        }
    }

    __device__ __forceinline__ float shown(float c) const { return tanh ? hyperbolic(c) : c; }
};

/** FED: the gates see the state, so that the loop is no scan. */
template <bool FED, int V>
struct SruForward : ForwardPass<SruCell<V>, V> {
    struct In {
        Vec<V> u, f, r, x;
    };

    __device__ __forceinline__ void read(const Lane& lane, int, size_t row, In& in) const {
        this->gate(lane, row, in.u, in.f, in.r, in.x);
    }

    __device__ __forceinline__ void activate(In& in) const {
        for (int i = 0; i < V; i++) {
            in.f.v[i] += this->bf.v[i];
            in.r.v[i] += this->br.v[i];
            if constexpr (!FED) {
                in.f.v[i] = sigmoid(in.f.v[i]);
                in.r.v[i] = sigmoid(in.r.v[i]);
            }
        }
    }

    __device__ __forceinline__ Affine affine(const In& in) const { return {in.f.v[0], (1 - in.f.v[0]) * in.u.v[0]}; }

    __device__ __forceinline__ void emit(const Lane& lane, size_t row, In& in, Vec<V>& carry, Vec<V>*) const {
        Vec<V> out;
        for (int i = 0; i < V; i++) {
            const float old = carry.v[i];
            const float f = FED ? sigmoid(in.f.v[i] + this->vf.v[i] * old) : in.f.v[i];
            const float r = FED ? sigmoid(in.r.v[i] + this->vr.v[i] * old) : in.r.v[i];
            carry.v[i] = f * old + (1 - f) * in.u.v[i];
            const float y = this->shown(carry.v[i]) * this->m.v[i];
            const float x = this->alpha * in.x.v[i];
            out.v[i] = this->skip ? x + r * (y - x) : y;
        }
        this->write(lane, row, out, carry);
    }
};

/**
 * The gradient, a scan whether or not the gates see the state: the states are known.
 *
 * With δ from the next position: dc = dh r m φ'(c') + δ, and δ' = dc f + da_f v_f + da_r v_r is linear in δ. Summed are da_f, da_r,
 * da_f c and da_r c.
 */
template <int V>
struct SruBackward : BackwardPass<SruCell<V>, V, 4> {
    float* dskip;
    int dskipStride;

    struct In {
        Vec<V> u, f, r, x, old, dh;
    };

    __device__ __forceinline__ void read(const Lane& lane, int p, size_t row, In& in) const {
        this->gate(lane, row, in.u, in.f, in.r, in.x);
        this->given(lane, p, row, in.old, in.dh);
    }

    __device__ __forceinline__ void activate(In& in) const {
        for (int i = 0; i < V; i++) {
            in.f.v[i] = sigmoid(in.f.v[i] + this->bf.v[i] + this->vf.v[i] * in.old.v[i]);
            in.r.v[i] = this->skip ? sigmoid(in.r.v[i] + this->br.v[i] + this->vr.v[i] * in.old.v[i]) : 1;
        }
    }

    /** Gradients that need no δ: by the state as it is shown, and by the gate of the highway. */
    __device__ __forceinline__ void shownGradient(const In& in, int i, float& dc, float& dr) const {
        const float f = in.f.v[i], r = in.r.v[i];
        const float now = f * in.old.v[i] + (1 - f) * in.u.v[i];
        const float y = this->shown(now);
        const float slope = this->tanh ? 1 - y * y : 1;
        dc = in.dh.v[i] * r * this->m.v[i] * slope;
        dr = this->skip ? in.dh.v[i] * (y * this->m.v[i] - this->alpha * in.x.v[i]) * r * (1 - r) : 0;
    }

    __device__ __forceinline__ Affine affine(const In& in) const {
        float dc, dr;
        shownGradient(in, 0, dc, dr);
        const float f = in.f.v[0];
        const float a = f + (in.old.v[0] - in.u.v[0]) * f * (1 - f) * this->vf.v[0];
        return {a, a * dc + dr * this->vr.v[0]};
    }

    __device__ __forceinline__ void emit(const Lane& lane, size_t row, In& in, Vec<V>& carry, Vec<V>* sums) const {
        Vec<V> du, df, dr, dx;
        for (int i = 0; i < V; i++) {
            const float f = in.f.v[i];
            float dc;
            shownGradient(in, i, dc, dr.v[i]);
            dc += carry.v[i];
            du.v[i] = dc * (1 - f);
            df.v[i] = dc * (in.old.v[i] - in.u.v[i]) * f * (1 - f);
            dx.v[i] = in.dh.v[i] * (1 - in.r.v[i]) * this->alpha;
            carry.v[i] = dc * f + df.v[i] * this->vf.v[i] + dr.v[i] * this->vr.v[i];
            sums[0].v[i] += df.v[i];
            sums[1].v[i] += dr.v[i];
            sums[2].v[i] += df.v[i] * in.old.v[i];
            sums[3].v[i] += dr.v[i] * in.old.v[i];
        }
        write(lane, row, du, df, dr, dx);
    }

    __device__ __forceinline__ void pad(const Lane& lane, size_t row) const {
        const Vec<V> none = filled<V>(0);
        write(lane, row, none, none, none, none);
    }

    __device__ __forceinline__ void write(
            const Lane& lane, size_t row, const Vec<V>& du, const Vec<V>& df, const Vec<V>& dr, const Vec<V>& dx) const {
        float* at = this->dgates + row * this->stride + lane.channel;
        store(at, du);
        store(at + this->width, df);
        if (this->skip) {
            store(at + 2 * this->width, dr);
            store(dskip + row * dskipStride + lane.channel, dx);
        }
    }
};

#define SRU_CELL_PARAMETERS                                                                                                  \
    EXTENT_PARAMETERS, const float *gates, int stride, const float *bias, const float *peek, const float *skip,             \
            int skip_stride, int period, float alpha, const float *mask, int tanh

#define SRU_CELL                                                                                                             \
    SET_EXTENT s.gates = gates, s.stride = stride, s.bias = bias, s.peek = peek, s.skip = skip, s.skipStride = skip_stride;  \
    s.period = period, s.alpha = alpha, s.mask = mask, s.tanh = tanh, s.width = width;

#define SRU_FORWARD_PARAMETERS SRU_CELL_PARAMETERS, FORWARD_PARAMETERS

#define SRU_FORWARD(FED, V)                                                                                                  \
    SruForward<FED, V> s;                                                                                                \
    SRU_CELL SET_FORWARD

#define SRU_BACKWARD_PARAMETERS SRU_CELL_PARAMETERS, BACKWARD_PARAMETERS, float *dskip, int dskip_stride

#define SRU_BACKWARD(V)                                                                                                      \
    SruBackward<V> s;                                                                                                    \
    SRU_CELL SET_BACKWARD s.dskip = dskip, s.dskipStride = dskip_stride;
