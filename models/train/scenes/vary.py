"""Other throats and other microphones, made of features: cheap enough for every batch anew."""

import torch
from torch.nn import functional

from ..networks.shapes import STACK
from .features import CHANNELS, INPUT_ZERO_POINT

WIDEST_HOLE = 8  # channels


def varied(frames: torch.Tensor, strength: float = 1.0) -> torch.Tensor:
    """int8 [rows, steps, 120]: channels shifted, stretched, tilted, scaled and some hidden, row by row."""
    rows, steps, _ = frames.shape
    device = frames.device
    x = (frames.float() - INPUT_ZERO_POINT).reshape(rows, steps * STACK, CHANNELS)
    shift, stretch = (
        torch.randn(rows, 1, device=device) * 0.9 * strength,
        torch.exp(torch.randn(rows, 1, device=device) * 0.02 * strength),
    )
    place = (torch.arange(CHANNELS, device=device) * stretch + shift).clamp(0, CHANNELS - 1.001)
    part = place.frac()[:, None]
    below = place.long()[:, None].expand(x.shape)
    x = x.gather(2, below) * (1 - part) + x.gather(2, below + 1) * part
    knots = torch.randn(rows, 1, 6, device=device) * 14 * strength
    tilt = functional.interpolate(knots, size=CHANNELS, mode="linear", align_corners=True)
    gain = torch.exp(torch.randn(rows, 1, 1, device=device) * 0.14 * strength)
    x = torch.where(x > 0, x * gain + tilt, x).clamp(0, 255).round()
    at = torch.arange(CHANNELS, device=device)
    for _ in range(2):
        width = torch.randint(0, WIDEST_HOLE, (rows, 1, 1), device=device)
        width = width * (torch.rand(rows, 1, 1, device=device) < 0.5)
        start = torch.randint(0, CHANNELS, (rows, 1, 1), device=device)
        x = x.masked_fill((at >= start) & (at < start + width), 0)
    return (x + INPUT_ZERO_POINT).to(torch.int8).reshape(frames.shape)
