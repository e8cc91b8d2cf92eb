"""Training of a speech embedding: to give of noisy talk what its teacher gives of the same without noise."""

import copy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from ..networks.training import Training
from .network import REACH_FRAMES, STRIDE_FRAMES, Embedding

EMBEDDINGS = 49  # of an example: 4.6 s
FRAMES = REACH_FRAMES + (EMBEDDINGS - 1) * STRIDE_FRAMES
MIXTURE = {"talk": 13, "dry talk": 1, "music": 2}  # examples of a batch
PEAK = 6e-4  # of the learning rate
REPORT_EVERY = 250  # batches, and a checkpoint
WATCHED = 48  # rows of each kind whose error is told


class Pairs:
    """Mel spectra and what shall be heard in them, by kind."""

    def __init__(self, talk: list[Path], music: list[Path]):
        """Shards of `embedding_pairs`."""
        said = read(talk, "said"), read(talk, "targets")
        self.kinds = {"talk": (read(talk, "heard"), said[1]), "dry talk": said}
        if music:
            self.kinds["music"] = read(music, "heard"), read(music, "targets")
        self.deviation = torch.from_numpy(said[1][:200].astype(np.float32).std((0, 1)))

    @property
    def hours(self) -> float:
        heard, _ = self.kinds["talk"]
        return heard.shape[0] * heard.shape[1] / 360_000

    def batch(self, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """int8 mel spectra [examples, FRAMES, BANDS] and targets [examples, EMBEDDINGS, NUMBERS]."""
        found = []
        for kind, (mels, targets) in self.kinds.items():
            for row in rng.integers(len(mels), size=MIXTURE[kind]):
                first = int(rng.integers(targets.shape[1] - EMBEDDINGS + 1))
                frame = first * STRIDE_FRAMES
                found.append((mels[row, frame : frame + FRAMES], targets[row, first : first + EMBEDDINGS]))
        mels, targets = (np.array(part) for part in zip(*found, strict=True))
        return torch.from_numpy(mels), torch.from_numpy(targets.astype(np.float32))

    def some(self, counts: dict[str, int]) -> np.ndarray:
        """int8 mel spectra [rows, frames, BANDS], so many of each kind, from all of it."""
        kinds = [(self.kinds[kind][0], count) for kind, count in counts.items() if kind in self.kinds]
        return np.concatenate([mels[spread(len(mels), count)] for mels, count in kinds])

    def errors(self, network: Embedding) -> str:
        """By kind, over rows from all of it."""
        found = []
        for kind, (mels, targets) in self.kinds.items():
            rows = spread(len(mels), WATCHED)
            heard = network.listen(torch.from_numpy(mels[rows]))
            found.append(f"{kind} {error(heard, torch.from_numpy(targets[rows]), self.deviation).item():.3f}")
        return ", ".join(found)


def read(shards: list[Path], name: str) -> np.ndarray:
    return np.concatenate([np.load(shard)[name] for shard in shards])


def spread(rows: int, count: int) -> np.ndarray:
    return np.linspace(0, rows - 1, min(count, rows)).astype(int)


def error(heard: torch.Tensor, targets: torch.Tensor, deviation: torch.Tensor) -> torch.Tensor:
    """Mean square, of which 1 is what the mean of all embeddings would have."""
    return ((heard - targets) / deviation).square().mean()


def fit(
    teacher: Embedding,
    pairs: Pairs,
    held_out: Pairs,
    checkpoint: Path,
    *,
    batches: int,
    seed: int,
    note: Callable[[str], None] = print,
) -> Embedding:
    """Goes on from the teacher's weights, or from the checkpoint; weights averaged on the way."""
    training = Training(copy.deepcopy(teacher), checkpoint, PEAK)
    if checkpoint.exists():
        training.resume("cpu")
    else:
        note(f"errors before: {held_out.errors(teacher)}")
    while training.steps < batches:
        rng = np.random.default_rng([seed, training.steps])  # so that it goes on as if it had not stopped
        mels, targets = pairs.batch(rng)
        loss = error(training.network(mels), targets, pairs.deviation)
        training.step(loss, training.steps / batches)
        if training.steps % REPORT_EVERY == 0 or training.steps == batches:
            training.save()
            errors = held_out.errors(training.average)
            note(f"batch {training.steps} of {batches}, loss {loss.item():.3f}, errors: {errors}")
    return training.average
