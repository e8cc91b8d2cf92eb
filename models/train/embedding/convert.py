"""A speech embedding to a streaming int8 file. One invocation is one step of 80 ms.

As in `convert`, what a convolution over time still needs lies in a variable that starts as after long
silence. What the float network clamps from below an int8 tensor clamps by its range.
"""

from pathlib import Path

import numpy as np
import torch
from tflite_micro import runtime
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

from ..scenes.mel import BANDS, STEPS_A_BEL, ZERO_POINT
from ..tflite.file import Graph, ModelFile, Quantised
from .network import LAYERS, LOWEST, REACH_FRAMES, SLOPE, STRIDE_FRAMES, Embedding, Layer, silence
from .shape import NUMBERS

NONE, VALID, SAME = schema.ActivationFunctionType.NONE, schema.Padding.VALID, schema.Padding.SAME
INPUT = Quantised((1 / STEPS_A_BEL,), ZERO_POINT)
OUTPUT = Quantised((0.5,), 0)  # verifiers are taught on these steps
ARENA_BYTES = 100_000  # more than it takes
HIGH = 99.995  # percentile of what follows a convolution: beyond it clamps


class EmbeddingConverter:
    @torch.no_grad()
    def __init__(self, network: Embedding, mels: torch.Tensor):
        """`mels` [rows, frames, BANDS]: what ranges are measured on."""
        self.file = ModelFile("speech embedding, int8 and streaming, for Earshot")
        self.graph: Graph = self.file.main
        self.network, self.ranges = network, ranges(network, mels)
        self.silent = [x[0, :, 0].numpy().T for x in network.layers(silence(4 * REACH_FRAMES))]

    def convert(self) -> bytes:
        graph = self.graph
        x, x_range = graph.activation("mels", [1, STRIDE_FRAMES, BANDS, 1], INPUT), INPUT
        graph.made.inputs = [x]
        for at, layer in enumerate(LAYERS):
            x, x_range = self.layer(at, layer, x, x_range)
        out = graph.activation("embedding", [1, NUMBERS], x_range)
        shape = graph.constant("embedding/shape", np.array([1, NUMBERS], np.int32))
        graph.operator("RESHAPE", [x, shape], [out])
        graph.made.outputs = [out]
        return self.file.to_bytes()

    def layer(self, at: int, layer: Layer, x: int, x_range: Quantised) -> tuple[int, Quantised]:
        graph, (frames, bands) = self.graph, layer.kernel
        if frames > 1:
            x = self.remembered(at, x, frames - 1, x_range)
            if bands > 1:
                x = self.padded(at, x, x_range)
        _, height, width, _ = graph.shape_of(x)
        pads_by_itself = frames == 1  # over bands alone
        height, width = height - frames + 1, width if pads_by_itself else width - bands + 1
        before, after = self.ranges[at]
        shape = [1, height, width, layer.outputs]
        out = graph.activation(f"layer{at}", shape, before)
        graph.operator(
            "CONV_2D",
            [x, *self.constants(at, x_range)],
            [out],
            padding=SAME if pads_by_itself else VALID,
            strideW=1,
            strideH=1,
            dilationWFactor=1,
            dilationHFactor=1,
            fusedActivationFunction=NONE,
        )
        if after is None:
            return out, before
        bent = graph.activation(f"bent{at}", shape, after)
        graph.operator("LEAKY_RELU", [out], [bent], alpha=SLOPE)
        return self.pooled(at, layer, bent, after), after

    def constants(self, at: int, x_range: Quantised) -> tuple[int, int]:
        """int8 weights, one scale an output, and the int32 bias."""
        made = self.network.convolutions[at]
        real, bias = made.weight.detach().numpy(), made.bias.detach().numpy()
        scale = np.maximum(np.abs(real).max(axis=(1, 2, 3)), 1e-8) / 127
        stored = np.clip(np.round(real / scale[:, None, None, None]), -127, 127).astype(np.int8)
        bias_scale = np.float64(np.float32(x_range.scale[0])) * np.float32(scale)
        return (
            self.graph.constant(
                f"layer{at}/weight",
                np.ascontiguousarray(stored.transpose(0, 2, 3, 1)),
                Quantised(tuple(scale), 0, 0),
            ),
            self.graph.constant(
                f"layer{at}/bias",
                np.round(bias / bias_scale).astype(np.int32),
                Quantised(tuple(bias_scale), 0, 0),
            ),
        )

    def remembered(self, at: int, x: int, steps: int, quantised: Quantised) -> int:
        """The last `steps` rows of before and those of x."""
        graph, (_, height, width, channels) = self.graph, self.graph.shape_of(x)
        silent = self.silent[at]  # [bands, channels]
        stored = np.clip(np.round(silent / quantised.scale[0]) + quantised.zero_point, -128, 127).astype(
            np.int8
        )
        handle = self.file.state(f"state{at}", np.tile(stored, (1, steps, 1, 1)), quantised)
        past = graph.activation(f"state{at}/past", [1, steps, width, channels], quantised)
        graph.operator("READ_VARIABLE", [handle], [past])
        whole = graph.activation(f"state{at}/whole", [1, steps + height, width, channels], quantised)
        graph.operator("CONCATENATION", [past, x], [whole], axis=1, fusedActivationFunction=NONE)
        kept = graph.activation(f"state{at}/kept", [1, steps, width, channels], quantised)
        bounds = ([0, height, 0, 0], [1, height + steps, width, channels], [1, 1, 1, 1])
        places = [
            graph.constant(f"state{at}/{which}", np.array(bound, np.int32))
            for which, bound in zip(("from", "to", "by"), bounds, strict=True)
        ]
        graph.operator("STRIDED_SLICE", [whole, *places], [kept], beginMask=0)
        graph.operator("ASSIGN_VARIABLE", [handle, kept], [])
        return whole

    def padded(self, at: int, x: int, quantised: Quantised) -> int:
        """A band of zeros on either side; the convolution itself would pad time as well."""
        _, height, width, channels = self.graph.shape_of(x)
        out = self.graph.activation(f"padded{at}", [1, height, width + 2, channels], quantised)
        sides = self.graph.constant(f"padded{at}/sides", np.array([[0, 0], [0, 0], [1, 1], [0, 0]], np.int32))
        self.graph.operator("PAD", [x, sides], [out])
        return out

    def pooled(self, at: int, layer: Layer, x: int, quantised: Quantised) -> int:
        if layer.pool == (1, 1):
            return x
        _, height, width, channels = self.graph.shape_of(x)
        (frames, bands) = layer.pool
        out = self.graph.activation(f"pooled{at}", [1, height // frames, width // bands, channels], quantised)
        self.graph.operator(
            "MAX_POOL_2D",
            [x],
            [out],
            padding=VALID,
            strideW=bands,
            strideH=frames,
            filterWidth=bands,
            filterHeight=frames,
            fusedActivationFunction=NONE,
        )
        return out


def ranges(network: Embedding, mels: torch.Tensor) -> list[tuple[Quantised, Quantised | None]]:
    """Of what each layer's convolution gives and of what becomes of it, measured on mel spectra
    [rows, frames, BANDS]."""
    found = []
    for x in list(network.layers(mels))[1:-1]:
        high = float(np.percentile(x.numpy(), HIGH))
        found.append((between(LOWEST / SLOPE, high), between(LOWEST, high)))
    return [*found, (OUTPUT, None)]


def between(low: float, high: float) -> Quantised:
    scale = (high - low) / 255
    return Quantised((float(np.float32(scale)),), round(-128 - low / scale))


def streamed(model: Path, mels: np.ndarray) -> np.ndarray:
    """What the converted model gives of int8 mel spectra [frames, BANDS], step by step: [steps, NUMBERS]."""
    interpreter, rows = runtime.Interpreter.from_file(str(model), arena_size=ARENA_BYTES), []
    for start in range(0, len(mels) - STRIDE_FRAMES + 1, STRIDE_FRAMES):
        interpreter.set_input(mels[None, start : start + STRIDE_FRAMES, :, None], 0)
        interpreter.invoke()
        rows.append(interpreter.get_output(0)[0] * OUTPUT.scale[0])
    return np.array(rows)


def after_silence(mels: np.ndarray) -> torch.Tensor:
    """[1, frames, BANDS] of which the first embedding ends with the first step of `mels`."""
    return torch.cat([silence(REACH_FRAMES - STRIDE_FRAMES), torch.from_numpy(mels)[None]], 1)


def correlation(network: Embedding, model: Path, mels: np.ndarray) -> float:
    """Of what the converted model gives, step by step, and the network in floats, all numbers together."""
    given, whole = streamed(model, mels), network.listen(after_silence(mels))[0].numpy()
    return float(np.corrcoef(given.ravel(), whole.ravel())[0, 1])
