"""Sound to the phone model's plain input, bit for bit as firmware/natives make it.

Three steps, so that sounds can be mixed as powers before the level is taken:
`powers` of a recording, `bands` in half decibels, `inputs` at the level that is held."""

import ctypes
import os
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
NATIVES = ROOT / "firmware" / "natives"
SOURCES = (*sorted((NATIVES / "features").glob("*.c")), Path(__file__).with_suffix(".c"))
SAMPLE_RATE, WINDOW_SAMPLES, HOP_SAMPLES, CHANNELS = 16_000, 480, 160, 40

INPUT_SCALE = np.float32(1 / 32)
INPUT_ZERO_POINT = -128
SILENCE = -128  # the least band, and the least input

LOG_ONE = 1 << 16
LOG_SEGMENTS = 128
STEPS_FOR_2 = 394566  # 20 times the decimal logarithm of 2, in 1/65536
OF_POWER_1 = -146

LEVEL_ONE = CHANNELS << 16  # of a half decibel
MARGIN, LEAST, LOWEST = 20 * LEVEL_ONE, -64 * LEVEL_ONE, -128 * LEVEL_ONE
RISE_BITS, FALL_BITS = 3, 9

BENDS = np.rint(
    (np.log2(1 + np.arange(LOG_SEGMENTS + 1) / LOG_SEGMENTS) * LOG_SEGMENTS - np.arange(LOG_SEGMENTS + 1))
    * (LOG_ONE // LOG_SEGMENTS)
).astype(np.int64)


@cache
def library() -> ctypes.CDLL:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phone_features.so"
        command = [os.environ.get("CC", "cc"), "-std=c99", "-O3", "-fPIC", "-shared", *map(str, SOURCES)]
        subprocess.run([*command, "-o", str(path)], check=True)
        loaded = ctypes.CDLL(str(path))  # stays loaded when the file goes
    loaded.phone_features_powers.restype = ctypes.c_size_t
    return loaded


def powers(samples: np.ndarray) -> np.ndarray:
    """16-bit samples at 16 kHz to the power in each channel, float32 [frames, CHANNELS]; above 0."""
    samples = np.ascontiguousarray(samples, np.int16)
    result = np.empty((max(0, (len(samples) - WINDOW_SAMPLES) // HOP_SAMPLES + 1), CHANNELS), np.float32)
    pointer = ctypes.c_void_p
    library().phone_features_powers(
        samples.ctypes.data_as(pointer), ctypes.c_size_t(len(samples)), result.ctypes.data_as(pointer)
    )
    return result


def bands(power: np.ndarray) -> np.ndarray:
    """Powers of any shape, above 0, to int8 half decibels: 9 dB is -128, 136.5 dB 127."""
    mantissa, exponent = np.frexp(power)
    part = ((mantissa * 2 - 1) * LOG_ONE).astype(np.int64)
    segment, within = part // (LOG_ONE // LOG_SEGMENTS), part % (LOG_ONE // LOG_SEGMENTS)
    bend = BENDS[segment] + ((BENDS[segment + 1] - BENDS[segment]) * within // (LOG_ONE // LOG_SEGMENTS))
    log2 = (exponent.astype(np.int64) - 1) * LOG_ONE + part + bend
    steps = ((log2 * STEPS_FOR_2 + (1 << 31)) >> 32) + OF_POWER_1
    return np.clip(steps, SILENCE, 127).astype(np.int8)


def levels(bands: np.ndarray, replayed: int = 0) -> np.ndarray:
    """The level held at each frame, int16 [..., frames], after a fresh start; of bands [..., frames, 40].
    So many of the first frames are heard late, as the speaker hears its past: at the level of their last."""
    heard = bands.sum(axis=-1, dtype=np.int64) << 16
    result = np.empty(heard.shape, np.int16)
    held = heard[..., 0] + MARGIN if heard.shape[-1] else None
    for frame in range(heard.shape[-1]):
        now = heard[..., frame]
        rise = np.maximum(now - held, 0) >> RISE_BITS
        fall = np.maximum(held - now - MARGIN, 0) >> FALL_BITS
        held = np.maximum(held + rise - fall, LEAST)
        result[..., frame] = (held - LOWEST + LEVEL_ONE // 2) // LEVEL_ONE - 128
    if replayed:
        result[..., :replayed] = result[..., replayed - 1, None]
    return result


def inputs(bands: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """What the phone model hears of the bands at these levels, int8: half decibels above the level."""
    return np.clip(bands.astype(np.int16) - levels[..., None], SILENCE, 127).astype(np.int8)


def features(samples: np.ndarray) -> np.ndarray:
    """16-bit samples at 16 kHz to int8 [frames, CHANNELS], heard live from a fresh start."""
    heard = bands(powers(samples))
    return inputs(heard, levels(heard))
