"""int8 after training: ranges measured on the float network, and the rounding that conversion brings."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch

from .network import Network

UNSIGNED = ("stem", "depth", "block")  # after a rectifier: all 256 steps lie above zero


class Measure:
    """Passes tensors through and remembers the mean over batches of their extremes."""

    def __init__(self):
        self.seen: dict[str, list[tuple[float, float]]] = {}

    def __call__(self, name: str, x: torch.Tensor) -> torch.Tensor:
        self.seen.setdefault(name, []).append((float(x.min()), float(x.max())))
        return x

    @staticmethod
    def weight(w: torch.Tensor) -> torch.Tensor:
        return w

    def ranges(self) -> dict[str, tuple[float, int]]:
        """(scale, zero point) by tensor name."""
        ranges = {}
        for name, extremes in self.seen.items():
            low = 0.0 if name.startswith(UNSIGNED) else min(0.0, sum(e[0] for e in extremes) / len(extremes))
            high = sum(e[1] for e in extremes) / len(extremes)
            scale = max((high - low) / 255, 1e-6)
            ranges[name] = (scale, max(-128, min(127, round(-128 - low / scale))))
        return ranges


class Int8:
    """Rounds every activation to its int8 grid, every weight to its channel's."""

    def __init__(self, ranges: dict[str, tuple[float, int]]):
        self.ranges = ranges

    def __call__(self, name: str, x: torch.Tensor) -> torch.Tensor:
        scale, zero_point = self.ranges[name]
        return (torch.round(x / scale).clamp(-128 - zero_point, 127 - zero_point)) * scale

    @staticmethod
    def weight(w: torch.Tensor) -> torch.Tensor:
        """Symmetric, one scale a channel of the output."""
        scale = w.abs().amax(dim=(1, 2), keepdim=True).clamp(min=1e-8) / 127
        return torch.round(w / scale) * scale


@torch.no_grad()
def quantised(network: Network, batches: Iterable[torch.Tensor]) -> Int8:
    """Folds the network in place and measures its ranges on batches of frames."""
    network.eval().fold()
    measure = Measure()
    for frames in batches:
        network(frames, measure)
    return Int8(measure.ranges())


def export(network: Network, int8: Int8, out: Path) -> None:
    """What `convert` reads: folded float weights and the ranges."""
    arrays = {name: value.cpu().numpy() for name, value in network.state_dict().items()}
    ranges = {f"range.{name}": np.array(value, np.float64) for name, value in int8.ranges.items()}
    np.savez(out, **arrays, **ranges)
