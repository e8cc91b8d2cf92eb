"""The speech embedding in floats: mel spectra in, 96 numbers about the last 0.76 s every 80 ms out.

Five blocks of convolutions, over bands and over time in turn, pooled in between, as in Google's: Lin et al.,
"Training Keyword Spotters with Limited and Synthesized Speech Data" (2020).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema
from torch import nn
from torch.nn import functional

from ..networks.precision import reduced_precision
from ..networks.restart import constants
from ..scenes.mel import BANDS, SILENCE, STEPS_A_BEL, ZERO_POINT
from .shape import NUMBERS

STRIDE_FRAMES = 8  # from one embedding to the next
REACH_FRAMES = 76  # that an embedding hears
SLOPE, LOWEST = 0.2, -0.4  # below zero what follows a convolution is a fifth of it, but no lower than this


@dataclass(frozen=True)
class Layer:
    outputs: int
    kernel: tuple[int, int]  # frames, bands
    pool: tuple[int, int] = (1, 1)  # after it


def block(channels: int, pool: tuple[int, int]) -> tuple[Layer, ...]:
    over_bands, over_time = Layer(channels, (1, 3)), Layer(channels, (3, 1))
    return (over_bands, over_time, over_bands, Layer(channels, (3, 1), pool))


LAYERS = (
    Layer(24, (3, 3)),
    Layer(24, (1, 3)),
    Layer(24, (3, 1), (2, 2)),
    *block(48, (1, 2)),
    *block(72, (2, 2)),
    *block(96, (1, 2)),
    *block(96, (2, 2)),
    Layer(NUMBERS, (3, 1)),
)


class Embedding(nn.Module):
    def __init__(self, weights: Iterable[tuple[np.ndarray, np.ndarray]]):
        """`weights` by layer: [outputs, inputs, frames, bands] and a bias [outputs]."""
        super().__init__()
        self.convolutions = nn.ModuleList(
            convolution(layer, *values) for layer, values in zip(LAYERS, weights, strict=True)
        )
        self.to(memory_format=torch.channels_last)

    def layers(self, mels: torch.Tensor) -> Iterator[torch.Tensor]:
        """Of int8 mel spectra [rows, frames, BANDS]: the input of every layer, and at last the embeddings,
        [rows, channels, frames, bands]."""
        x = (mels.float()[:, None] - ZERO_POINT) / STEPS_A_BEL
        for layer, convolve in zip(LAYERS, self.convolutions, strict=True):
            yield x
            x = convolve(x)
            if layer is not LAYERS[-1]:
                x = functional.leaky_relu_(x, SLOPE).clamp(min=LOWEST)
            if layer.pool != (1, 1):
                x = functional.max_pool2d(x, layer.pool)
        yield x

    def forward(self, mels: torch.Tensor) -> torch.Tensor:
        """Real numbers, [rows, embeddings, NUMBERS]: the first after REACH_FRAMES, then one every
        STRIDE_FRAMES."""
        with reduced_precision("cpu"):
            *_, x = self.layers(mels)
        return x[..., 0].transpose(1, 2).float()

    @torch.no_grad()
    def listen(self, mels: torch.Tensor) -> torch.Tensor:
        """The same, row by row, since several do not fit into a cache."""
        return torch.cat([self(row) for row in mels.split(1)])


def convolution(layer: Layer, weight: np.ndarray, bias: np.ndarray) -> nn.Conv2d:
    outputs, inputs, *kernel = weight.shape
    made = nn.Conv2d(inputs, outputs, kernel, padding=(0, layer.kernel[1] // 2))
    made.weight.data, made.bias.data = tensor(weight), tensor(bias)
    return made


def tensor(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(values, np.float32))


class StoredEmbedding:
    """The converted model in floats, but for its output, which is rounded as it will be."""

    def __init__(self, model: Path):
        values = constants(model)
        self.network = Embedding(
            (values[f"layer{at}/weight"].transpose(0, 3, 1, 2), values[f"layer{at}/bias"])
            for at in range(len(LAYERS))
        )
        graph = schema.ModelT.InitFromPackedBuf(bytearray(model.read_bytes()), 0).subgraphs[0]
        quantised = graph.tensors[graph.outputs[0]].quantization
        self.scale, self.zero_point = float(quantised.scale[0]), int(quantised.zeroPoint[0])

    def __call__(self, mels: torch.Tensor) -> torch.Tensor:
        """int8 mel spectra [rows, frames, BANDS] to int8 [rows, embeddings, NUMBERS]."""
        stored = torch.round(self.network.listen(mels) / self.scale) + self.zero_point
        return stored.clamp(-128, 127).to(torch.int8)


def silence(frames: int) -> torch.Tensor:
    return torch.full((1, frames, BANDS), SILENCE, dtype=torch.int8)
