"""Training of the phone model: CTC, ended by the clock."""

import contextlib
import copy
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from .corpus import Corpus
from .networks import Network
from .quantise import export, quantised
from .shapes import PHONES, STACK

SMOOTHING = 0.02


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
    return (masked(frames) if train else frames), lengths, labels, label_counts


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
        logits = network(frames, quantise).float()
        logits[..., 0] -= blank_penalty
        best = logits.argmax(-1).cpu().numpy()
        for row in range(len(best)):
            path = best[row, : int(lengths[row])]
            heard = [p for p, q in zip(path, [0, *path[:-1]], strict=True) if p and p != q]
            said = labels[row, : int(label_counts[row])].tolist()
            errors += edits(heard, said)
            total += len(said)
    return errors / total


def edits(a: list[int], b: list[int]) -> int:
    row = np.arange(len(b) + 1)
    target = np.array(b)
    for i, x in enumerate(a, 1):
        step = np.minimum(row[:-1] + (target != x), row[1:] + 1)
        row = np.concatenate([[i], step])
        row = np.minimum.accumulate(row - np.arange(len(row))) + np.arange(len(row))
    return int(row[-1])


@torch.no_grad()
def follow(average, network, share: float) -> None:
    """Moves the average's weights a share of the way to the network's."""
    pairs = zip(average.state_dict().values(), network.state_dict().values(), strict=True)
    kept, now = zip(*[pair for pair in pairs if pair[0].is_floating_point()], strict=True)
    torch._foreach_add_(kept, torch._foreach_sub(now, kept), alpha=share)


def schedule(progress: float, peak: float) -> float:
    return peak * min(1.0, progress / 0.04) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, progress))) + 1e-6


def fit(network, batches: Batches, held_out, *, seconds, peak):
    """Trains until the time is up; returns the moving average of the weights."""
    device = batches.corpus.device
    average = copy.deepcopy(network).eval().requires_grad_(False)
    network.train()
    optimiser = torch.optim.AdamW(
        [p for p in network.parameters() if p.requires_grad], lr=peak, weight_decay=0.01, betas=(0.9, 0.98)
    )
    started, report_at, losses = time.monotonic(), 0.0, []
    for step, rows in enumerate(batches.forever(), 1):
        elapsed = time.monotonic() - started
        if elapsed > seconds:
            break
        for group in optimiser.param_groups:
            group["lr"] = schedule(elapsed / seconds, peak)
        frames, lengths, labels, label_counts = ctc_batch(batches.corpus, rows, train=True)
        with torch.autocast("cuda", torch.bfloat16) if device == "cuda" else contextlib.nullcontext():
            logits = network(frames)
        loss = ctc_loss(logits, lengths, labels, label_counts)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        decay = min(0.999, step / (step + 50))
        follow(average, network, 1 - decay)
        losses.append(loss.detach())
        if elapsed > report_at:
            report_at = elapsed + max(5.0, seconds / 16)
            mean = float(torch.stack(losses[-200:]).mean())
            rate = error_rate(average, batches.corpus, held_out[:600])
            print(
                f"phones: {elapsed:.0f}/{seconds:.0f} s, step {step}, loss {mean:.4f}, "
                f"held-out phone errors {100 * rate:.2f} %",
                flush=True,
            )
    return average


def train(
    shards: list[Path],
    out: Path,
    device: str,
    seed: int,
    *,
    seconds: float,
    frames_a_batch: int,
    held_out_rows: int,
) -> None:
    """Leaves the averaged float weights in `out`; goes on from there where it exists."""
    torch.manual_seed(seed)
    if device == "cuda":
        torch.set_float32_matmul_precision("high")
    corpus = Corpus(shards, device)
    rows = usable_rows(corpus)
    is_held_out = rows >= len(corpus) - held_out_rows
    batches = Batches(corpus, rows[~is_held_out], frames_a_batch, seed)
    print(
        f"phones: {corpus.hours:.1f} h of features, {len(rows)} utterances, {len(batches.cuts)} batches",
        flush=True,
    )
    network, resumed = Network(PHONES).to(device), out.exists()
    if resumed:
        network.load_state_dict(torch.load(out, map_location=device))
    average = fit(network, batches, rows[is_held_out], seconds=seconds, peak=1e-3 if resumed else 3e-3)
    torch.save(average.state_dict(), out)


def quantise(
    weights: Path, shards: list[Path], out: Path, device: str, *, held_out_rows: int
) -> dict[str, float]:
    """Float weights to weights with int8 ranges; phone error rates on the held-out rows."""
    corpus = Corpus(shards, device)
    rows = usable_rows(corpus)
    held_out = rows[rows >= len(corpus) - held_out_rows]
    network = Network(PHONES).to(device)
    network.load_state_dict(torch.load(weights, map_location=device))
    float_rate = error_rate(network, corpus, held_out)
    some = held_out[torch.argsort(corpus.counts[held_out])][:1024]
    int8 = quantised(network, (ctc_batch(corpus, part, train=False)[0] for part in some.split(64)))
    report = {"float": float_rate, "int8": error_rate(network, corpus, held_out, int8)}
    for penalty in (-1.0, 1.0, 2.0, 3.0):
        report[f"int8, {-penalty:+g} on the blank"] = error_rate(network, corpus, held_out, int8, penalty)
    for name, rate in report.items():
        print(f"phones: {name}: {100 * rate:.2f} % phone errors", flush=True)
    export(network, int8, out)
    return report
