"""Scenes in memory: positives by voice, stretches without the word, and the places in those that hold it."""

from pathlib import Path

import numpy as np
import torch

from ..networks.shapes import STACK
from ..scenes.features import CHANNELS
from ..words.alphabet import PHONES, VOWELS
from .scenes import AFTER, BEFORE

QUIET_STEPS = 48  # of silence before every stretch: more than the network remembers
STEPS = 76  # 2.3 s in every training example
PACE = 0.12  # how far faster and slower than they were said, as a deviation of the logarithm


class Positives:
    """int8 frames [rows, 300, 40]; the word ends at frame BEFORE. Voices are drawn by their shares."""

    def __init__(self, folders: dict[str, list[Path]], shares: dict[str, float]):
        frames = {
            voice: np.concatenate([np.load(p)["frames"] for p in paths]) for voice, paths in folders.items()
        }
        self.frames = torch.from_numpy(np.concatenate(list(frames.values())))
        weights = [np.full(len(rows), shares[voice] / len(rows)) for voice, rows in frames.items()]
        self.weights = torch.from_numpy(np.concatenate(weights))

    def __len__(self) -> int:
        return len(self.frames)

    def draw(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Frames [count, STEPS, 120] and the step at which each word ends."""
        rows = torch.multinomial(self.weights, count, replacement=True)
        place = torch.randint(STEPS - AFTER // STACK + 1, STEPS - 9, (count,))
        end = place * STACK - torch.randint(0, STACK, (count,))
        index = BEFORE + at_some_pace(torch.arange(STEPS * STACK) - end[:, None])
        frames = self.frames[rows[:, None], index.clamp(0, BEFORE + AFTER - 1)]
        return frames.reshape(count, STEPS, STACK * CHANNELS), end // STACK


class Stretches:
    """int8 steps [rows, QUIET_STEPS + 666, 120], and where the word, or nearly the word, is said in them."""

    def __init__(self, shards: list[Path], ways: list[list[str]]):
        loaded = [np.load(shard) for shard in shards]
        frames = np.concatenate([s["frames"] for s in loaded])
        frames = frames[:, : frames.shape[1] // STACK * STACK].reshape(len(frames), -1, STACK * CHANNELS)
        quiet = np.full((len(frames), QUIET_STEPS, STACK * CHANNELS), -128, np.int8)
        self.steps = torch.from_numpy(np.concatenate([quiet, frames], 1))
        self.is_word = torch.zeros(self.steps.shape[:2], dtype=torch.bool)
        row = 0
        for shard in loaded:
            self.mark(shard["spans"], shard["phones"], row, ways)
            row += len(shard["frames"])

    def mark(self, spans: np.ndarray, phones: np.ndarray, row: int, ways: list[list[str]]) -> None:
        wanted = {coarse(np.array([PHONES.index(p) + 1 for p in way], np.uint8)) for way in ways}
        ends = np.cumsum(spans[:, 3])
        said = coarse(phones)
        for (index, first, last, count), end in zip(spans, ends, strict=True):
            if any(way in said[end - count : end] for way in wanted):
                place = slice(QUIET_STEPS + first // STACK, QUIET_STEPS + last // STACK + 20)
                self.is_word[row + index, place] = True

    def is_word_at(self, frames: torch.Tensor) -> torch.Tensor:
        """Whether the word is said at these frames of each stretch, [rows, any]."""
        steps = (QUIET_STEPS + frames // STACK).clamp(max=self.is_word.shape[1] - 1)
        return self.is_word.gather(1, steps)

    @property
    def frames(self) -> torch.Tensor:
        """The same, [rows, frames, 40]."""
        return self.steps.reshape(len(self.steps), -1, CHANNELS)

    @property
    def hours(self) -> float:
        return len(self.steps) * (self.steps.shape[1] - QUIET_STEPS) * STACK / 360_000

    def __len__(self) -> int:
        return len(self.steps)

    def windows(self, rows: torch.Tensor, first: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Steps [count, STEPS, 120] and which of them count."""
        last = first.clamp(0, self.steps.shape[1] - STEPS) + STEPS
        index = STACK * last[:, None] + at_some_pace(torch.arange(-STEPS * STACK, 0).expand(len(rows), -1))
        index = index.clamp(0, self.frames.shape[1] - 1)
        frames = self.frames[rows[:, None], index].reshape(len(rows), STEPS, STACK * CHANNELS)
        return frames, (~self.is_word[rows[:, None], index[:, STACK - 1 :: STACK] // STACK]).float()

    def draw(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        rows = torch.randint(0, len(self), (count,))
        return self.windows(rows, torch.randint(0, self.steps.shape[1] - STEPS, (count,)))


def at_some_pace(frames: torch.Tensor) -> torch.Tensor:
    """Numbers of frames [rows, frames], each row as if all in it had gone slower or faster; 0 stays 0."""
    pace = torch.exp(torch.randn(len(frames), 1) * PACE).clamp(0.7, 1.4)
    return (frames * pace).round().long()


def coarse(phones: np.ndarray) -> bytes:
    """Phone labels with all vowels alike, S like Z and no R after a vowel: one form for every accent."""
    table = np.arange(256, dtype=np.uint8)
    for vowel in VOWELS:
        table[PHONES.index(vowel) + 1] = 0
    table[PHONES.index("Z") + 1] = PHONES.index("S") + 1
    simple, r = table[phones], PHONES.index("R") + 1
    after_vowel = np.concatenate([[False], simple[:-1] == 0])
    before_vowel = np.concatenate([simple[1:] == 0, [False]])
    return simple[~((simple == r) & after_vowel & ~before_vowel)].tobytes()
