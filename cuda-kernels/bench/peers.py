"""Times of what others have for the same work, on the same GPU: rows of a table in Markdown.

Needs torch with CUDA; rows of what is not installed (Triton, accelerated-scan) say so. Called by bench/run.
Device events around four calls, median of 25, as in KernelBench; random data.
"""

import sys

import torch

SHAPES = [(32, 32, 256), (128, 32, 512), (105, 20, 640), (1024, 32, 1024), (1024, 8, 512), (16384, 16, 128), (65536, 1, 1024),
          (65536, 8, 512)]
ROUNDS, CALLS = 25, 4
LOOP_LIMIT = 2048  # eager loops of more steps take seconds a call


def median(call):
    """Microseconds of one call."""
    times = []
    for round_ in range(-3, ROUNDS):
        begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        begin.record()
        for _ in range(CALLS):
            call()
        end.record()
        end.synchronize()
        if round_ >= 0:
            times.append(begin.elapsed_time(end) * 1e3 / CALLS)
    return sorted(times)[ROUNDS // 2]


def row(name, shape, forward, both):
    text = [("-" if x is None else f"{x:.1f}" if isinstance(x, float) else x) for x in (forward, both)]
    print(f"| {name} | {', '.join(map(str, shape))} | {text[0]} | {text[1]} |", flush=True)


def training(module, inputs):
    """Forward, and forward and backward, of what maps inputs that need gradients to an output."""
    out = module(*inputs)
    gradient = torch.randn_like(out)

    def both():
        for x in inputs:
            x.grad = None
        module(*inputs).backward(gradient)

    return median(lambda: module(*inputs)), median(both)


def sequence(*shape):
    return torch.randn(*shape, device="cuda", requires_grad=True)


def sru(u, f, r, x, vf, vr, bf, br):
    """The recurrence of SRU, step by step."""
    c = torch.zeros_like(u[0])
    out = []
    for t in range(u.shape[0]):
        forget = torch.sigmoid(f[t] + vf * c + bf)
        reset = torch.sigmoid(r[t] + vr * c + br)
        c = u[t] + forget * (c - u[t])
        out.append(x[t] + reset * (c - x[t]))
    return torch.stack(out)


def qrnn(z, f, o):
    """The pooling fo of QRNN, step by step."""
    c = torch.zeros_like(z[0])
    out = []
    for t in range(z.shape[0]):
        forget = torch.sigmoid(f[t])
        c = forget * c + (1 - forget) * torch.tanh(z[t])
        out.append(torch.sigmoid(o[t]) * c)
    return torch.stack(out)


def recurrences(shape):
    steps, batch, width = shape
    gates = [sequence(*shape) for _ in range(4)]
    vectors = [sequence(width) for _ in range(4)]
    for name, function, inputs in (("SRU", sru, gates + vectors), ("QRNN-fo", qrnn, gates[:3])):
        if steps > LOOP_LIMIT:
            row(f"{name}, torch eager", shape, "too long", "too long")
            continue
        row(f"{name}, torch eager", shape, *training(function, inputs))
        if steps <= 128:  # the compiler unrolls the loop
            row(f"{name}, torch.compile", shape, *training(torch.compile(function), inputs))
    scan(shape)
    triton_qrnn(shape)


def scan(shape):
    try:
        from accelerated_scan.triton import scan as accelerated
    except ImportError:
        row("QRNN, accelerated-scan", shape, "not installed", "not installed")
        return
    steps, batch, width = shape
    length = 1 << (steps - 1).bit_length()
    f = torch.rand(batch, width, length, device="cuda", requires_grad=True)
    z = torch.randn(batch, width, length, device="cuda", requires_grad=True)
    row(f"linear scan alone, accelerated-scan, {length} steps", shape, *training(accelerated, [f, z]))


def triton_qrnn(shape):
    try:
        import triton
        import triton.language as tl
    except ImportError:
        row("QRNN-fo forward, Triton", shape, "not installed", "-")
        return
    kernel = triton_kernel(triton, tl)
    steps, batch, width = shape
    z, f, o = (torch.randn(*shape, device="cuda") for _ in range(3))
    h, c = torch.empty_like(z), torch.empty_like(z)
    n, block = batch * width, 128

    def call():
        kernel[(triton.cdiv(n, block),)](z, f, o, h, c, steps, n, BLOCK=block)

    row("QRNN-fo forward, Triton, a program for 128 channels", shape, median(call), None)


def triton_kernel(triton, tl):
    @triton.jit
    def kernel(z, f, o, h, c, steps, n, BLOCK: tl.constexpr):
        at = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
        inside = at < n
        carry = tl.zeros([BLOCK], tl.float32)
        for _ in range(steps):
            forget = tl.sigmoid(tl.load(f + at, mask=inside))
            fresh = 2 * tl.sigmoid(2 * tl.load(z + at, mask=inside)) - 1
            carry = forget * carry + (1 - forget) * fresh
            tl.store(c + at, carry, mask=inside)
            tl.store(h + at, tl.sigmoid(tl.load(o + at, mask=inside)) * carry, mask=inside)
            at += n

    return kernel


def lstm(shape):
    """cuDNN's LSTM of the same size."""
    steps, batch, width = shape
    for name, tf32, dtype in (("fp32", False, torch.float32), ("tf32", True, torch.float32), ("bf16", False, torch.bfloat16)):
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = tf32
        module = torch.nn.LSTM(width, width).cuda().to(dtype)
        x = torch.randn(steps, batch, width, device="cuda", dtype=dtype, requires_grad=True)
        row(f"LSTM layer, cuDNN, {name}", shape, *training(lambda y: module(y)[0], [x]))


def main():
    shapes = [tuple(map(int, sys.argv[1].split(",")))] if len(sys.argv) > 1 else SHAPES
    print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}\n")
    print("| what | steps, rows, width | forward µs | forward and backward µs |")
    print("|---|---|---|---|")
    for shape in shapes:
        for part in (recurrences, lstm):
            try:
                part(shape)
            except RuntimeError as error:
                row(part.__name__, shape, str(error).splitlines()[0], "-")
            torch.cuda.empty_cache()


main()
