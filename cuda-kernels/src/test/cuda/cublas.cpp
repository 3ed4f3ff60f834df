// A stand-in for cuBLAS: as much of it as is bound, on the memory of the stand-in for the driver. Matrices are column-major.
#include <cstddef>

static int created = 0;
static int calls = 0;
/** Whether it does not start, as where it is too new for the driver. */
static int refused = 0;

extern "C" {

int rondo_emulation_products() { return calls; }
void rondo_emulation_refuse_cublas(int yes) { refused = yes; }

int cublasCreate_v2(void** handle) {
    if (refused) return 1;  // CUBLAS_STATUS_NOT_INITIALIZED
    return created++, *handle = &created, 0;
}
int cublasDestroy_v2(void*) { return created--, 0; }
int cublasSetStream_v2(void*, void*) { return 0; }
int cublasGetVersion_v2(void*, int* version) { return *version = 130000, 0; }

int cublasGemmEx(void* handle, int ta, int tb, int m, int n, int k, const float* alpha, const float* a, int aType, int lda,
                 const float* b, int bType, int ldb, const float* beta, float* c, int cType, int ldc, int compute, int algorithm) {
    if (handle != &created || aType != 0 || bType != 0 || cType != 0 || algorithm != -1) return 7;
    if (compute != 68 && compute != 75 && compute != 77) return 7;
    calls++;
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            float sum = 0;
            for (int d = 0; d < k; d++) {
                sum += (ta ? a[(size_t)i * lda + d] : a[(size_t)d * lda + i]) * (tb ? b[(size_t)d * ldb + j] : b[(size_t)j * ldb + d]);
            }
            float* to = c + (size_t)j * ldc + i;
            *to = *alpha * sum + (*beta == 0 ? 0 : *beta * *to);
        }
    }
    return 0;
}
}
