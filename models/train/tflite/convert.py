"""Trained weights to a streaming int8 TensorFlow Lite model: one invocation is one step of 30 ms.

Every convolution over time keeps the steps it still needs in a variable. Tensors are [1, time, 1, channels].
The variables of a wake model start as they are after long silence: from all zeros, a state that no sound
ever leaves behind, it would miss a word said at once. The phone model starts from zeros, as every one of
its lessons does.
"""

from pathlib import Path

import numpy as np
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

from ..networks.shapes import PHONES, STACK, WAKE, Shape
from ..scenes.features import CHANNELS, INPUT_ZERO_POINT
from .file import Graph, ModelFile, Quantised

RELU = schema.ActivationFunctionType.RELU
NONE = schema.ActivationFunctionType.NONE
VALID = schema.Padding.VALID
CONVOLUTION = dict(padding=VALID, strideW=1, strideH=1, dilationWFactor=1, dilationHFactor=1)


class Converter:
    def __init__(self, weights: Path, shape: Shape, description: str, *, is_silent_at_start: bool = True):
        self.arrays, self.shape = dict(np.load(weights)), shape
        self.input = Quantised((shape.input_scale,), INPUT_ZERO_POINT)
        self.file = ModelFile(description)
        self.graph: Graph = self.file.main
        before = silent_inputs(self.arrays, shape)
        self.before = before if is_silent_at_start else [np.zeros_like(values) for values in before]

    def range_of(self, name: str) -> Quantised:
        scale, zero_point = self.arrays[f"range.{name}"]
        return Quantised((float(np.float32(scale)),), int(zero_point))

    def weights(self, name: str, arrange, axis: int, input_range: Quantised) -> tuple[int, int]:
        """int8 weights, one scale a channel, and int32 bias of the convolution `name`."""
        real = self.arrays[f"{name}.weight"].astype(np.float64)
        scale = np.maximum(np.abs(real).max(axis=(1, 2)), 1e-8) / 127
        stored = np.clip(np.round(real / scale[:, None, None]), -127, 127).astype(np.int8)
        bias_scale = np.float64(np.float32(input_range.scale[0])) * np.float32(scale)
        bias = np.round(self.arrays[f"{name}.bias"] / bias_scale).astype(np.int32)
        return (
            self.graph.constant(f"{name}/weight", arrange(stored), Quantised(tuple(scale), 0, axis)),
            self.graph.constant(f"{name}/bias", bias, Quantised(tuple(bias_scale), 0, 0)),
        )

    def slice_time(self, name: str, x: int, first: int, last: int, quantised: Quantised) -> int:
        _, _, _, channels = self.graph.shape_of(x)
        out = self.graph.activation(name, [1, last - first, 1, channels], quantised)
        bounds = [np.array(v, np.int32) for v in ([0, first, 0, 0], [1, last, 1, channels], [1, 1, 1, 1])]
        places = [
            self.graph.constant(f"{name}/{which}", v)
            for which, v in zip(("from", "to", "by"), bounds, strict=True)
        ]
        self.graph.operator("STRIDED_SLICE", [x, *places], [out], beginMask=0)
        return out

    def remembered(self, name: str, x: int, steps: int, quantised: Quantised, at_start: np.ndarray) -> int:
        """The last `steps` values of x, the newest last: [1, steps, 1, channels].

        `at_start`: real values of the channels before the first step.
        """
        channels = self.graph.shape_of(x)[3]
        past_shape = [1, steps - 1, 1, channels]
        stored = np.clip(np.round(at_start / quantised.scale[0]) + quantised.zero_point, -128, 127).astype(
            np.int8
        )
        handle = self.file.state(name, np.tile(stored, (1, steps - 1, 1, 1)), quantised)
        past = self.graph.activation(f"{name}/past", past_shape, quantised)
        self.graph.operator("READ_VARIABLE", [handle], [past])
        whole = self.graph.activation(f"{name}/whole", [1, steps, 1, channels], quantised)
        self.graph.operator("CONCATENATION", [past, x], [whole], axis=1, fusedActivationFunction=NONE)
        kept = self.slice_time(f"{name}/kept", whole, 1, steps, quantised)
        self.graph.operator("ASSIGN_VARIABLE", [handle, kept], [])
        return whole

    def point(self, name: str, x: int, x_range: Quantised, range_name: str, activation) -> int:
        weights = self.weights(
            name, lambda w: np.ascontiguousarray(w.transpose(0, 2, 1)[:, :, None, :]), 0, x_range
        )
        outputs = len(self.arrays[f"{name}.bias"])
        out = self.graph.activation(range_name, [1, 1, 1, outputs], self.range_of(range_name))
        self.graph.operator(
            "CONV_2D", [x, *weights], [out], fusedActivationFunction=activation, **CONVOLUTION
        )
        return out

    def block(self, index: int, x: int, x_range: Quantised) -> tuple[int, Quantised]:
        graph, kernel, delay = self.graph, self.shape.kernels[index], self.shape.delays[index]
        depth_range, out_range = self.range_of(f"depth{index}"), self.range_of(f"block{index}")
        whole = self.remembered(f"state{index}", x, kernel, x_range, self.before[index])
        weights = self.weights(
            f"depth.{index}", lambda w: np.ascontiguousarray(w.transpose(1, 2, 0)[:, :, None, :]), 3, x_range
        )
        deep = graph.activation(f"depth{index}", [1, 1, 1, self.shape.channels], depth_range)
        graph.operator(
            "DEPTHWISE_CONV_2D",
            [whole, *weights],
            [deep],
            depthMultiplier=1,
            fusedActivationFunction=RELU,
            **CONVOLUTION,
        )
        pointed = self.point(f"point.{index}", deep, depth_range, f"point{index}", NONE)
        if delay:
            x = self.slice_time(f"late{index}", whole, kernel - 1 - delay, kernel - delay, x_range)
        out = graph.activation(f"block{index}", [1, 1, 1, self.shape.channels], out_range)
        graph.operator("ADD", [x, pointed], [out], fusedActivationFunction=RELU, potScaleInt16=False)
        return out, out_range

    def body(self) -> tuple[int, Quantised]:
        graph = self.graph
        frames = graph.activation("frames", [1, STACK, CHANNELS], self.input)
        graph.made.inputs = [frames]
        stacked = self.reshaped("stacked", frames, [1, 1, 1, STACK * CHANNELS], self.input)
        if self.shape.stem_steps > 1:
            stacked = self.remembered(
                "state_stem", stacked, self.shape.stem_steps, self.input, np.zeros(STACK * CHANNELS)
            )
        x, x_range = self.point("stem", stacked, self.input, "stem", RELU), self.range_of("stem")
        for index in range(len(self.shape.kernels)):
            x, x_range = self.block(index, x, x_range)
        return x, x_range

    def reshaped(self, name: str, x: int, shape: list[int], quantised: Quantised) -> int:
        out = self.graph.activation(name, shape, quantised)
        self.graph.operator(
            "RESHAPE", [x, self.graph.constant(f"{name}/shape", np.array(shape, np.int32))], [out]
        )
        return out


def silent_inputs(arrays: dict[str, np.ndarray], shape: Shape) -> list[np.ndarray]:
    """What each block is fed, in real numbers by channel, after features have long been zero."""
    x, inputs = np.maximum(arrays["stem.bias"], 0), []
    for index in range(len(shape.kernels)):
        inputs.append(x)
        deep = np.maximum(arrays[f"depth.{index}.weight"].sum((1, 2)) * x + arrays[f"depth.{index}.bias"], 0)
        x = np.maximum(x + arrays[f"point.{index}.weight"][:, :, 0] @ deep + arrays[f"point.{index}.bias"], 0)
    return inputs


def convert_phones(weights: Path, out: Path) -> None:
    """Input int8 [1,3,40], output int8 [1,1,40]: logits, blank first."""
    # its lessons begin like this: nothing at all, then the room
    converter = Converter(weights, PHONES, "Earshot phone model", is_silent_at_start=False)
    x, x_range = converter.body()
    logits = converter.point("head", x, x_range, "head", NONE)
    head = converter.range_of("head")
    converter.graph.made.outputs = [converter.reshaped("logits", logits, [1, 1, PHONES.outputs], head)]
    write(converter, out)


def convert_wake(weights: Path, out: Path) -> None:
    """Input int8 [1,3,40], output uint8 [1,1]: the chance that the word has just ended, in steps of 1/256."""
    converter = Converter(weights, WAKE, "Earshot wake model")
    graph = converter.graph
    x, x_range = converter.body()
    flat = converter.reshaped("flat", x, [1, WAKE.channels], x_range)
    weights_and_bias = converter.weights("head", lambda w: np.ascontiguousarray(w[:, :, 0]), 0, x_range)
    score = graph.activation("head", [1, 1], converter.range_of("head"))
    graph.operator("FULLY_CONNECTED", [flat, *weights_and_bias], [score], fusedActivationFunction=NONE)
    chance = graph.activation("chance", [1, 1], Quantised((1 / 256,), -128))
    graph.operator("LOGISTIC", [score], [chance])
    output = graph.activation("output", [1, 1], Quantised((1 / 256,), 0), schema.TensorType.UINT8)
    graph.operator("QUANTIZE", [chance], [output])
    graph.made.outputs = [output]
    write(converter, out)


def write(converter: Converter, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    data = converter.file.to_bytes()
    out.write_bytes(data)
    multiplies = converter.shape.multiplies_a_step * 100 / STACK / 1e6
    print(f"{out}: {len(data) / 1024:.0f} KiB, {multiplies:.1f} M multiply-adds a second", flush=True)
