"""One random model for each operator: `case(rng)` gives the file and its inputs."""

import numpy as np
from tflite_file import RESOURCE, TfliteFile

NONE, RELU, RELU_N1_TO_1, RELU6 = range(4)
SAME, VALID = 0, 1


def scale_near(rng, low=1e-3, high=1.0):
    return float(np.float32(np.exp(rng.uniform(np.log(low), np.log(high)))))


def zero_point(rng):
    return int(rng.choice([-128, 0, 127, rng.integers(-128, 128)]))


def values(rng, shape, kind="int8"):
    info = np.iinfo(kind)
    whole = rng.integers(info.min, info.max + 1, shape)
    return np.where(rng.random(shape) < 0.1, rng.choice([info.min, info.max], shape), whole).astype(kind)


def shape(rng, low_rank=1, high_rank=4, high=7):
    return [int(n) for n in rng.integers(1, high, rng.integers(low_rank, high_rank + 1))]


def activation(rng):
    return int(rng.choice([NONE, RELU, RELU_N1_TO_1, RELU6]))


def one_in_one_out(rng, name, in_shape, out_shape, out_scale=None, out_zero=None, options=None, **fields):
    net = TfliteFile()
    scale = scale_near(rng)
    x = net.tensor(in_shape, scale=scale, zero=zero_point(rng))
    y = net.tensor(
        out_shape,
        scale=out_scale or scale_near(rng, scale / 8, scale * 8),
        zero=zero_point(rng) if out_zero is None else out_zero,
    )
    net.operator(name, [x], [y], options, **fields)
    return net.bytes([x], [y]), [values(rng, in_shape)]


def windowed(rng, size, window, stride, dilation, padding):
    reach = (window - 1) * dilation + 1
    return -(-size // stride) if padding == SAME else (size - reach) // stride + 1


def windows(rng, dilate=True):
    """Input height and width, window, stride, dilation, padding, output height and width: all that fit."""
    while True:
        size, window = rng.integers(1, 12, 2), rng.integers(1, 6, 2)
        stride = rng.integers(1, 4, 2)
        dilation = rng.integers(1, 4, 2) if dilate and rng.random() < 0.3 else np.ones(2, int)
        padding = int(rng.choice([SAME, VALID]))
        if rng.random() < 0.5:  # the streaming models' form: one column, time downwards
            size[1] = window[1] = 1
        out = [windowed(rng, *a, padding) for a in zip(size, window, stride, dilation, strict=True)]
        if min(out) >= 1:
            return *(a.tolist() for a in (size, window, stride, dilation)), padding, out


def spectrum_windows(rng, window, padding, stride=(1, 1)):
    """As `windows`, over a few rows of a spectrum of 32 bands or what pools have left of them."""
    size = [int(rng.integers(3, 6)), int(rng.choice([32, 16, 8, 4]))]
    out = [windowed(rng, *a, 1, padding) for a in zip(size, window, stride, strict=True)]
    return size, window, stride, [1, 1], padding, out


def spectrum_conv(rng):
    choices = [((1, 3), SAME), ((3, 1), VALID), ((3, 3), VALID), ((3, 3), SAME)]
    return conv(rng, spectrum_windows(rng, *choices[int(rng.integers(len(choices)))]))


def weight_scales(rng, channels, product):
    scale = np.float32(product)
    return scale if rng.random() < 0.3 else scale * rng.uniform(0.2, 5, channels).astype(np.float32)


def output_scale(rng, product, terms, widest):
    """Mostly such that outputs fill their range; at times such that sums are shifted up, or down by 31."""
    extreme = rng.random()
    if extreme < 0.1:
        return product * 2.0 ** -int(rng.integers(0, 6))
    if extreme < 0.2:
        return product * 2.0**31 * float(rng.uniform(0.5, 2))
    return product * 128 * terms**0.5 * scale_near(rng, 0.1, widest)


def bias_of(rng, net, channels, scales, out_scale):
    if rng.random() < 0.2:
        return []
    most = 2**30 if out_scale / float(np.mean(scales)) > 2**24 else 20000
    return [net.tensor([channels], "int32", scale=scales, data=rng.integers(-most, most, channels))]


def conv(rng, chosen=None):
    size, window, stride, dilation, padding, out = chosen or windows(rng)
    batch, depth = int(rng.integers(1, 3)), int(rng.choice([1, 3, 8, 40, int(rng.integers(1, 70))]))
    channels = int(rng.choice([1, 4, 32, int(rng.integers(1, 40))]))
    net, in_scale = TfliteFile(), scale_near(rng)
    x = net.tensor([batch, *size, depth], scale=in_scale, zero=zero_point(rng))
    scales = weight_scales(rng, channels, scale_near(rng, 1e-4, 1e-1))
    w = net.tensor([channels, *window, depth], scale=scales, data=values(rng, [channels, *window, depth]))
    spread = output_scale(rng, in_scale * float(np.mean(scales)), depth * window[0] * window[1], 3)
    b = bias_of(rng, net, channels, in_scale * scales, spread)
    y = net.tensor([batch, *out, channels], scale=spread, zero=zero_point(rng))
    net.operator(
        "CONV_2D", [x, w, *b], [y], "Conv2DOptions", padding=padding, strideH=stride[0], strideW=stride[1],
        dilationHFactor=dilation[0], dilationWFactor=dilation[1], fusedActivationFunction=activation(rng),
    )  # fmt: skip
    return net.bytes([x], [y]), [values(rng, [batch, *size, depth])]


def depthwise(rng):
    size, window, stride, dilation, padding, out = windows(rng)
    batch, depth = int(rng.integers(1, 3)), int(rng.choice([1, 8, 32, int(rng.integers(1, 70))]))
    multiplier = int(rng.choice([1, 1, 1, 2, 3]))
    channels = depth * multiplier
    net, in_scale = TfliteFile(), scale_near(rng)
    x = net.tensor([batch, *size, depth], scale=in_scale, zero=zero_point(rng))
    scales = weight_scales(rng, channels, scale_near(rng, 1e-4, 1e-1))
    w = net.tensor([1, *window, channels], scale=scales, data=values(rng, [1, *window, channels]), axis=3)
    spread = output_scale(rng, in_scale * float(np.mean(scales)), window[0] * window[1], 30)
    b = bias_of(rng, net, channels, in_scale * scales, spread)
    y = net.tensor([batch, *out, channels], scale=spread, zero=zero_point(rng))
    net.operator(
        "DEPTHWISE_CONV_2D", [x, w, *b], [y], "DepthwiseConv2DOptions", padding=padding, strideH=stride[0],
        strideW=stride[1], dilationHFactor=dilation[0], dilationWFactor=dilation[1],
        depthMultiplier=multiplier, fusedActivationFunction=activation(rng),
    )  # fmt: skip
    return net.bytes([x], [y]), [values(rng, [batch, *size, depth])]


def fully_connected(rng):
    batch, depth = int(rng.integers(1, 4)), int(rng.integers(1, 330))
    channels = int(rng.integers(1, 20))
    net, in_scale = TfliteFile(), scale_near(rng)
    x = net.tensor([batch, depth], scale=in_scale, zero=zero_point(rng))
    scales = weight_scales(rng, channels, scale_near(rng, 1e-4, 1e-1))
    w = net.tensor([channels, depth], scale=scales, data=values(rng, [channels, depth]))
    spread = output_scale(rng, in_scale * float(np.mean(scales)), depth, 3)
    b = bias_of(rng, net, channels, in_scale * scales, spread)
    y = net.tensor([batch, channels], scale=spread, zero=zero_point(rng))
    net.operator(
        "FULLY_CONNECTED", [x, w, *b], [y], "FullyConnectedOptions", fusedActivationFunction=activation(rng)
    )
    return net.bytes([x], [y]), [values(rng, [batch, depth])]


def arithmetic(name, options):
    def case(rng):
        full = shape(rng)
        shapes = [list(full), list(full)]
        if rng.random() < 0.5:  # repeat one input along some axes, or leave its first axes out
            one = int(rng.integers(2))
            shapes[one] = [1 if rng.random() < 0.5 else n for n in full][int(rng.integers(len(full))) :]
        net = TfliteFile()
        scales = [scale_near(rng), scale_near(rng)]
        a, b = (net.tensor(s, scale=k, zero=zero_point(rng)) for s, k in zip(shapes, scales, strict=True))
        product = scales[0] * scales[1] * 128 if name == "MUL" else max(scales)
        y = net.tensor(full, scale=product * scale_near(rng, 0.1, 4), zero=zero_point(rng))
        net.operator(name, [a, b], [y], options, fusedActivationFunction=activation(rng))
        return net.bytes([a, b], [y]), [values(rng, s) for s in shapes]

    return case


def logistic(rng):
    size = shape(rng, 1, 2, 40)
    return one_in_one_out(rng, "LOGISTIC", size, size, 1 / 256, -128)


def tanh(rng):
    size = shape(rng, 1, 2, 40)
    return one_in_one_out(rng, "TANH", size, size, 1 / 128, 0)


def relu(rng):
    size = shape(rng)
    return one_in_one_out(rng, "RELU", size, size)


def relu6(rng):
    size = shape(rng)
    return one_in_one_out(rng, "RELU6", size, size)


def leaky_relu(rng):
    size, alpha = shape(rng), float(rng.choice([0.2, 0.01, 0.0, 1.0, rng.uniform(0, 3)]))
    return one_in_one_out(rng, "LEAKY_RELU", size, size, options="LeakyReluOptions", alpha=alpha)


def softmax(rng):
    size = [*shape(rng, 1, 3), int(rng.choice([1, 2, 40, rng.integers(1, 300)]))]
    beta = float(rng.choice([1.0, 1.0, 0.5, 3.0]))
    return one_in_one_out(rng, "SOFTMAX", size, size, 1 / 256, -128, "SoftmaxOptions", beta=beta)


def spectrum_pool(rng):
    window = ((2, 2), (1, 2))[int(rng.integers(2))]
    return spectrum_windows(rng, window, VALID, window)


def pool(name, choose=lambda rng: windows(rng, dilate=False)):
    def case(rng):
        size, window, stride, _, padding, out = choose(rng)
        batch, depth, scale, zero = (
            int(rng.integers(1, 3)),
            int(rng.integers(1, 20)),
            scale_near(rng),
            zero_point(rng),
        )
        net = TfliteFile()
        x = net.tensor([batch, *size, depth], scale=scale, zero=zero)
        y = net.tensor([batch, *out, depth], scale=scale, zero=zero)
        net.operator(
            name, [x], [y], "Pool2DOptions", padding=padding, strideH=stride[0], strideW=stride[1],
            filterHeight=window[0], filterWidth=window[1], fusedActivationFunction=activation(rng),
        )  # fmt: skip
        return net.bytes([x], [y]), [values(rng, [batch, *size, depth])]

    return case


def mean(rng):
    size = shape(rng, 2, 4, 9)
    axes = sorted({int(a) for a in rng.integers(0, len(size), rng.integers(1, len(size) + 1))})
    keep = bool(rng.integers(2))
    left = [1 if i in axes else n for i, n in enumerate(size) if keep or i not in axes]
    net, scale = TfliteFile(), scale_near(rng)
    x = net.tensor(size, scale=scale, zero=zero_point(rng))
    y = net.tensor(left, scale=scale_near(rng, scale / 4, scale * 4), zero=zero_point(rng))
    signed = [a - len(size) if rng.random() < 0.3 else a for a in axes]
    net.operator("MEAN", [x, net.integers(signed)], [y], "ReducerOptions", keepDims=keep)
    return net.bytes([x], [y]), [values(rng, size)]


def quantize(rng):
    size = shape(rng)
    kinds = [("int8", "int8"), ("int8", "uint8"), ("uint8", "int8"), ("float32", "int8")]
    source, target = kinds[int(rng.integers(len(kinds)))]
    same = rng.random() < 0.3
    net, scale = TfliteFile(), scale_near(rng)
    zero = zero_point(rng)
    as_kind = {"int8": 0, "uint8": 128}
    x = net.tensor(
        size, source, scale=None if source == "float32" else scale, zero=zero + as_kind.get(source, 0)
    )
    new_zero = zero if same else zero_point(rng)
    y = net.tensor(
        size,
        target,
        scale=scale if same else scale_near(rng, scale / 8, scale * 8),
        zero=new_zero + as_kind[target],
    )
    net.operator("QUANTIZE", [x], [y])
    data = (
        (rng.normal(0, 100 * scale, size)).astype("float32")
        if source == "float32"
        else values(rng, size, source)
    )
    return net.bytes([x], [y]), [data]


def dequantize(rng):
    size, kind = shape(rng), str(rng.choice(["int8", "uint8"]))
    net = TfliteFile()
    x = net.tensor(size, kind, scale=scale_near(rng), zero=zero_point(rng) + (128 if kind == "uint8" else 0))
    y = net.tensor(size, "float32")
    net.operator("DEQUANTIZE", [x], [y])
    return net.bytes([x], [y]), [values(rng, size, kind)]


def moved(rng, name, in_shape, out_shapes, more=(), before=(), options=None, **fields):
    """An operator that only moves int8 elements; `before` and `more` are constant int32 inputs around it."""
    net, scale, zero = TfliteFile(), scale_near(rng), zero_point(rng)
    x = net.tensor(in_shape, scale=scale, zero=zero)
    outs = [net.tensor(s, scale=scale, zero=zero) for s in out_shapes]
    first = [net.integers(v, s) for v, s in before]
    last = [net.integers(v, s) for v, s in more]
    net.operator(name, [*first, x, *last], outs, options, **fields)
    return net.bytes([x], outs), [values(rng, in_shape)]


def reshape(rng):
    size = shape(rng, 1, 4)
    new = [int(np.prod(size))] if rng.random() < 0.5 else [1, *size[::-1]]
    return moved(rng, "RESHAPE", size, [new], [(new, None)], options="ReshapeOptions", newShape=new)


def expand_dims(rng):
    size = shape(rng, 1, 3)
    axis = int(rng.integers(0, len(size) + 1))
    return moved(rng, "EXPAND_DIMS", size, [[*size[:axis], 1, *size[axis:]]], [([axis], [])])


def squeeze(rng):
    size = shape(rng, 1, 3, 5)
    size.insert(int(rng.integers(0, len(size) + 1)), 1)
    left = [n for n in size if n != 1]
    return moved(rng, "SQUEEZE", size, [left], options="SqueezeOptions", squeezeDims=[])


def concatenation(rng):
    size = shape(rng, 1, 4)
    axis = int(rng.integers(len(size)))
    shapes = [[*size[:axis], int(n), *size[axis + 1 :]] for n in rng.integers(1, 7, rng.integers(1, 5))]
    net, scale, zero = TfliteFile(), scale_near(rng), zero_point(rng)
    parts = [net.tensor(s, scale=scale, zero=zero) for s in shapes]
    total = [*size[:axis], sum(s[axis] for s in shapes), *size[axis + 1 :]]
    y = net.tensor(total, scale=scale, zero=zero)
    written = axis - len(size) if rng.random() < 0.3 else axis
    net.operator("CONCATENATION", parts, [y], "ConcatenationOptions", axis=written)
    return net.bytes(parts, [y]), [values(rng, s) for s in shapes]


def split(rng):
    size, parts = shape(rng, 1, 4), int(rng.integers(1, 5))
    axis = int(rng.integers(len(size)))
    whole = [*size[:axis], size[axis] * parts, *size[axis + 1 :]]
    return moved(
        rng, "SPLIT", whole, [size] * parts, before=[([axis], [])], options="SplitOptions", numSplits=parts
    )


def split_v(rng):
    size = shape(rng, 1, 4)
    axis = int(rng.integers(len(size)))
    sizes = [int(n) for n in rng.integers(1, 6, rng.integers(1, 5))]
    whole = [*size[:axis], sum(sizes), *size[axis + 1 :]]
    shapes = [[*size[:axis], n, *size[axis + 1 :]] for n in sizes]
    return moved(
        rng,
        "SPLIT_V",
        whole,
        shapes,
        [(sizes, None), ([axis], [])],
        options="SplitVOptions",
        numSplits=len(sizes),
    )


def strided_slice(rng):
    while True:
        size = shape(rng, 1, 4, 9)
        picks, index, out = ([], [], []), [], []
        begin_mask, end_mask, shrink = (int(m) for m in rng.integers(0, 1 << len(size), 3))
        shrink &= int(rng.integers(0, 16)) & int(rng.integers(0, 16))
        for axis, n in enumerate(size):
            stride = int(rng.choice([1, 1, 2, 3, -1, -2]))
            start, stop = (int(v) for v in rng.integers(-n - 2, n + 3, 2))
            if shrink >> axis & 1:
                start, stride = int(rng.integers(-n, n)), 1
                begin_mask &= ~(1 << axis)
            masked = slice(
                None if begin_mask >> axis & 1 else start, None if end_mask >> axis & 1 else stop, stride
            )
            for pick, value in zip(picks, (start, stop, stride), strict=True):
                pick.append(value)
            index.append(start if shrink >> axis & 1 else masked)
        out = list(np.empty(size)[tuple(index)].shape)
        if 0 not in out:
            break
    return moved(
        rng, "STRIDED_SLICE", size, [out], [(p, None) for p in picks], options="StridedSliceOptions",
        beginMask=begin_mask, endMask=end_mask, shrinkAxisMask=shrink,
    )  # fmt: skip


def transpose(rng):
    size = shape(rng, 1, 5, 6)
    order = [int(a) for a in rng.permutation(len(size))]
    return moved(rng, "TRANSPOSE", size, [[size[a] for a in order]], [(order, None)])


def pad(rng):
    size = shape(rng, 1, 4, 6)
    around = rng.integers(0, 4, (len(size), 2))
    grown = [int(n + a.sum()) for n, a in zip(size, around, strict=True)]
    return moved(rng, "PAD", size, [grown], [(around, None)], options="PadOptions")


def streaming(rng):
    """A ring buffer as converters write it, with a random initialiser or none."""
    keep, fresh, depth = (int(n) for n in rng.integers(1, 6, 3))
    scale, zero = scale_near(rng), zero_point(rng)
    net = TfliteFile()
    initialised = rng.random() < 0.6

    def handle():
        h = net.tensor([], RESOURCE)
        net.operator("VAR_HANDLE", [], [h], "VarHandleOptions", container="", sharedName="state")
        return h

    if initialised:
        net.operator("CALL_ONCE", [], [], "CallOnceOptions", initSubgraphIndex=1)
    x = net.tensor([1, fresh, depth], scale=scale, zero=zero)
    state = net.tensor([1, keep, depth], scale=scale, zero=zero)
    joined = net.tensor([1, keep + fresh, depth], scale=scale, zero=zero)
    tail = net.tensor([1, keep, depth], scale=scale, zero=zero)
    variable = handle()
    net.operator("READ_VARIABLE", [variable], [state])
    net.operator("CONCATENATION", [state, x], [joined], "ConcatenationOptions", axis=1)
    corners = [net.integers(v) for v in ([0, fresh, 0], [0, 0, 0], [1, 1, 1])]
    net.operator("STRIDED_SLICE", [joined, *corners], [tail], "StridedSliceOptions", beginMask=5, endMask=7)
    net.operator("ASSIGN_VARIABLE", [variable, tail], [])
    if initialised:
        net.with_subgraph()
        inner = handle()
        initial = net.tensor([1, keep, depth], scale=scale, zero=zero, data=values(rng, [1, keep, depth]))
        net.operator("ASSIGN_VARIABLE", [inner, initial], [])
    return net.bytes([x], [joined]), [values(rng, [1, fresh, depth])]


CASES = {
    "ADD": arithmetic("ADD", "AddOptions"),
    "AVERAGE_POOL_2D": pool("AVERAGE_POOL_2D"),
    "CONCATENATION": concatenation,
    "CONV_2D": conv,
    "CONV_2D over a spectrum": spectrum_conv,
    "DEPTHWISE_CONV_2D": depthwise,
    "DEQUANTIZE": dequantize,
    "EXPAND_DIMS": expand_dims,
    "FULLY_CONNECTED": fully_connected,
    "LEAKY_RELU": leaky_relu,
    "LOGISTIC": logistic,
    "MAX_POOL_2D": pool("MAX_POOL_2D"),
    "MAX_POOL_2D over a spectrum": pool("MAX_POOL_2D", spectrum_pool),
    "MEAN": mean,
    "MUL": arithmetic("MUL", "MulOptions"),
    "PAD": pad,
    "QUANTIZE": quantize,
    "RELU": relu,
    "RELU6": relu6,
    "RESHAPE": reshape,
    "SOFTMAX": softmax,
    "SPLIT": split,
    "SPLIT_V": split_v,
    "SQUEEZE": squeeze,
    "STRIDED_SLICE": strided_slice,
    "SUB": arithmetic("SUB", "SubOptions"),
    "TANH": tanh,
    "TRANSPOSE": transpose,
    "variables": streaming,
}
