"""kernels.c for torch: twice to four times as fast as its own operators on a processor with AMX."""

import ctypes
import os
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import torch

from ..scenes.phone_features import NATIVES

SOURCES = (
    Path(__file__).with_suffix(".c"),
    Path(__file__).with_name("ways.c"),
    NATIVES / "ear" / "phone_level.c",
)
INCLUDE = f"-iquote{NATIVES / 'ear'}"
FLAGS = [
    "-std=gnu11",
    "-O3",
    "-march=native",
    "-mprefer-vector-width=512",
    "-ffast-math",
    "-fno-finite-math-only",
]


@cache
def library() -> ctypes.CDLL:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kernels.so"
        compiler = os.environ.get("CC", "cc")
        # not every compiler knows every flag; what remains is only slower
        for flags in (FLAGS, ["-O3", "-ffast-math", "-fno-finite-math-only"]):
            command = [
                compiler,
                *flags,
                INCLUDE,
                "-fPIC",
                "-shared",
                *map(str, SOURCES),
                "-o",
                str(path),
                "-lm",
            ]
            if (
                subprocess.run(command, capture_output=flags is FLAGS, check=flags is not FLAGS).returncode
                == 0
            ):
                break
        return ctypes.CDLL(str(path))


def call(name: str, *arguments) -> int:
    """Tensors and arrays go as pointers to their contiguous values, None as NULL."""
    return getattr(library(), name)(*map(as_argument, arguments))


def as_argument(value):
    if isinstance(value, torch.Tensor):
        return ctypes.c_void_p(value.data_ptr())
    if isinstance(value, np.ndarray):
        return ctypes.c_void_p(value.ctypes.data)
    return None if value is None else ctypes.c_int(value)


def heard_at_level(
    bands: np.ndarray, replays: np.ndarray, starts: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """int8 bands [rows, frames, channels] as the phone model hears them, and the level after each row, in
    half decibels.

    The first `replays` frames of a row are heard at the level of the last of them. `starts`: the levels
    held before."""
    bands, replays = np.ascontiguousarray(bands), np.ascontiguousarray(replays, np.int32)
    starts = None if starts is None else np.ascontiguousarray(starts, np.float32)
    rows, frames, _ = bands.shape
    inputs, ends = np.empty_like(bands), np.empty(rows, np.float32)
    call("heard_at_level", bands, replays, starts, rows, frames, inputs, ends)
    return inputs, ends


def chosen_ways(log_chances: np.ndarray, ways: list[list[list[int]]]) -> list[int]:
    """Labels of a sentence, each word in the way that fits best: log-probabilities [steps, labels], ways of
    each word."""
    if not ways:
        return []
    flat = [way for of_word in ways for way in of_word]
    first_way = np.cumsum([0, *map(len, ways)], dtype=np.int32)
    starts = np.cumsum([0, *map(len, flat)], dtype=np.int32)
    phones = np.array([label for way in flat for label in way], np.int32)
    chosen = np.zeros(len(ways), np.int32)
    log_chances = np.ascontiguousarray(log_chances, np.float32)
    if (
        call("choose_ways", log_chances, *log_chances.shape, len(ways), first_way, starts, phones, chosen)
        != 0
    ):
        raise MemoryError("no memory for the ways of a sentence")
    return [label for of_word, place in zip(ways, chosen, strict=True) for label in of_word[place]]


class Normalised(torch.autograd.Function):
    """relu(normalised depthwise convolution): x [rows, steps, channels], weights [taps, channels];
    bfloat16."""

    @staticmethod
    def forward(context, x, weights, gain, shift, normal):
        rows, steps, channels = x.shape
        deep, out = torch.empty_like(x), torch.empty(x.shape, dtype=torch.bfloat16)
        mean, variance, inverse = torch.empty(3, channels)
        call("depthwise_forward", x, weights, deep, rows, steps, channels, len(weights))
        call("normalised_forward", deep, gain, shift, out, mean, variance, inverse, rows * steps, channels)
        remember(normal, mean, variance)
        context.save_for_backward(x, weights, gain, deep, out, mean, inverse)
        return out

    @staticmethod
    def backward(context, gradient):
        x, weights, gain, deep, out, mean, inverse = context.saved_tensors
        rows, steps, channels = x.shape
        into_deep, into_x, into_weights = torch.empty_like(x), torch.empty_like(x), torch.empty_like(weights)
        into_gain, into_shift = torch.empty(2, channels)
        gradient = gradient.contiguous()
        call(
            "normalised_back",
            *(deep, out, gradient, gain, mean, inverse),
            *(into_deep, into_gain, into_shift, rows * steps, channels),
        )
        call(
            "depthwise_back", x, weights, into_deep, into_x, into_weights, rows, steps, channels, len(weights)
        )
        return into_x, into_weights, into_gain, into_shift, None


class Joined(torch.autograd.Function):
    """relu(before, `late` steps late, + normalised y): y [rows, steps, channels] bfloat16, before float or
    None; float."""

    @staticmethod
    def forward(context, y, before, gain, shift, normal, late):
        rows, steps, channels = y.shape
        y, out = y.contiguous(), torch.empty(y.shape)
        mean, variance, inverse = torch.empty(3, channels)
        call(
            "joined_forward",
            *(y, before, gain, shift, out, mean, variance, inverse),
            *(rows, steps, channels, late),
        )
        remember(normal, mean, variance)
        context.has_before, context.late = before is not None, late
        context.save_for_backward(y, out, gain, mean, inverse)
        return out

    @staticmethod
    def backward(context, gradient):
        y, out, gain, mean, inverse = context.saved_tensors
        rows, steps, channels = y.shape
        into_y, into_before = torch.empty_like(y), torch.empty(y.shape) if context.has_before else None
        into_gain, into_shift = torch.empty(2, channels)
        call(
            "joined_back",
            *(y, out, gradient.contiguous(), gain, mean, inverse, into_y, into_before, into_gain, into_shift),
            *(rows, steps, channels, context.late),
        )
        return into_y, into_before, into_gain, into_shift, None, None


def remember(normal: torch.nn.BatchNorm1d, mean: torch.Tensor, variance: torch.Tensor) -> None:
    normal.running_mean.lerp_(mean, normal.momentum)
    normal.running_var.lerp_(variance, normal.momentum)


class Ctc(torch.autograd.Function):
    """Nats that the said labels lose, added up over the rows: logits [rows, steps, labels], the blank
    first; lengths and
    counts int32 [rows], said int32 [rows, most]. Rows whose labels do not fit into their steps lose
    nothing."""

    @staticmethod
    def forward(context, logits, lengths, said, counts):
        chances = logits.softmax(-1)
        losses, gradient = torch.empty(len(logits)), torch.empty_like(chances)
        if call("ctc", chances, lengths, said, counts, *chances.shape, said.shape[1], losses, gradient) != 0:
            raise MemoryError("no memory for the paths of CTC")
        context.save_for_backward(gradient)
        return losses.sum()

    @staticmethod
    def backward(context, scale):
        return context.saved_tensors[0] * scale, None, None, None
