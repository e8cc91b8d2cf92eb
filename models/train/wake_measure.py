"""How often a quantised model misses the word or wakes without it, at every cutoff, on a development set."""

from dataclasses import dataclass

import numpy as np
import torch

from .features import CHANNELS
from .fit_wake import chances, windowed
from .shapes import STACK
from .wake_corpus import QUIET_STEPS, Positives, Stretches
from .wake_scenes import AFTER, BEFORE

WINDOWS = (3, 5, 7)  # steps that the spotter may average
REFRACTORY_STEPS = 66  # two seconds in which nothing counts twice
LOWEST = 0.05  # of the scores that are kept
Z = 1.96  # of a 95 % interval


@dataclass
class Measured:
    """Scores at one window: of every scene with the word, and of every place without it."""

    window: int
    word: np.ndarray
    snr_db: np.ndarray  # of each scene with the word
    false: dict[str, np.ndarray]
    hours: dict[str, float]

    def missed(self, cutoff: float, snr_db: float | None = None) -> tuple[int, int]:
        scores = self.word if snr_db is None else self.word[self.snr_db == snr_db]
        return int((scores < cutoff).sum()), len(scores)

    def woken(self, cutoff: float) -> dict[str, int]:
        return {kind: int((scores >= cutoff).sum()) for kind, scores in self.false.items()}


def measure(
    network, int8, positives: Positives, snr_db: np.ndarray, stretches: dict[str, Stretches]
) -> list[Measured]:
    rows = positives.frames[:, : (BEFORE + AFTER) // STACK * STACK].reshape(
        len(positives), -1, STACK * CHANNELS
    )
    quiet = torch.full((len(rows), QUIET_STEPS, STACK * CHANNELS), -128, dtype=torch.int8)
    of_word = chances(network, torch.cat([quiet, rows], 1), int8)
    others = {kind: chances(network, s.steps, int8) for kind, s in stretches.items()}
    first = QUIET_STEPS + BEFORE // STACK - 20  # what is said before the word is no part of it
    return [
        Measured(
            window,
            windowed(of_word, window)[:, first:].max(1).values.numpy(),
            snr_db,
            {kind: events(windowed(others[kind], window), s) for kind, s in stretches.items()},
            {kind: s.hours for kind, s in stretches.items()},
        )
        for window in WINDOWS
    ]


def events(scores: torch.Tensor, stretches: Stretches) -> np.ndarray:
    """The highest score, then the next highest that is not within two seconds of it, and so on."""
    scores = scores.masked_fill(stretches.is_word, 0).numpy().copy()
    scores[:, :QUIET_STEPS] = 0
    found = []
    for row in scores:
        while (score := row.max()) > LOWEST:
            at = int(row.argmax())
            row[max(0, at - REFRACTORY_STEPS) : at + REFRACTORY_STEPS] = 0
            found.append(score)
    return np.array(found)


def wilson(count: int, of: int) -> tuple[float, float]:
    """95 % interval of a share."""
    share, spread = count / of, Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * ((share * (1 - share) + spread / 4) / of) ** 0.5 / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def poisson(count: int) -> tuple[float, float]:
    """95 % interval of an expected count."""
    from scipy.stats import chi2

    low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    return float(low), float(chi2.ppf(0.975, 2 * count + 2) / 2)
