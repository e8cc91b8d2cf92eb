"""The shapes of the two kinds of model, known to training and conversion alike."""

from dataclasses import dataclass

from ..scenes.features import CHANNELS

STACK = 3  # feature frames a step: 30 ms


@dataclass(frozen=True)
class Shape:
    channels: int
    stem_steps: int
    kernels: tuple[int, ...]
    delays: tuple[int, ...]  # steps by which a block's output is late, one a block
    outputs: int

    @property
    def delay(self) -> int:
        return sum(self.delays)

    @property
    def multiplies_a_step(self) -> int:
        stem = STACK * CHANNELS * self.stem_steps * self.channels
        blocks = sum(self.channels * (kernel + self.channels) for kernel in self.kernels)
        return stem + blocks + self.channels * self.outputs


# Where training left old taps almost at zero, they are gone: 4.7 KiB of the chip's memory.
PHONES = Shape(240, 3, (5, 7, 9, 9, 9, 9, 9, 7, 7, 7, 5, 5), (0, 1) * 6, 40)
WAKE = Shape(64, 1, (5, 9, 15, 21), (0,) * 4, 1)
