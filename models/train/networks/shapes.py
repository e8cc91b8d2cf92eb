"""The shapes of the two kinds of model, known to training and conversion alike."""

from dataclasses import dataclass

from ..scenes.features import CHANNELS, INPUT_SCALE
from ..scenes.phone_features import INPUT_SCALE as PLAIN_SCALE

STACK = 3  # feature frames a step: 30 ms


@dataclass(frozen=True)
class Shape:
    channels: int
    stem_steps: int
    kernels: tuple[int, ...]
    delays: tuple[int, ...]  # steps by which a block's output is late, one a block
    outputs: int
    input_scale: float = float(INPUT_SCALE)  # of the features that it hears; their least value is real zero

    @property
    def delay(self) -> int:
        return sum(self.delays)

    @property
    def multiplies_a_step(self) -> int:
        stem = STACK * CHANNELS * self.stem_steps * self.channels
        blocks = sum(self.channels * (kernel + self.channels) for kernel in self.kernels)
        return stem + blocks + self.channels * self.outputs


PHONES = Shape(
    channels=256,
    stem_steps=3,
    kernels=(5, 5, 7, 7, 9, 9, 9, 9, 9, 9, 9, 7, 7, 5),
    delays=(1, 1, *(0, 1) * 6),  # 240 ms in all
    outputs=40,
    input_scale=float(PLAIN_SCALE),
)
WAKE = Shape(64, 1, (5, 9, 15, 21), (0,) * 4, 1)
