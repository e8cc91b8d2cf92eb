"""The one network shape of all Earshot models: a stem over stacked frames, then residual depthwise blocks.

Everything is causal, so that streaming equals offline. Where a block looks ahead by one step, its output is
simply one step late: the residual path is delayed to match.
"""

from functools import lru_cache

import torch
from torch import nn
from torch.nn import functional

from ..scenes.features import CHANNELS, INPUT_ZERO_POINT
from .shapes import STACK, Shape


def late(x: torch.Tensor, steps: int) -> torch.Tensor:
    return functional.pad(x, (steps, 0))[..., : x.shape[-1]] if steps else x


def shifted_products(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    kernel = weight.shape[-1]
    padded = functional.pad(x, (kernel - 1, 0))
    out = padded[..., : x.shape[-1]] * weight[:, :, 0]
    for tap in range(1, kernel):
        out = out + padded[..., tap : tap + x.shape[-1]] * weight[:, :, tap]
    return out


@lru_cache(maxsize=1)
def compiled_products():
    return torch.compile(shifted_products, dynamic=True)


def depthwise(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Causal depthwise convolution; on a GPU as compiled shifted products, which are far faster there."""
    if x.is_cuda:
        return compiled_products()(x, weight)
    return functional.conv1d(functional.pad(x, (weight.shape[-1] - 1, 0)), weight, groups=weight.shape[0])


class Convolution(nn.Module):
    """Causal convolution with batch normalisation, which `fold` later turns into weight and bias."""

    def __init__(self, inputs: int, outputs: int, kernel: int, is_depthwise: bool = False):
        super().__init__()
        self.kernel, self.is_depthwise = kernel, is_depthwise
        fan_in = kernel if is_depthwise else inputs * kernel
        shape = (outputs, 1 if is_depthwise else inputs, kernel)
        self.weight = nn.Parameter(torch.randn(shape) * (2 / fan_in) ** 0.5)
        self.bias = nn.Parameter(torch.zeros(outputs), requires_grad=False)
        self.normal: nn.BatchNorm1d | None = nn.BatchNorm1d(outputs)

    def forward(self, x: torch.Tensor, weight: torch.Tensor | None = None) -> torch.Tensor:
        weight = self.weight if weight is None else weight
        if self.is_depthwise:
            y = depthwise(x, weight.to(x.dtype))
        elif self.kernel == 1:
            y = weight[:, :, 0] @ x
        else:
            y = functional.conv1d(functional.pad(x, (self.kernel - 1, 0)), weight)
        return self.normal(y) if self.normal is not None else y + self.bias[:, None].to(y.dtype)

    @torch.no_grad()
    def fold(self) -> None:
        if self.normal is None:
            return
        gain = self.normal.weight / torch.sqrt(self.normal.running_var + self.normal.eps)
        self.weight.mul_(gain[:, None, None])
        self.bias.copy_(self.normal.bias - self.normal.running_mean * gain)
        self.bias.requires_grad = True
        self.normal = None


class Network(nn.Module):
    """int8 frames [batch, steps, 120] to logits [batch, steps, outputs]."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.stem = Convolution(STACK * CHANNELS, shape.channels, shape.stem_steps)
        self.depth = nn.ModuleList(
            Convolution(shape.channels, shape.channels, k, True) for k in shape.kernels
        )
        self.point = nn.ModuleList(Convolution(shape.channels, shape.channels, 1) for _ in shape.kernels)
        self.head = Convolution(shape.channels, shape.outputs, 1)
        self.head.fold()
        for point in self.point:  # blocks start as almost the identity
            nn.init.constant_(point.normal.weight, 0.2)

    def forward(self, frames: torch.Tensor, quantise=None) -> torch.Tensor:
        """`quantise(name, tensor)` and `quantise.weight(tensor)` mimic int8 where given."""
        see = quantise or (lambda name, x: x)
        weight = quantise.weight if quantise else (lambda w: None)
        x = (frames.float() - INPUT_ZERO_POINT).transpose(1, 2) * self.shape.input_scale
        x = see("stem", torch.relu(self.stem(x, weight(self.stem.weight))))
        for index, (depth, point) in enumerate(zip(self.depth, self.point, strict=True)):
            y = see(f"depth{index}", torch.relu(depth(x, weight(depth.weight))))
            y = see(f"point{index}", point(y, weight(point.weight)))
            x = see(f"block{index}", torch.relu(late(x, self.shape.delays[index]) + y))
        return see("head", self.head(x, weight(self.head.weight))).transpose(1, 2)

    def fold(self) -> None:
        for module in self.modules():
            if isinstance(module, Convolution):
                module.fold()
