#include "qrnn.cuh"

QRNN_KERNELS(fo, FO)
