// A stand-in for libcuda.so.1 whose one device is this processor: JCuda drives it as it drives the real one.
//
// kernels.inc, which the test writes, includes the .cu files and names their kernels. A kernel's parameter list is compared with
// the one in the PTX that was loaded. Memory is filled with not-a-number before its first use, and what a kernel, copy or fill
// touches is checked against the allocations only as far as copies and fills go.
#include <setjmp.h>
#include <ucontext.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "emulation.h"

dim3 threadIdx, blockIdx, blockDim, gridDim;

namespace {

// ---- fibers ----

constexpr size_t STACK = 128 * 1024;

// A fiber begins by swapcontext, which saves the signal mask by a call of the system; from then on _longjmp, which does not, is
// hundreds of times quicker.
struct Fiber {
    ucontext_t context;
    jmp_buf place;
    bool begun = false;
    dim3 thread;
    bool done = false;
};

/** Where threads wait for each other. */
struct Barrier {
    int threads = 0;
    int waiting = 0;
    /** How often all have come. */
    int times = 0;

    void come() {
        if (++waiting == threads) open();
    }
    /** A thread has ended and is waited for no more. */
    void leave() {
        if (--threads == waiting && threads > 0) open();
    }
    void open() {
        waiting = 0;
        times++;
    }
};

ucontext_t beginning;
jmp_buf scheduler;
std::vector<Fiber> fibers;
std::vector<char*> stacks;
Barrier all;
std::vector<Barrier> warps;
Fiber* running = nullptr;
void (*body)(void**) = nullptr;
void** arguments = nullptr;
int order = 0;

void run() {
    body(arguments);
    running->done = true;
    all.leave();
    warps[(running - fibers.data()) / 32].leave();
    _longjmp(scheduler, 1);
}

void yield() {
    if (_setjmp(running->place) == 0) _longjmp(scheduler, 1);
}

/** Goes on with a fiber until it yields or ends. */
void resume(Fiber& fiber) {
    running = &fiber;
    threadIdx = fiber.thread;
    if (_setjmp(scheduler) != 0) return;
    if (fiber.begun) _longjmp(fiber.place, 1);
    fiber.begun = true;
    swapcontext(&beginning, &fiber.context);
}

/** In which order the threads of a block run between barriers. */
std::vector<int> sequence(int n) {
    std::vector<int> all(n);
    for (int i = 0; i < n; i++) all[i] = order == 1 ? n - 1 - i : i;
    if (order == 2) {
        uint64_t state = 88172645463325252ull;
        for (int i = n - 1; i > 0; i--) {
            state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            std::swap(all[i], all[state % (i + 1)]);
        }
    }
    return all;
}

void block() {
    const int n = blockDim.x * blockDim.y * blockDim.z;
    fibers.assign(n, Fiber());
    all = Barrier();
    all.threads = n;
    warps.assign((n + 31) / 32, Barrier());
    for (int i = 0; i < n; i++) warps[i / 32].threads++;
    while ((int)stacks.size() < n) stacks.push_back(static_cast<char*>(malloc(STACK)));
    for (int i = 0; i < n; i++) {
        Fiber& f = fibers[i];
        f.thread.x = i % blockDim.x, f.thread.y = i / blockDim.x % blockDim.y, f.thread.z = i / blockDim.x / blockDim.y;
        getcontext(&f.context);
        f.context.uc_stack.ss_sp = stacks[i];
        f.context.uc_stack.ss_size = STACK;
        f.context.uc_link = nullptr;
        makecontext(&f.context, run, 0);
    }
    const std::vector<int> turns = sequence(n);
    for (bool some = true; some;) {
        some = false;
        for (int i : turns) {
            if (fibers[i].done) continue;
            some = true;
            resume(fibers[i]);
        }
    }
}

}  // namespace

void emulatedYield() { yield(); }

static void waitFor(Barrier& barrier) {
    const int before = barrier.times;
    barrier.come();
    while (barrier.times == before) yield();
}

void emulatedBarrier() { waitFor(all); }

void emulatedWarpBarrier() { waitFor(warps[(running - fibers.data()) / 32]); }

namespace {

// ---- kernels ----

struct Kernel {
    void (*call)(void**);
    std::vector<size_t> sizes;
};

template <auto FUNCTION>
struct Caller;

template <class... A, void (*FUNCTION)(A...)>
struct Caller<FUNCTION> {
    template <size_t... I>
    static void spread(void** p, std::index_sequence<I...>) {
        FUNCTION(*static_cast<std::remove_cv_t<A>*>(p[I])...);
    }
    static void call(void** p) { spread(p, std::index_sequence_for<A...>()); }
    static Kernel kernel() { return {call, {sizeof(A)...}}; }
};

}  // namespace

#include "kernels.inc"

namespace {

const std::map<std::string, Kernel>& kernels() {
    static const std::map<std::string, Kernel> all = {
#define ENTRY(NAME) {#NAME, Caller<NAME>::kernel()},
#include "entries.inc"
    };
    return all;
}

// ---- memory ----

std::map<char*, size_t> allocations;
size_t capacity = (size_t)2 << 30;
size_t used = 0;
/** What every call answers from now on; 0 for none. */
int failure = 0;
/** Whether kernels do not load. */
int refused = 0;
/** Copies and launches until it does; negative for never. */
int remaining = -1;

bool inside(const char* p, size_t bytes) {
    auto next = allocations.upper_bound(const_cast<char*>(p));
    if (next == allocations.begin()) return false;
    auto at = std::prev(next);
    return p + bytes <= at->first + at->second;
}

int lost() {
    if (remaining == 0) failure = 700;
    if (remaining > 0) remaining--;
    return failure;
}

std::vector<size_t> parameters(const std::string& ptx, const std::string& name) {
    std::vector<size_t> sizes;
    const size_t at = ptx.find(".entry " + name + "(");
    if (at == std::string::npos) return sizes;
    const size_t end = ptx.find(')', at);
    for (size_t p = ptx.find(".param", at); p < end; p = ptx.find(".param", p + 1)) {
        size_t bits = strtoul(ptx.c_str() + ptx.find_first_of("0123456789", p + 6), nullptr, 10);
        sizes.push_back(bits / 8);
    }
    return sizes;
}

}  // namespace

// ---- the driver ----

enum { SUCCESS = 0, INVALID = 1, OUT_OF_MEMORY = 2, NOT_FOUND = 500 };

extern "C" {

void rondo_emulation_order(int which) { order = which; }
void rondo_emulation_capacity(long long bytes) { capacity = bytes; }
void rondo_emulation_refuse_kernels(int yes) { refused = yes; }
void rondo_emulation_lose_after(int calls) { remaining = calls, failure = 0; }
long long rondo_emulation_used() { return used; }

int cuInit(unsigned) { return SUCCESS; }
int cuDriverGetVersion(int* v) { return *v = 12060, SUCCESS; }
int cuDeviceGetCount(int* n) { return *n = 1, SUCCESS; }
int cuDeviceGet(int* d, int n) { return n ? 101 : (*d = 0, SUCCESS); }
int cuDeviceGetName(char* name, int n, int) { return snprintf(name, n, "host emulation"), SUCCESS; }
int cuDeviceTotalMem_v2(size_t* bytes, int) { return *bytes = capacity, SUCCESS; }
int cuMemGetInfo_v2(size_t* free, size_t* total) { return *free = capacity - used, *total = capacity, SUCCESS; }

int cuDeviceGetAttribute(int* value, int attribute, int) {
    *value = attribute == 75 ? 8 : attribute == 76 ? 0 : attribute == 16 ? 4 : 0;  // capability 8.0, 4 multiprocessors
    return SUCCESS;
}

int cuDevicePrimaryCtxRetain(void** context, int) { return *context = &order, SUCCESS; }
int cuDevicePrimaryCtxRelease_v2(int) { return SUCCESS; }
int cuCtxSetCurrent(void*) { return SUCCESS; }
int cuCtxSynchronize() { return failure; }
int cuStreamCreate(void** stream, unsigned) { return *stream = &order, SUCCESS; }
int cuStreamDestroy_v2(void*) { return SUCCESS; }
int cuStreamSynchronize(void*) { return failure; }

int cuModuleLoadData(void** module, const void* image) {
    if (refused) return 222;  // CUDA_ERROR_UNSUPPORTED_PTX_VERSION
    *module = new std::string(static_cast<const char*>(image));
    return SUCCESS;
}
int cuModuleLoadDataEx(void** module, const void* image, unsigned, int*, void**) { return cuModuleLoadData(module, image); }
int cuModuleUnload(void* module) { return delete static_cast<std::string*>(module), SUCCESS; }

int cuModuleGetFunction(void** function, void* module, const char* name) {
    const std::string& ptx = *static_cast<std::string*>(module);
    auto found = kernels().find(name);
    if (found == kernels().end() || ptx.find(std::string(".entry ") + name + "(") == std::string::npos) return NOT_FOUND;
    if (found->second.sizes != parameters(ptx, name)) {
        fprintf(stderr, "%s: the parameters of the PTX are not those of the source\n", name);
        return NOT_FOUND;
    }
    *function = const_cast<Kernel*>(&found->second);
    return SUCCESS;
}
int cuFuncSetAttribute(void*, int, int) { return SUCCESS; }

int cuMemAlloc_v2(char** p, size_t bytes) {
    if (failure) return failure;
    if (used + bytes > capacity) return OUT_OF_MEMORY;
    *p = static_cast<char*>(aligned_alloc(256, (bytes + 255) / 256 * 256));
    memset(*p, 0xff, (bytes + 255) / 256 * 256);
    allocations[*p] = bytes;
    used += bytes;
    return SUCCESS;
}
int cuMemFree_v2(char* p) {
    auto found = allocations.find(p);
    if (found == allocations.end()) return INVALID;
    used -= found->second;
    allocations.erase(found);
    free(p);
    return SUCCESS;
}
int cuMemHostAlloc(void** p, size_t bytes, unsigned) { return *p = malloc(bytes), SUCCESS; }
int cuMemFreeHost(void* p) { return free(p), SUCCESS; }

int cuMemcpyHtoD_v2(char* to, const void* from, size_t bytes) {
    if (lost()) return failure;
    return inside(to, bytes) ? (memcpy(to, from, bytes), SUCCESS) : INVALID;
}
int cuMemcpyDtoH_v2(void* to, const char* from, size_t bytes) {
    if (lost()) return failure;
    return inside(from, bytes) ? (memcpy(to, from, bytes), SUCCESS) : INVALID;
}
int cuMemcpyDtoD_v2(char* to, const char* from, size_t bytes) {
    if (lost()) return failure;
    return inside(to, bytes) && inside(from, bytes) ? (memmove(to, from, bytes), SUCCESS) : INVALID;
}
int cuMemcpyDtoDAsync_v2(char* to, const char* from, size_t bytes, void*) { return cuMemcpyDtoD_v2(to, from, bytes); }
int cuMemcpyHtoDAsync_v2(char* to, const void* from, size_t bytes, void*) { return cuMemcpyHtoD_v2(to, from, bytes); }
int cuMemcpyDtoHAsync_v2(void* to, const char* from, size_t bytes, void*) { return cuMemcpyDtoH_v2(to, from, bytes); }
int cuMemsetD32Async(char* to, unsigned value, size_t n, void*) {
    if (lost()) return failure;
    if (!inside(to, 4 * n)) return INVALID;
    std::fill_n(reinterpret_cast<unsigned*>(to), n, value);
    return SUCCESS;
}

int cuLaunchKernel(void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned,
                   void*, void** parameters, void**) {
    if (lost()) return failure;
    if (gx == 0 || gy == 0 || gz == 0 || bx * by * bz > 1024 || gy > 65535 || gz > 65535) return INVALID;
    gridDim = {gx, gy, gz};
    blockDim = {bx, by, bz};
    body = static_cast<Kernel*>(function)->call;
    arguments = parameters;
    for (unsigned z = 0; z < gz; z++) {
        for (unsigned y = 0; y < gy; y++) {
            for (unsigned x = 0; x < gx; x++) {
                blockIdx = {x, y, z};
                block();
            }
        }
    }
    return SUCCESS;
}

// Times are those of the processor.
int cuEventCreate(void** event, unsigned) { return *event = new timespec(), SUCCESS; }
int cuEventRecord(void* event, void*) { return clock_gettime(CLOCK_MONOTONIC, static_cast<timespec*>(event)), SUCCESS; }
int cuEventSynchronize(void*) { return SUCCESS; }
int cuEventElapsedTime_v2(float* milliseconds, void* from, void* to) {
    const timespec *a = static_cast<timespec*>(from), *b = static_cast<timespec*>(to);
    return *milliseconds = (b->tv_sec - a->tv_sec) * 1e3f + (b->tv_nsec - a->tv_nsec) / 1e6f, SUCCESS;
}
int cuEventElapsedTime(float* milliseconds, void* from, void* to) { return cuEventElapsedTime_v2(milliseconds, from, to); }
int cuEventDestroy_v2(void* event) { return delete static_cast<timespec*>(event), SUCCESS; }

int cuGetErrorName(int error, const char** text) { return *text = error == 700 ? "CUDA_ERROR_ILLEGAL_ADDRESS" : "?", SUCCESS; }
int cuGetErrorString(int error, const char** text) { return cuGetErrorName(error, text); }
}
