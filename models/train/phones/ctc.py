"""Batches, loss and errors of the phone model: connectionist temporal classification, blank first."""

from contextlib import nullcontext

import numpy as np
import torch
from torch.nn import functional

from ..networks.precision import reduced_precision
from ..networks.shapes import PHONES, STACK
from ..scenes.vary import varied
from .corpus import Corpus

SMOOTHING = 0.02
VARIATION = 0.5  # of what a wake model is taught with: whole sentences tell less of their speaker


def masked(frames: torch.Tensor) -> torch.Tensor:
    """Hides up to two bands of channels and two stretches of time in half of the rows."""
    rows, steps, _ = frames.shape
    view = frames.clone().reshape(rows, steps * STACK, -1)
    time_at = torch.arange(view.shape[1], device=frames.device)[None, :, None]
    channel_at = torch.arange(view.shape[2], device=frames.device)[None, None, :]
    for at, limit, widest in (
        (channel_at, 40, 7),
        (channel_at, 40, 7),
        (time_at, view.shape[1], 10),
        (time_at, view.shape[1], 10),
    ):
        width = torch.randint(0, widest, (rows, 1, 1), device=frames.device)
        width = width * (torch.rand(rows, 1, 1, device=frames.device) < 0.5)
        start = (torch.rand(rows, 1, 1, device=frames.device) * limit).long()
        view = view.masked_fill((at >= start) & (at < start + width), -128)
    return view.reshape(frames.shape)


def usable_rows(corpus: Corpus) -> torch.Tensor:
    """Rows whose phones fit into their frames."""
    fits = (corpus.phone_counts * 1.6 + PHONES.delay) * STACK < corpus.counts
    return torch.nonzero(fits & (corpus.counts < 1600) & (corpus.phone_counts > 0))[:, 0]


class Batches:
    """Rows of like length together, in an order that changes every time round."""

    def __init__(self, corpus: Corpus, rows: torch.Tensor, frames_a_batch: int, seed: int):
        self.rows, self.corpus, self.rng = (
            rows[torch.argsort(corpus.counts[rows])],
            corpus,
            np.random.default_rng(seed),
        )
        counts, self.cuts, start = corpus.counts[self.rows].cpu().numpy(), [], 0
        while start < len(counts):
            shortest_fit = min(start + frames_a_batch // int(counts[start]), len(counts) - 1)
            end = start + max(1, frames_a_batch // int(counts[shortest_fit]))
            self.cuts.append((start, min(end, len(counts))))
            start = end

    def forever(self):
        while True:
            for index in self.rng.permutation(len(self.cuts)):
                start, end = self.cuts[index]
                yield self.rows[start:end]


def ctc_batch(corpus: Corpus, rows: torch.Tensor, train: bool):
    counts = corpus.counts[rows]
    first = torch.randint(0, STACK, (len(rows),), device=corpus.device) if train else torch.zeros_like(rows)
    steps = -(-int(counts.max()) // (STACK * 8)) * 8  # few distinct widths, so that compiled code is reused
    frames = corpus.window(rows, first, steps)
    labels, label_counts = corpus.labels(rows)
    lengths = ((counts - first) // STACK).clamp(max=steps)
    return (masked(varied(frames, VARIATION)) if train else frames), lengths, labels, label_counts


def ctc_loss(logits, lengths, labels, label_counts):
    log_probabilities = functional.log_softmax(logits.float(), -1)
    loss = functional.ctc_loss(
        log_probabilities.transpose(0, 1), labels, lengths, label_counts, reduction="none", zero_infinity=True
    )
    present = (torch.arange(logits.shape[1], device=logits.device)[None, :] < lengths[:, None])[..., None]
    uniform = -(log_probabilities * present).sum((1, 2)) / logits.shape[2]
    return (loss + SMOOTHING * uniform).sum() / lengths.sum()


@torch.no_grad()
def error_rate(
    network, corpus: Corpus, rows: torch.Tensor, quantise=None, blank_penalty: float = 0.0
) -> float:
    """Phone errors of the best path, as a share of the phones that were said."""
    network.eval()
    errors = total = 0
    for start in range(0, len(rows), 256):
        frames, lengths, labels, label_counts = ctc_batch(corpus, rows[start : start + 256], train=False)
        with nullcontext() if quantise else reduced_precision(corpus.device):
            logits = network(frames, quantise).float()
        logits[..., 0] -= blank_penalty
        logits = logits.cpu().numpy()
        for row in range(len(logits)):
            said = labels[row, : int(label_counts[row])].tolist()
            errors += best_path_errors(logits[row, : int(lengths[row])], said)
            total += len(said)
    return errors / total


def best_path_errors(logits: np.ndarray, said: list[int]) -> int:
    """logits [steps, labels]"""
    path = logits.argmax(-1)
    return edits([p for p, q in zip(path, [0, *path[:-1]], strict=True) if p and p != q], said)


def edits(a: list[int], b: list[int]) -> int:
    row = np.arange(len(b) + 1)
    target = np.array(b)
    for i, x in enumerate(a, 1):
        step = np.minimum(row[:-1] + (target != x), row[1:] + 1)
        row = np.concatenate([[i], step])
        row = np.minimum.accumulate(row - np.arange(len(row))) + np.arange(len(row))
    return int(row[-1])
