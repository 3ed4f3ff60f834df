#include "qrnn.cuh"

QRNN_KERNELS(ifo, IFO)
