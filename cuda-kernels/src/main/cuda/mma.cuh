// Tensor-core products of fragments, and copies to shared memory that do not wait: compute capability 8.0 and up.
//
// The threads of a warp hold a fragment together: lane 4 g + t holds, of A [16, 8 or 16], rows g and g + 8, of B columns g, of C rows
// g and g + 8 and columns 2 t and 2 t + 1. The tests' emulation.h has the same functions for a
// processor.
#pragma once

#ifndef EMULATED

/** Rounded to the 10 bits of mantissa that the tensor cores see. */
__device__ __forceinline__ unsigned tf32(float x) {
    unsigned y;
    asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(y) : "f"(x));
    return y;
}

/** Two numbers of 8 bits of mantissa; the first is the lower half. */
__device__ __forceinline__ unsigned bf16(float low, float high) {
    unsigned y;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(y) : "f"(high), "f"(low));
    return y;
}

/** C += A B with A [16, 8], B [8, 8]. */
__device__ __forceinline__ void mmaTf32(float* c, const unsigned* a, const unsigned* b) {
    asm volatile("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
                 : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

/** C += A B with A [16, 16], B [16, 8]. */
__device__ __forceinline__ void mmaBf16(float* c, const unsigned* a, const unsigned* b) {
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
                 : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

/** Begins to copy 16 bytes, or 16 zero bytes. */
__device__ __forceinline__ void copyLater(float* shared, const float* global, bool valid) {
    const unsigned to = (unsigned)__cvta_generic_to_shared(shared);
    const int bytes = valid ? 16 : 0;
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(to), "l"(global), "r"(bytes));
}

/** Ends a group of copies. */
__device__ __forceinline__ void commitCopies() { asm volatile("cp.async.commit_group;"); }

/** Waits until at most N groups are under way. */
template <int N>
__device__ __forceinline__ void waitCopies() {
    asm volatile("cp.async.wait_group %0;" ::"n"(N));
}

#endif
