"""Training of the phone model: CTC, ended by the clock, gone on with after a stop."""

import copy
import time
from collections.abc import Iterable
from pathlib import Path

import torch

from ..networks.network import Network
from ..networks.precision import reduced_precision
from ..networks.quantise import export, quantised
from ..networks.restart import restart
from ..networks.shapes import PHONES
from ..networks.training import Training
from .corpus import Corpus
from .ctc import Batches, ctc_batch, ctc_loss, error_rate, usable_rows

SAVE_EVERY_S = 120.0
WATCHED = 48  # held-out utterances of each folder, while training
NEW_SHARE = 0.4  # of a model that another one was tuned to


class HeldOut:
    """The last shard of each folder: sentences, and people of the recordings, that are never trained on."""

    def __init__(self, shards: list[Path], device: str):
        last = {shard.parent.name: shard for shard in shards}
        self.corpora = {name: Corpus([shard], device) for name, shard in last.items()}
        self.rows = {name: usable_rows(corpus) for name, corpus in self.corpora.items()}
        self.train_shards = [shard for shard in shards if shard not in last.values()] or shards

    def error_rates(self, network, quantise=None, blank_penalty: float = 0.0, limit: int = 10_000):
        return {
            name: error_rate(network, corpus, self.rows[name][:limit], quantise, blank_penalty)
            for name, corpus in self.corpora.items()
        }

    def batches(self) -> Iterable[torch.Tensor]:
        """Frames of all of them, for measuring."""
        for name, corpus in self.corpora.items():
            rows = self.rows[name]
            some = rows[torch.argsort(corpus.counts[rows])][:512]
            yield from (ctc_batch(corpus, part, train=False)[0] for part in some.split(64))


def in_words(rates: dict[str, float]) -> str:
    return ", ".join(f"{name} {100 * rate:.1f} %" for name, rate in rates.items())


def between(before: dict, after: dict, share: float) -> dict:
    """Weights a share of the way from before to after: new voices are learnt, old ones not forgotten."""
    return {
        name: torch.lerp(before[name], now, share) if now.is_floating_point() else now
        for name, now in after.items()
    }


def learn(training: Training, corpus: Corpus, rows: torch.Tensor, progress: float) -> torch.Tensor:
    frames, lengths, labels, label_counts = ctc_batch(corpus, rows, train=True)
    training.network.train()
    with reduced_precision(corpus.device):
        logits = training.network(frames)
    loss = ctc_loss(logits, lengths, labels, label_counts)
    training.step(loss, progress)
    return loss.detach()


def fit(training: Training, batches: Batches, held_out: HeldOut, seconds: float) -> None:
    """Trains until the time is up, earlier runs' time included."""
    started, report_at = time.monotonic() - training.elapsed, training.elapsed
    save_at, losses = training.elapsed + SAVE_EVERY_S, []
    for rows in batches.forever():
        training.elapsed = time.monotonic() - started
        if training.elapsed > seconds:
            break
        losses.append(learn(training, batches.corpus, rows, training.elapsed / seconds))
        if training.elapsed > report_at:
            report_at = training.elapsed + max(5.0, seconds / 12)
            mean = float(torch.stack(losses[-200:]).mean())
            rates = in_words(held_out.error_rates(training.average, limit=WATCHED))
            print(
                f"phones: {training.elapsed:.0f}/{seconds:.0f} s, step {training.steps}, loss {mean:.4f}, "
                f"held-out phone errors: {rates}",
                flush=True,
            )
        if training.elapsed > save_at:
            save_at = training.elapsed + SAVE_EVERY_S
            training.save()


def train(
    shards: list[Path],
    out: Path,
    device: str,
    seed: int,
    *,
    seconds: float,
    frames_a_batch: int,
    start: Path | None,
    peak: float,
) -> None:
    """Leaves the averaged float weights in `out`. Starts from the converted model `start` or from nothing."""
    torch.manual_seed(seed)
    if device == "cuda":
        torch.set_float32_matmul_precision("high")
    held_out = HeldOut(shards, device)
    corpus = Corpus(held_out.train_shards, device)
    rows = usable_rows(corpus)
    batches = Batches(corpus, rows, frames_a_batch, seed)
    print(
        f"phones: {corpus.hours:.1f} h of features, {len(rows)} utterances, {len(batches.cuts)} batches",
        flush=True,
    )
    network, checkpoint = Network(PHONES).to(device), out.with_suffix(".checkpoint")
    if start:
        restart(network, start, list(held_out.batches()))
    before = copy.deepcopy(network.state_dict())
    training = Training(network, checkpoint, peak)
    if checkpoint.exists():
        training.resume(device)
    fit(training, batches, held_out, seconds)
    training.save()
    after = training.average.state_dict()
    torch.save(between(before, after, NEW_SHARE) if start else after, out)


def quantise(weights: Path, shards: list[Path], out: Path, device: str) -> None:
    """Float weights to weights with int8 ranges; phone error rates on what was held out."""
    held_out = HeldOut(shards, device)
    network = Network(PHONES).to(device)
    network.load_state_dict(torch.load(weights, map_location=device))
    print(f"phones: float: {in_words(held_out.error_rates(network))}", flush=True)
    int8 = quantised(network, held_out.batches())
    for penalty in (0.0, 1.0, 2.0, 3.0):
        rates = in_words(held_out.error_rates(network, int8, penalty))
        print(f"phones: int8, {penalty:g} off the blank: {rates}", flush=True)
    export(network, int8, out)
