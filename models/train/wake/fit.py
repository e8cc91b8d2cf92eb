"""Training of a wake model: one probability a step, high for a quarter of a second after the word."""

import copy
import time
from contextlib import nullcontext
from pathlib import Path

import torch
from torch.nn import functional

from ..networks.network import Network
from ..networks.precision import reduced_precision
from ..networks.training import follow, schedule
from ..scenes.vary import varied
from .corpus import QUIET_STEPS, STEPS, Positives, Stretches

HIGH = (1, 9)  # steps after the word's end that shall be high
UNSURE = (-5, 18)  # steps around it that may be anything
HUSHED, QUIET = 0.3, 70  # share of examples cut below a level, and the highest such level (of 255)
WINDOW = 5  # steps that the spotter averages, as a start
PEAK_STEPS = 33  # one mistake a second at most is kept
KEPT = 12_000  # mistakes
MIXTURE = {"positives": 0.3, "near": 0.13, "other": 0.2, "music": 0.07, "mined": 0.3}


class Examples:
    """The word, near misses, other speech, music, and whatever of these was taken for the word so far."""

    def __init__(self, positives: Positives, stretches: dict[str, Stretches], batch: int):
        self.positives, self.stretches = positives, stretches
        self.counts = {kind: round(batch * share) for kind, share in MIXTURE.items()}
        self.mined: dict[str, tuple[torch.Tensor, torch.Tensor, torch.Tensor]] = {}

    def batch(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Frames, targets and weights [rows, steps]."""
        frames, targets, weights = zip(self.positive(), *self.negatives(), strict=True)
        return hushed(varied(torch.cat(frames))), torch.cat(targets), torch.cat(weights)

    def positive(self):
        frames, ends = self.positives.draw(self.counts["positives"])
        at = torch.arange(STEPS)[None, :] - ends[:, None]
        high = ((at >= HIGH[0]) & (at < HIGH[1])).float()
        unsure = (at >= UNSURE[0]) & (at < UNSURE[1]) & (high == 0)
        return frames, high, torch.where(unsure, 0.0, 1.0 + 2.0 * high)

    def negatives(self):
        shares = dict(self.counts)
        if not self.mined:
            shares["other"] += shares["mined"]
        for kind, stretches in self.stretches.items():
            yield self.negative(*stretches.draw(shares[kind]))
        total = sum(float(scores.sum()) for _, _, scores in self.mined.values())
        for kind, (rows, peaks, scores) in self.mined.items():
            count = round(shares["mined"] * float(scores.sum()) / total)
            if count:
                pick = torch.multinomial(scores, count, replacement=True)
                first = peaks[pick] - torch.randint(STEPS - 30, STEPS - 5, (count,))
                yield self.negative(*self.stretches[kind].windows(rows[pick], first))

    def negative(self, frames, weights):
        return frames, torch.zeros_like(weights), weights

    @torch.no_grad()
    def mine(self, network) -> str:
        """Finds the places in all stretches that score highest."""
        notes = []
        for kind, stretches in self.stretches.items():
            rows, places, scores = peaks_in(network, stretches)
            keep = torch.argsort(scores, descending=True)[:KEPT]
            self.mined[kind] = (rows[keep], places[keep], scores[keep] + 0.02)
            notes.append(f"{kind} {int((scores > 0.5).sum()) / stretches.hours:.1f}")
        return ", ".join(notes)


def hushed(frames: torch.Tensor) -> torch.Tensor:
    """Some rows as from recorders that leave nothing of what is quiet."""
    cuts = torch.randint(-128, QUIET - 128, (len(frames), 1, 1))
    cuts = torch.where(torch.rand(len(frames), 1, 1) < HUSHED, cuts, -128)
    return frames.masked_fill(frames < cuts, -128)


@torch.no_grad()
def chances(network, steps: torch.Tensor, quantise=None) -> torch.Tensor:
    """Of int8 steps [rows, steps, 120]: the chance at each."""
    with reduced_precision("cpu") if quantise is None else nullcontext():
        logits = [network(part, quantise)[..., 0].float() for part in steps.split(32)]
    return torch.sigmoid(torch.cat(logits))


def windowed(chance: torch.Tensor, window: int = WINDOW) -> torch.Tensor:
    """Mean over the spotter's window, [rows, steps]."""
    return functional.avg_pool1d(functional.pad(chance[:, None], (window - 1, 0)), window, 1)[:, 0]


def peaks_in(network, stretches: Stretches, quantise=None, window: int = WINDOW):
    """Rows, steps and scores of the highest place in every second and more."""
    found = []
    for start in range(0, len(stretches), 256):
        score = windowed(chances(network, stretches.steps[start : start + 256], quantise), window)
        score = score.masked_fill(stretches.is_word[start : start + 256], 0)
        score[:, :QUIET_STEPS] = 0
        highest = functional.max_pool1d(score[:, None], PEAK_STEPS, 1, PEAK_STEPS // 2)[:, 0]
        rows, places = torch.nonzero((score == highest) & (score > 0.01), as_tuple=True)
        found.append((rows + start, places, score[rows, places]))
    return [torch.cat(part) for part in zip(*found, strict=True)]


def loss_of(logits: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Cross-entropy that dwells on what is still wrong."""
    each = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    wrong = torch.sigmoid(logits) * (1 - targets) + (1 - torch.sigmoid(logits)) * targets
    focused = each * weights * (0.05 + wrong.detach())
    return focused.sum() / targets.sum().clamp(min=1)


def fit(
    network: Network,
    examples: Examples,
    checkpoint: Path,
    *,
    batches: int,
    peak: float,
    minings: int,
    note=print,
) -> Network:
    """Weights averaged on the way. The same seed and data give the same weights on the same machine, whether
    or not the run was stopped: every mining leaves all that there is in `checkpoint`."""
    average = copy.deepcopy(network).eval().requires_grad_(False)
    optimiser = torch.optim.AdamW(
        [p for p in network.parameters() if p.requires_grad], lr=peak, weight_decay=0.01
    )
    network.train()
    parts, step = {"network": network, "average": average, "optimiser": optimiser}, 0
    if checkpoint.exists():
        step = resume(torch.load(checkpoint), parts, examples)
    started, first, losses = time.monotonic(), step, []
    while step < batches:
        step += 1
        for group in optimiser.param_groups:
            group["lr"] = schedule(step / batches, peak)
        losses.append(learn(network, optimiser, *examples.batch()))
        follow(average, network, 1 - min(0.999, step / (step + 50)))
        if step % (batches // (minings + 1)) == 0 and step < batches:
            high = examples.mine(average)
            mean = float(torch.stack(losses[-200:]).mean())
            left = (time.monotonic() - started) / (step - first) * (batches - step) / 60
            note(f"batch {step} of {batches}, {left:.0f} min left, loss {mean:.4f}, high an hour: {high}")
            save(checkpoint, parts, examples, step)
    return average


def learn(network, optimiser, frames, targets, weights) -> torch.Tensor:
    with reduced_precision("cpu"):
        logits = network(frames)[..., 0]
    loss = loss_of(logits.float(), targets, weights)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
    optimiser.step()
    return loss.detach()


def save(checkpoint: Path, parts: dict, examples: Examples, step: int) -> None:
    states = {name: part.state_dict() for name, part in parts.items()}
    partial = checkpoint.with_suffix(".part")
    torch.save({**states, "mined": examples.mined, "step": step, "random": torch.get_rng_state()}, partial)
    partial.rename(checkpoint)


def resume(saved: dict, parts: dict, examples: Examples) -> int:
    for name, part in parts.items():
        part.load_state_dict(saved[name])
    examples.mined = saved["mined"]
    torch.set_rng_state(saved["random"])
    return saved["step"]
