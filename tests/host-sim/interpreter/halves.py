"""Models whose results lie right between two output steps, where the last bit of a multiplier decides: one
worked out in single instead of double precision, or the other way round, shows here."""

import numpy as np
from cases import RELU6, scale_near
from tflite_file import TfliteFile

CHANNELS = 64
EVERY_VALUE = np.arange(-128, 128).astype(np.int8)


def halving(rng, scale):
    """An output scale at which some multiple of the other scale falls right between two steps."""
    return float(np.float32(scale * int(rng.integers(20, 128)) / (int(rng.integers(5, 100)) + 0.5)))


def sums(name, options, in_shape, weight_shape, out_shape, axis=0, **fields):
    """Inputs equal their zero point: a channel's sum is its bias, which is steps and a half, give or take."""

    def case(rng):
        net, in_scale = TfliteFile(), scale_near(rng)
        per_channel = rng.random() < 0.5
        scales = np.float32(scale_near(rng)) * (
            rng.uniform(0.5, 2, CHANNELS).astype(np.float32) if per_channel else np.float32(1)
        )
        out_scale = float(np.float32(in_scale * float(np.mean(scales)) * 2**23 * rng.uniform(0.7, 1.3)))
        product = np.float64(np.float32(in_scale)) * scales.astype(np.float64)
        halves = (rng.integers(20, 100, CHANNELS) + 0.5) * out_scale / product
        biases = np.clip(np.rint(halves) + rng.integers(-40, 41, CHANNELS), -(2**31), 2**31 - 1)
        x = net.tensor(in_shape, scale=in_scale, zero=7)
        w = net.tensor(weight_shape, scale=scales, data=rng.integers(-127, 128, weight_shape), axis=axis)
        b = net.tensor([CHANNELS], "int32", scale=product, data=biases)
        y = net.tensor(out_shape, scale=out_scale, zero=0)
        net.operator(name, [x, w, b], [y], options, **fields)
        return net.bytes([x], [y]), [np.full(in_shape, 7, np.int8)]

    return case


def pairs(name, options):
    """Every pair of inputs."""

    def case(rng):
        net, right = TfliteFile(), scale_near(rng, 0.01, 0.1)
        left = float(np.float32(right * int(rng.integers(1, 9))))
        a, b = (net.tensor([256, 256], scale=scale, zero=0) for scale in (left, right))
        y = net.tensor([256, 256], scale=halving(rng, right), zero=0)
        net.operator(name, [a, b], [y], options)
        return net.bytes([a, b], [y]), [
            np.tile(EVERY_VALUE, (256, 1)),
            np.tile(EVERY_VALUE, (256, 1)).T.copy(),
        ]

    return case


def relu(rng):
    net, scale = TfliteFile(), scale_near(rng)
    x = net.tensor([256], scale=scale, zero=0)
    y = net.tensor([256], scale=halving(rng, scale), zero=0)
    net.operator("RELU", [x], [y])
    return net.bytes([x], [y]), [EVERY_VALUE]


def leaky_relu(rng):
    """The lower line falls between two steps at times, at others the upper one."""
    net, scale, alpha = TfliteFile(), scale_near(rng), float(np.float32(rng.choice([0.2, 0.3, 0.01])))
    slope = 1.0 if rng.random() < 0.5 else alpha
    x = net.tensor([256], scale=scale, zero=0)
    y = net.tensor([256], scale=halving(rng, scale * slope), zero=0)
    net.operator("LEAKY_RELU", [x], [y], "LeakyReluOptions", alpha=alpha)
    return net.bytes([x], [y]), [EVERY_VALUE]


def six(name, options=None, **fields):
    """The real number 6 lies between two steps, just so in single precision."""

    def case(rng):
        net = TfliteFile()
        scale = float(np.float32(6 / (int(rng.integers(20, 120)) + 0.5)))
        x, y = (net.tensor([1, 256, 1, 1], scale=scale, zero=-128) for _ in range(2))
        net.operator(name, [x], [y], options, **fields)
        return net.bytes([x], [y]), [EVERY_VALUE.reshape(1, 256, 1, 1)]

    return case


def quantize(rng):
    net, scale = TfliteFile(), scale_near(rng)
    x = net.tensor([200], "float32")
    y = net.tensor([200], scale=scale, zero=0)
    net.operator("QUANTIZE", [x], [y])
    halves = (np.arange(-100, 100) + 0.5) * np.float64(np.float32(scale))
    return net.bytes([x], [y]), [halves.astype(np.float32)]


ONE = {"strideH": 1, "strideW": 1}
HALVES = {
    "ADD": pairs("ADD", "AddOptions"),
    "CONV_2D": sums(
        "CONV_2D", "Conv2DOptions", [1, 2, 1, 8], [CHANNELS, 1, 1, 8], [1, 2, 1, CHANNELS], **ONE
    ),
    "DEPTHWISE_CONV_2D": sums(
        "DEPTHWISE_CONV_2D",
        "DepthwiseConv2DOptions",
        [1, 2, 1, CHANNELS],
        [1, 1, 1, CHANNELS],
        [1, 2, 1, CHANNELS],
        axis=3,
        depthMultiplier=1,
        **ONE,
    ),
    "FULLY_CONNECTED": sums("FULLY_CONNECTED", "FullyConnectedOptions", [1, 8], [CHANNELS, 8], [1, CHANNELS]),
    "LEAKY_RELU": leaky_relu,
    "QUANTIZE": quantize,
    "RELU": relu,
    "RELU6": six("RELU6"),
    "SUB": pairs("SUB", "SubOptions"),
    "a fused RELU6": six(
        "MAX_POOL_2D", "Pool2DOptions", filterHeight=1, filterWidth=1, fusedActivationFunction=RELU6, **ONE
    ),
}
