"""What a microphone across the room makes of clean speech, and the features of that."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, fftconvolve, lfilter, resample_poly

from .features import HOP_SAMPLES, features

RATE = 16_000


@dataclass
class Surroundings:
    rooms: list[np.ndarray]
    noises: list[np.ndarray]


@dataclass
class Scene:
    samples: np.ndarray  # int16 at 16 kHz
    speech_start: int  # samples
    resampled_by: float  # seconds of clean speech become this many times as many


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


def scene(
    speech: np.ndarray, before: np.ndarray | None, around: Surroundings, rng: np.random.Generator
) -> Scene:
    """Clean 24 kHz speech in a room with noise; `before` is other speech, heard first."""
    words, ratio = at_16_khz(speech, rng)
    lead = int(rng.uniform(0.1, 2.6) * RATE)
    head = np.zeros(lead, np.float32)
    if before is not None:
        other, _ = at_16_khz(before, rng)
        head = np.concatenate(
            [np.zeros(lead // 2, np.float32), other, np.zeros(int(rng.uniform(0, 0.7) * RATE))]
        )
    dry = np.concatenate([head, words, np.zeros(int(rng.uniform(0.45, 0.9) * RATE))]).astype(np.float32)
    wet = dry
    if rng.random() < 0.8:
        wet = fftconvolve(dry, around.rooms[rng.integers(len(around.rooms))])[: len(dry)]
    snr_db = rng.uniform(1, 28) if rng.random() < 0.75 else rng.uniform(28, 65)
    level = np.sqrt(power(wet[len(head) : len(head) + len(words)]) / 10 ** (snr_db / 10))
    wet = wet + background(len(wet), around.noises, rng) * level
    return Scene(microphone(wet, rng), len(head), ratio)


def heard(
    speech: np.ndarray,
    before: np.ndarray | None,
    around: Surroundings,
    rng: np.random.Generator,
    keep_lead: float,
) -> tuple[np.ndarray, int, float]:
    """int8 features [frames, 40], the frame at which speech starts, and the resampling ratio.

    The front end has usually settled before the speech; in a `keep_lead` share of cases nothing is cut
    off, so that its start is learnt too.
    """
    made = scene(speech, before, around, rng)
    frames = features(made.samples)
    start = made.speech_start // HOP_SAMPLES
    cut = 0 if rng.random() < keep_lead else max(0, start - int(rng.integers(3, 45)))
    return frames[cut:], start - cut, made.resampled_by
