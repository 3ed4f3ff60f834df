#include "sru.cuh"

extern "C" __global__ void __launch_bounds__(128) sru_fed_forward_seq1(SRU_FORWARD_PARAMETERS) {
    SRU_FORWARD(true, 1) seq<SruForward<true, 1>, 1, 8>(s, e);
}

extern "C" __global__ void __launch_bounds__(128) sru_fed_forward_seq4(SRU_FORWARD_PARAMETERS) {
    SRU_FORWARD(true, 4) seq<SruForward<true, 4>, 4, 4>(s, e);
}

extern "C" __global__ void __launch_bounds__(128) sru_v1_forward_seq1(SRU_FORWARD_PARAMETERS) {
    SRU_FORWARD(false, 1) seq<SruForward<false, 1>, 1, 8>(s, e);
}

extern "C" __global__ void __launch_bounds__(128) sru_v1_forward_seq4(SRU_FORWARD_PARAMETERS) {
    SRU_FORWARD(false, 4) seq<SruForward<false, 4>, 4, 4>(s, e);
}

extern "C" __global__ void __launch_bounds__(256, 2) sru_v1_forward_chunk(SRU_FORWARD_PARAMETERS) {
    SRU_FORWARD(false, 1) chunk<SruForward<false, 1>, 16>(s, e);
}

extern "C" __global__ void __launch_bounds__(256, 2) sru_v1_forward_split(SRU_FORWARD_PARAMETERS, int* relay, float* values) {
    SRU_FORWARD(false, 1) split<SruForward<false, 1>, 16>(s, e, relay, values);
}
