"""What a microphone across the room makes of clean speech, and the features of that."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, lfilter, resample_poly

RATE = 16_000


@dataclass
class Surroundings:
    rooms: list[np.ndarray]
    noises: list[np.ndarray]


def at_16_khz(samples: np.ndarray, rng: np.random.Generator | None) -> tuple[np.ndarray, float]:
    """24 kHz to 16 kHz; with `rng` played up to 14 % faster or slower: other throats of the same voice."""
    down = 36 if rng is None else int(rng.integers(31, 42))
    return resample_poly(samples.astype(np.float32) / 32768, 24, down), 36 / down


def power(samples: np.ndarray) -> float:
    """Mean square of the loud half, so that pauses do not count."""
    blocks = np.square(samples[: len(samples) // 320 * 320]).reshape(-1, 320).mean(1)
    return float(np.sort(blocks)[len(blocks) // 2 :].mean()) + 1e-10 if len(blocks) else 1e-10


def background(count: int, noises: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Unit-power noise: one kind, or two at once."""
    out = np.zeros(count, np.float32)
    for _ in range(int(rng.choice([1, 2], p=[0.65, 0.35]))):
        noise = noises[rng.integers(len(noises))]
        start = int(rng.integers(len(noise)))
        repeats = np.resize(np.roll(noise, -start), count)
        out += repeats * rng.uniform(0.3, 1)
    return out / (np.sqrt(np.mean(np.square(out))) + 1e-9)


def microphone(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Tilt, band limits, level, clipping and 16-bit rounding."""
    if rng.random() < 0.5:
        samples = lfilter([1, -rng.uniform(-0.5, 0.6)], [1], samples)
    if rng.random() < 0.35:
        samples = lfilter(*butter(1, rng.uniform(60, 350) / 8000, "high"), samples)
    if rng.random() < 0.3:
        samples = lfilter(*butter(2, rng.uniform(2800, 7600) / 8000), samples)
    peak = np.abs(samples).max() + 1e-9
    gain = 10 ** (rng.uniform(-36, -1) / 20) / peak
    if rng.random() < 0.06:
        gain = rng.uniform(1.2, 5) / peak
    return np.clip(np.round(samples * gain * 32767), -32768, 32767).astype(np.int16)
