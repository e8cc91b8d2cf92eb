"""What fits have in common: a rate that rises and falls, weights averaged on the way, a checkpoint."""

import copy
import math
from pathlib import Path

import torch
from torch import nn

LONGEST_MEMORY = 0.999  # of the averaged weights
STEEPEST = 2.0  # norm of a gradient; longer ones are cut


@torch.no_grad()
def follow(average, network, share: float) -> None:
    """Moves the average's weights a share of the way to the network's."""
    pairs = zip(average.state_dict().values(), network.state_dict().values(), strict=True)
    kept, now = zip(*[pair for pair in pairs if pair[0].is_floating_point()], strict=True)
    torch._foreach_add_(kept, torch._foreach_sub(now, kept), alpha=share)


def schedule(progress: float, peak: float) -> float:
    return peak * min(1.0, progress / 0.04) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, progress))) + 1e-6


class Training:
    """Network, its averaged twin and the optimiser, saved together."""

    def __init__(self, network: nn.Module, checkpoint: Path, peak: float):
        self.network, self.checkpoint, self.peak = network, checkpoint, peak
        self.average = copy.deepcopy(network).eval().requires_grad_(False)
        trained = [p for p in network.parameters() if p.requires_grad]
        self.optimiser = torch.optim.AdamW(trained, lr=peak, weight_decay=0.01, betas=(0.9, 0.98))
        self.elapsed, self.steps = 0.0, 0

    def save(self) -> None:
        parts = {name: getattr(self, name).state_dict() for name in ("network", "average", "optimiser")}
        partial = self.checkpoint.with_suffix(".part")
        torch.save(parts | {"elapsed": self.elapsed, "steps": self.steps}, partial)
        partial.rename(self.checkpoint)

    def resume(self, device: str) -> None:
        parts = torch.load(self.checkpoint, map_location=device)
        for name in ("network", "average", "optimiser"):
            getattr(self, name).load_state_dict(parts[name])
        self.elapsed, self.steps = parts["elapsed"], parts["steps"]

    def step(self, loss: torch.Tensor, progress: float) -> None:
        for group in self.optimiser.param_groups:
            group["lr"] = schedule(progress, self.peak)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), STEEPEST)
        self.optimiser.step()
        self.steps += 1
        follow(self.average, self.network, 1 - min(LONGEST_MEMORY, self.steps / (self.steps + 50)))
