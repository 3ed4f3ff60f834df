#include "qrnn.cuh"

QRNN_KERNELS(f, F)
