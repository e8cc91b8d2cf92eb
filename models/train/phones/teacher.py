"""What a recogniser taught on far more speech makes of each moment: a dense target for the student.

Its view of an utterance as it was recorded is the target for every copy of it, however noisy. Of the view,
the main directions are kept, each scaled to a variance of one.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..networks.shapes import STACK
from ..scenes.phone_features import HOP_SAMPLES, SAMPLE_RATE
from .encoder import FIRST_MS, SIZE, STEP_MS, Encoder
from .mix import Batch
from .store import Sequences

DIRECTIONS = 128
FRAME_MS = 1000 * HOP_SAMPLES / SAMPLE_RATE
MIDDLE_MS = 15.0  # of a frame's window
SECONDS_TOGETHER = 24
SILENCE_AFTER = SAMPLE_RATE // 10  # so that the last phone is seen
SHORTEST = 1_600  # samples; there is no view of less
LOUDEST = 0.7


@dataclass
class Directions:
    mean: np.ndarray  # [SIZE]
    down: np.ndarray  # [SIZE, DIRECTIONS]
    deviations: np.ndarray  # [DIRECTIONS], before scaling

    def along(self, view: np.ndarray) -> np.ndarray:
        return ((view.astype(np.float32) - self.mean) @ self.down).astype(np.float16)

    @staticmethod
    def of(views: np.ndarray) -> "Directions":
        mean = views.mean(0)
        variances, vectors = np.linalg.eigh(np.cov((views - mean).T))
        order = np.argsort(-variances)[:DIRECTIONS]
        deviations = np.sqrt(variances[order])
        return Directions(mean, (vectors[:, order] / deviations).astype(np.float32), deviations)


def write_views(encoder: Encoder, said: list[np.ndarray], out: Path) -> None:
    """float16 [steps, DIRECTIONS] of each int16 utterance, none of the shortest; the deviations beside
    them."""
    views: list[np.ndarray] = [np.zeros((0, SIZE), np.float16)] * len(said)
    for rows in together([len(samples) for samples in said]):
        for row, view in zip(rows, viewed(encoder, [said[row] for row in rows]), strict=True):
            views[row] = view.astype(np.float16)
    some = np.concatenate([view[::5] for view in views[:: max(1, len(views) // 3000)]])
    directions = Directions.of(some.astype(np.float32))
    np.save(out.with_suffix(".deviations.npy"), directions.deviations.astype(np.float32))
    Sequences.write(out, [directions.along(view) for view in views])


def together(lengths: list[int]) -> list[list[int]]:
    """Rows of about the same length, so many that they make up half a minute."""
    order = sorted((row for row, length in enumerate(lengths) if length >= SHORTEST), key=lengths.__getitem__)
    batches: list[list[int]] = []
    for row in order:
        last = batches[-1] if batches else []
        fits = last and lengths[row] < 1.08 * lengths[last[0]] + 3_200
        if fits and (len(last) + 1) * lengths[row] < SECONDS_TOGETHER * SAMPLE_RATE:
            last.append(row)
        else:
            batches.append([row])
    return batches


def viewed(encoder: Encoder, said: list[np.ndarray]) -> list[np.ndarray]:
    sound = np.zeros((len(said), max(map(len, said)) + SILENCE_AFTER), np.float32)
    for row, samples in zip(sound, said, strict=True):
        row[: len(samples)] = samples * (LOUDEST / max(30, np.abs(samples.astype(np.int32)).max()))
    seen = encoder(torch.from_numpy(sound)).numpy()
    step = STEP_MS * SAMPLE_RATE / 1000
    return [
        view[: int((len(s) + SILENCE_AFTER - FIRST_MS * SAMPLE_RATE / 1000) / step)]
        for view, s in zip(seen, said, strict=True)
    ]


class Teacher:
    def __init__(self, views, written: Path):
        """`views`: by utterance, [steps, DIRECTIONS], empty where there is none; `written`: where
        write_views left what they are scaled by."""
        self.views = views
        deviations = np.load(written.with_suffix(".deviations.npy"))
        self.weights = torch.from_numpy(deviations / deviations.sum())

    def loss(self, guesses: torch.Tensor, batch: Batch, indices: np.ndarray, delay: int) -> torch.Tensor:
        """Of the student's guesses [rows, steps, DIRECTIONS], what is left unexplained: 1 for no idea.

        `indices`: of the batch's utterances among the views. The student may look `delay` steps ahead."""
        views, seen = self.targets(batch, indices, guesses.shape[1] - delay)
        wrong = (guesses[:, delay:] - torch.from_numpy(views)).square() @ self.weights
        mask = torch.from_numpy(seen)
        return (wrong * mask).sum() / mask.sum().clamp(min=1)

    def targets(self, batch: Batch, indices: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
        """The view at each of the student's steps, and whether there is one."""
        views = np.zeros((len(indices), steps, DIRECTIONS), np.float32)
        seen = np.zeros((len(indices), steps), np.float32)
        for row, index in enumerate(indices):
            view = self.views[index]
            if len(view) < 2:
                continue
            frame = STACK * np.arange(steps) + STACK // 2 - batch.leads[row]
            place = ((frame * FRAME_MS + MIDDLE_MS) / batch.stretches[row] - FIRST_MS) / STEP_MS
            seen[row] = (frame >= 0) & (frame < batch.frames[row]) & (place >= 0) & (place < len(view) - 1)
            views[row] = between(view, np.clip(place, 0, len(view) - 1.001))
        return views, seen


def between(view: np.ndarray, place: np.ndarray) -> np.ndarray:
    below = place.astype(int)
    part = (place - below)[:, None]
    return view[below] * (1 - part) + view[below + 1] * part
