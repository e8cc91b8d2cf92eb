"""Training of a wake model: one probability a step, high for a quarter of a second after the word."""

import copy
import time
from pathlib import Path

import torch
from torch.nn import functional

from .corpus import Corpus
from .fit_phones import follow, schedule
from .networks import Network
from .quantise import export, quantised
from .shapes import STACK, WAKE
from .vary import varied

STEPS = 80  # 2.4 s in every training example
HIGH = (1, 9)  # steps after the word's end that shall be high
UNSURE = (-5, 18)  # steps around it that may be anything
SEARCHED = 40_000  # recordings looked through for mistakes at a time
WINDOW = 5  # steps that the spotter averages


class Examples:
    """Positives, near misses and other speech, a third each; misses that scored high come back more often."""

    def __init__(self, positives: Corpus, near: Corpus, other: Corpus, batch: int):
        self.positives, self.near, self.other, self.third = positives, near, other, batch // 3
        self.device = positives.device
        self.mined: list[tuple[Corpus, torch.Tensor, torch.Tensor]] = []

    def batch(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Frames, targets and weights [rows, steps]."""
        frames, targets, weights = zip(self.positive(), *self.negatives(), strict=True)
        return varied(torch.cat(frames)), torch.cat(targets), torch.cat(weights)

    def positive(self):
        corpus = self.positives
        rows = torch.randint(0, len(corpus), (self.third,), device=self.device)
        end = corpus.word_ends[rows]
        place = torch.randint(30, STEPS - HIGH[1], (self.third,), device=self.device)
        first = end - place * STACK + torch.randint(0, STACK, (self.third,), device=self.device)
        first = torch.where(torch.rand(self.third, device=self.device) < 0.3, first.clamp(min=0), first)
        at = torch.arange(STEPS, device=self.device)[None, :] - ((end - first) // STACK)[:, None]
        high = ((at >= HIGH[0]) & (at < HIGH[1])).float()
        unsure = (at >= UNSURE[0]) & (at < UNSURE[1]) & (high == 0)
        return corpus.window(rows, first, STEPS), high, torch.where(unsure, 0.0, 1.0 + 2.0 * high)

    def negatives(self):
        halves = (
            [(self.near, self.third), (self.other, self.third * 2)]
            if not self.mined
            else [(self.near, self.third), (self.other, self.third)]
        )
        for corpus, count in halves:
            rows = torch.randint(0, len(corpus), (count,), device=self.device)
            spare = (corpus.counts[rows] - STEPS * STACK).clamp(min=1)
            yield self.negative(corpus, rows, (torch.rand(count, device=self.device) * spare).long())
        for corpus, rows, firsts in self.mined:
            if len(rows):
                pick = torch.randint(0, len(rows), (self.third // len(self.mined),), device=self.device)
                jitter = torch.randint(-20, 20, (len(pick),), device=self.device)
                yield self.negative(corpus, rows[pick], firsts[pick] + jitter)

    def negative(self, corpus, rows, first):
        zeros = torch.zeros(len(rows), STEPS, device=self.device)
        return corpus.window(rows, first, STEPS), zeros, zeros + 1

    @torch.no_grad()
    def mine(self, network, keep: int) -> str:
        """Finds the windows of all negatives that score highest."""
        before = self.mined or [(self.near, None, None), (self.other, None, None)]
        self.mined, notes = [], []
        for corpus, known, _ in before:
            sample = torch.randperm(len(corpus), device=self.device)[:SEARCHED]
            sample = sample if known is None else torch.unique(torch.cat([sample, known]))
            sample = sample[torch.argsort(corpus.counts[sample])]  # like lengths together: little padding
            rows, scores, places = [], [], []
            for row in sample.split(256):
                steps = min(-(-int(corpus.counts[row].max()) // STACK), 500)
                chance = torch.sigmoid(
                    network(corpus.window(row, torch.zeros_like(row), steps)).float()[..., 0]
                )
                score, place = windowed(chance).max(1)
                rows.append(row), scores.append(score), places.append(place)
            rows, scores, places = torch.cat(rows), torch.cat(scores), torch.cat(places)
            worst = torch.argsort(scores, descending=True)[: min(keep, max(200, len(scores) // 8))]
            self.mined.append((corpus, rows[worst], places[worst] * STACK - STEPS * STACK * 3 // 4))
            notes.append(f"{int((scores > 0.5).sum())} of {len(rows)}")
        return " and ".join(notes)


def windowed(chance: torch.Tensor) -> torch.Tensor:
    """Mean over the spotter's window, [rows, steps]."""
    return functional.avg_pool1d(functional.pad(chance[:, None], (WINDOW - 1, 0)), WINDOW, 1)[:, 0]


def loss_of(logits: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Cross-entropy that dwells on what is still wrong."""
    each = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    wrong = torch.sigmoid(logits) * (1 - targets) + (1 - torch.sigmoid(logits)) * targets
    focused = each * weights * (0.05 + wrong.detach())
    return focused.sum() / targets.sum().clamp(min=1)


@torch.no_grad()
def rates(network, positives: Corpus, negatives: Corpus, quantise=None) -> list[tuple[float, float, float]]:
    """(cutoff, share missed, false wakes an hour) on whole recordings."""
    found = []
    for corpus in (positives, negatives):
        best = []
        for start in range(0, len(corpus), 1024):
            rows = torch.arange(start, min(start + 1024, len(corpus)), device=corpus.device)
            steps = min(-(-int(corpus.counts[rows].max()) // STACK), 500)
            frames = corpus.window(rows, torch.zeros_like(rows), steps)
            best.append(windowed(torch.sigmoid(network(frames, quantise).float()[..., 0])).max(1).values)
        found.append(torch.cat(best))
    return [
        (
            cutoff,
            float((found[0] < cutoff).float().mean()),
            float((found[1] >= cutoff).sum()) / negatives.hours,
        )
        for cutoff in (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.99)
    ]


def fit(network, examples: Examples, *, seconds, peak, minings=6):
    average = copy.deepcopy(network).eval().requires_grad_(False)
    network.train()
    optimiser = torch.optim.AdamW(
        [p for p in network.parameters() if p.requires_grad], lr=peak, weight_decay=0.01
    )
    started, step, mined, losses = time.monotonic(), 0, 0, []
    while (elapsed := time.monotonic() - started) < seconds:
        if elapsed / seconds > (mined + 1) / (minings + 1):
            mined += 1
            note = examples.mine(average, 4000)
            print(
                f"wake: {elapsed:.0f}/{seconds:.0f} s, step {step}, loss "
                f"{float(torch.stack(losses[-200:]).mean()):.4f}, high among negatives: {note}",
                flush=True,
            )
        for group in optimiser.param_groups:
            group["lr"] = schedule(elapsed / seconds, peak)
        frames, targets, weights = examples.batch()
        logits = network(frames)[..., 0]
        loss = loss_of(logits.float(), targets, weights)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        step += 1
        follow(average, network, 1 - min(0.999, step / (step + 50)))
        losses.append(loss.detach())
    return average


def corpora(
    data: dict[str, list[list[Path]]], word: list[int], device: str, held_out: bool
) -> dict[str, Corpus]:
    """`data`: feature shards by kind and folder. Each folder's last shard is held out.

    Negatives that have the word's phones in them are left out.
    """
    sets = {}
    for name, folders in data.items():
        chosen = [
            shard for shards in folders for shard in (shards[-1:] if held_out else shards[:-1] or shards)
        ]
        sets[name] = Corpus(chosen, device)
    for name in ("near", "other"):
        sets[name].without(word)
    return sets


def train(
    data: dict[str, list[list[Path]]],
    word: list[int],
    out: Path,
    device: str,
    seed: int,
    *,
    seconds: float,
    batch: int,
) -> None:
    """`data` as in corpora. `word`: the wake word's phones."""
    torch.manual_seed(seed)
    sets = corpora(data, word, device, held_out=False)
    print("wake: " + ", ".join(f"{name} {s.hours:.1f} h in {len(s)}" for name, s in sets.items()), flush=True)
    examples = Examples(sets["positives"], sets["near"], sets["other"], batch)
    network = Network(WAKE).to(device)
    if out.exists():
        network.load_state_dict(torch.load(out, map_location=device))
    average = fit(network, examples, seconds=seconds, peak=1.5e-3 if out.exists() else 4e-3)
    torch.save(average.state_dict(), out)


def quantise(
    weights: Path,
    data: dict[str, list[list[Path]]],
    word: list[int],
    out: Path,
    device: str,
    seed: int,
    *,
    batch: int,
) -> None:
    """Float weights to weights with int8 ranges; misses and false wakes on the held-out shards."""
    torch.manual_seed(seed)
    sets = corpora(data, word, device, held_out=True)
    network = Network(WAKE).to(device)
    network.load_state_dict(torch.load(weights, map_location=device))
    network.eval()
    table = [(name, "float", rates(network, sets["positives"], sets[name])) for name in ("near", "other")]
    examples = Examples(sets["positives"], sets["near"], sets["other"], batch)
    int8 = quantised(network, (examples.batch()[0] for _ in range(20)))
    table += [
        (name, "int8", rates(network, sets["positives"], sets[name], int8)) for name in ("near", "other")
    ]
    for name, kind, found in table:
        for cutoff, missed, false in found:
            print(
                f"wake {kind}: cutoff {cutoff}: {100 * missed:.2f} % missed, {false:.1f} an hour of {name}",
                flush=True,
            )
    export(network, int8, out)
