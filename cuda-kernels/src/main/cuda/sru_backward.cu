#include "sru.cuh"

extern "C" __global__ void __launch_bounds__(128) sru_backward_seq1(SRU_BACKWARD_PARAMETERS) {
    SRU_BACKWARD(1) seq<SruBackward<1>, 1, 8>(s, e);
}

extern "C" __global__ void __launch_bounds__(128) sru_backward_seq4(SRU_BACKWARD_PARAMETERS) {
    SRU_BACKWARD(4) seq<SruBackward<4>, 4, 3>(s, e);
}

extern "C" __global__ void __launch_bounds__(256, 2) sru_backward_chunk(SRU_BACKWARD_PARAMETERS) {
    SRU_BACKWARD(1) chunk<SruBackward<1>, 8>(s, e);
}

extern "C" __global__ void __launch_bounds__(256, 2) sru_backward_split(SRU_BACKWARD_PARAMETERS, int* relay, float* values) {
    SRU_BACKWARD(1) split<SruBackward<1>, 8>(s, e, relay, values);
}
