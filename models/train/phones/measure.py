"""Phones wrong on people that nothing was learnt from, by corpus, with intervals.

Best path, no penalty. Of the ways in which a word may be said, the one nearest to what was heard counts.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import torch

from ..networks.network import Network
from ..networks.precision import reduced_precision
from ..networks.shapes import STACK
from ..scenes.phone_features import CHANNELS, SILENCE
from .kernels import heard_at_level
from .noise import DB, NEPER

FRAMES_TOGETHER = 12_000
RESAMPLED = 1000  # times, for an interval
CHILD_BEFORE = 18  # years
ERROR = 1 << 16  # what an error costs; more than there are phones in a recording


@dataclass
class Said:
    """One recording: half decibels [frames, channels], how it may be said, and in which groups it counts."""

    bands: np.ndarray
    ways: list[list[list[int]]]  # of each word
    groups: tuple[str, ...]


@dataclass
class Wrong:
    """Errors and phones of each recording of a group."""

    errors: np.ndarray
    phones: np.ndarray

    @property
    def share(self) -> float:
        return float(self.errors.sum() / self.phones.sum())

    def interval(self, seed: int = 1) -> tuple[float, float]:
        """95 %, by drawing as many recordings again and again."""
        count = len(self.errors)
        drawn = np.random.default_rng(seed).integers(0, count, (RESAMPLED, count))
        low, high = np.percentile(self.errors[drawn].sum(1) / self.phones[drawn].sum(1), [2.5, 97.5])
        return float(low), float(high)


def groups_of(corpus: str, age: int | None) -> tuple[str, ...]:
    if age is None:
        return (corpus,)
    return corpus, f"{corpus}, {'children' if age < CHILD_BEFORE else 'adults'}"


def with_noise(bands: np.ndarray, noise: np.ndarray, snr_db: float, first: int) -> np.ndarray:
    """Noise of a mean power that lies `snr_db` below the speech's mean."""
    own = np.take(noise, np.arange(first, first + len(bands)), axis=0, mode="wrap").astype(np.float64)
    powers = (np.exp(sound.astype(np.float64) / NEPER).sum(1).mean() for sound in (bands, own))
    speech, other = powers
    own += NEPER * np.log(speech / other) - DB * snr_db
    return (NEPER * np.logaddexp(bands / NEPER, own / NEPER)).astype(np.float16)


class Measured:
    def __init__(self, said: list[Said], tail: int):
        """`tail`: frames of what is there at the end that are heard after it."""
        self.said = said
        self.ended = [
            np.concatenate([one.bands, np.repeat(one.bands[-4:].mean(0)[None], tail, 0)]) for one in said
        ]
        self.order = np.argsort([len(bands) for bands in self.ended])

    def batches(self):
        """Rows, and int8 inputs [rows, frames, channels] heard from a fresh start."""
        first = 0
        while first < len(self.order):
            rows, last = [], first
            while last < len(self.order) and (
                not rows or fits(len(rows) + 1, len(self.ended[self.order[last]]))
            ):
                rows.append(self.order[last])
                last += 1
            first = last
            wide = -(-len(self.ended[rows[-1]]) // STACK) * STACK
            bands = np.full((len(rows), wide, CHANNELS), SILENCE, np.int8)
            for row, index in zip(bands, rows, strict=True):
                ended = self.ended[index]
                row[: len(ended)] = np.clip(np.floor(ended.astype(np.float32) + 0.5), SILENCE, 127)
            yield rows, heard_at_level(bands, np.zeros(len(rows)))[0]

    def errors(self, network: Network, quantise=None) -> dict[str, Wrong]:
        return self.by_group({row: best_path(logits) for row, logits in self.logits(network, quantise)})

    @torch.no_grad()
    def logits(self, network: Network, quantise=None) -> Iterator[tuple[int, np.ndarray]]:
        """Of each recording [steps, labels], the shortest first."""
        network.eval()
        for rows, inputs in self.batches():
            steps = torch.from_numpy(inputs).reshape(len(rows), -1, STACK * CHANNELS)
            with nullcontext() if quantise else reduced_precision("cpu"):
                found = network(steps, quantise).float().numpy()
            yield from (
                (row, one[: len(self.ended[row]) // STACK]) for row, one in zip(rows, found, strict=True)
            )

    def by_group(self, paths: dict[int, list[int]]) -> dict[str, Wrong]:
        found: dict[str, list[tuple[int, int]]] = {}
        for row, path in paths.items():
            counts = errors_and_phones(path, self.said[row].ways)
            for group in self.said[row].groups:
                found.setdefault(group, []).append(counts)
        return {
            group: Wrong(*np.array(counts, np.int64).reshape(-1, 2).T)
            for group, counts in sorted(found.items())
        }


def fits(rows: int, frames: int) -> bool:
    return rows * frames <= FRAMES_TOGETHER


def in_words(wrong: dict[str, Wrong]) -> str:
    return ", ".join(f"{group} {100 * one.share:.1f} %" for group, one in wrong.items())


def table(columns: dict[str, dict[str, Wrong]]) -> str:
    """Markdown: a row for each group, a column for each way of measuring."""
    groups = next(iter(columns.values()))
    lines = [
        f"| phones wrong | recordings | phones | {' | '.join(columns)} |",
        "| --- " * (3 + len(columns)) + "|",
    ]
    for group, one in groups.items():
        cells = [with_interval(column[group]) for column in columns.values()]
        lines.append(f"| {group} | {len(one.errors)} | {one.phones.sum()} | {' | '.join(cells)} |")
    return "\n".join(lines)


def with_interval(wrong: Wrong) -> str:
    low, high = wrong.interval()
    return f"{100 * wrong.share:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def best_path(logits: np.ndarray) -> list[int]:
    """Labels of the likeliest class of each step, [steps, labels]: repeats once, without blanks."""
    path = logits.argmax(-1).tolist()
    return [label for label, before in zip(path, [0, *path[:-1]], strict=True) if label and label != before]


def errors_and_phones(heard: list[int], ways: list[list[list[int]]]) -> tuple[int, int]:
    """The fewest insertions, deletions and replacements from what was said, each word in its nearest way;
    and how many phones that is."""
    labels = np.array(heard, np.int64)
    row = ERROR * np.arange(len(labels) + 1)
    for of_word in ways:
        row = np.min([passed(row, way, labels) for way in of_word], axis=0)
    errors = -(-int(row[-1]) // ERROR)
    return errors, errors * ERROR - int(row[-1])


def passed(row: np.ndarray, way: list[int], heard: np.ndarray) -> np.ndarray:
    """Costs up to each place in what was heard, some phones further; each phone said costs one less."""
    places = ERROR * np.arange(len(row))
    for label in way:
        replaced = row[:-1] + ERROR * (heard != label)
        row = np.concatenate([row[:1] + ERROR, np.minimum(row[1:] + ERROR, replaced)]) - 1
        row = np.minimum.accumulate(row - places) + places
    return row
