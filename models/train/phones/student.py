"""The phone network as it is taught on a processor: the same weights as networks.Network, by way of
kernels.py."""

import torch
from torch import nn
from torch.nn import functional

from ..networks.network import Network
from .kernels import Joined, Normalised

HALFWAY = 0.5  # the block, as a share of all, after which the phones are asked for as well


class Student(nn.Module):
    """A network, and what only teaching needs: phones half-way, and the teacher's view of each step."""

    def __init__(self, network: Network, teacher_size: int):
        super().__init__()
        self.network = network
        channels, outputs = network.shape.channels, network.shape.outputs
        self.halfway = nn.Linear(channels, outputs)
        self.teachers = nn.Linear(channels, teacher_size)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Features as real numbers [rows, steps, STACK * CHANNELS] to logits, logits half-way and the
        teacher's view."""
        net, middle = self.network, int(HALFWAY * len(self.network.depth)) - 1
        x = Joined.apply(
            product(stacked(x, net.stem.kernel), flat(net.stem.weight)), None, *normal(net.stem), 0
        )
        for index, (depth, point) in enumerate(zip(net.depth, net.point, strict=True)):
            deep = Normalised.apply(x, depth.weight[:, 0].t().contiguous(), *normal(depth))
            pointed = deep @ point.weight[:, :, 0].t().bfloat16()
            x = Joined.apply(pointed, x, *normal(point), net.shape.delays[index])
            if index == middle:
                half = product(x, self.halfway.weight.t()).float() + self.halfway.bias
        logits = product(x, net.head.weight[:, :, 0].t()).float() + net.head.bias
        return logits, half, product(x, self.teachers.weight.t()).float() + self.teachers.bias


def product(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    return x.bfloat16() @ weight.bfloat16()


def normal(convolution) -> tuple:
    return convolution.normal.weight, convolution.normal.bias, convolution.normal


def stacked(x: torch.Tensor, steps: int) -> torch.Tensor:
    """Each step after those before it, the newest last: [rows, steps, size] to size * steps."""
    late = [functional.pad(x, (0, 0, k, 0))[:, : x.shape[1]] for k in range(steps - 1, -1, -1)]
    return torch.cat(late, -1)


def flat(weight: torch.Tensor) -> torch.Tensor:
    """[outputs, inputs, taps] to [taps * inputs, outputs]."""
    return weight.permute(2, 1, 0).reshape(-1, weight.shape[0])
