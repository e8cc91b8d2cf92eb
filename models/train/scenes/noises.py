"""Backgrounds: colours, hum, babble, clatter, water and tunes from nothing; recorded things and music."""

from pathlib import Path

import numpy as np
from scipy.signal import fftconvolve, lfilter

RATE = 16_000


def coloured(seconds: float, slope: float, rng: np.random.Generator) -> np.ndarray:
    """Noise whose power falls with frequency to the power of `slope` (0 white, 1 pink, 2 brown)."""
    count = int(seconds * RATE)
    spectrum = np.fft.rfft(rng.standard_normal(count))
    frequency = np.maximum(np.fft.rfftfreq(count, 1 / RATE), 20)
    return np.fft.irfft(spectrum * frequency ** (-slope / 2), count)


def slowly(count: int, rng: np.random.Generator, per_second: float, depth_db: float) -> np.ndarray:
    """A gain that wanders."""
    points = rng.uniform(-depth_db, depth_db, max(2, int(count / RATE * per_second) + 2))
    return 10 ** (np.interp(np.linspace(0, len(points) - 1, count), np.arange(len(points)), points) / 20)


def hum(seconds: float, rng: np.random.Generator) -> np.ndarray:
    time = np.arange(int(seconds * RATE)) / RATE
    base = rng.choice([50, 60, 100, 120, rng.uniform(30, 400)])
    partials = range(1, int(rng.integers(4, 30)))
    tones = sum(
        np.sin(2 * np.pi * base * k * time + rng.uniform(0, 6)) * rng.uniform(0, 1) / k for k in partials
    )
    return tones + coloured(seconds, rng.uniform(0, 2), rng) * rng.uniform(0.05, 0.6) * 0.02


def clatter(seconds: float, rng: np.random.Generator) -> np.ndarray:
    """Dishes, keys, knocks: short bursts that ring at a few frequencies."""
    out = np.zeros(int(seconds * RATE))
    position = 0
    while position < len(out):
        length = int(rng.uniform(0.02, 0.5) * RATE)
        time = np.arange(length) / RATE
        decay = rng.uniform(8, 120)
        ring = sum(
            np.sin(2 * np.pi * rng.uniform(300, 7000) * time + rng.uniform(0, 6)) * rng.uniform(0, 1)
            for _ in range(int(rng.integers(1, 7)))
        )
        burst = (ring + rng.standard_normal(length) * rng.uniform(0, 2)) * np.exp(-decay * time)
        end = min(len(out), position + length)
        out[position:end] += burst[: end - position] * 10 ** rng.uniform(-1.2, 0.3)
        position += int(rng.exponential(rng.choice([0.08, 0.3, 0.8])) * RATE) + 1
    return out


def water(seconds: float, rng: np.random.Generator) -> np.ndarray:
    """A tap, a kettle, a fan: band-passed noise with an unsteady level."""
    noise = coloured(seconds, rng.uniform(-0.5, 1.2), rng)
    pole = rng.uniform(0.3, 0.95)
    noise = lfilter([1, -rng.uniform(0, 0.9)], [1, -2 * pole * np.cos(rng.uniform(0.2, 2.6)), pole**2], noise)
    return noise * slowly(len(noise), rng, rng.choice([0.5, 3, 12]), rng.uniform(1, 6))


def tune(seconds: float, rng: np.random.Generator) -> np.ndarray:
    out = np.zeros(int(seconds * RATE))
    beat, position = rng.uniform(0.12, 0.6), 0.0
    harmonics, root = int(rng.integers(2, 12)), rng.uniform(80, 260)
    while position < seconds:
        length = int(min(rng.uniform(0.5, 3) * beat, seconds - position) * RATE)
        time = np.arange(length) / RATE
        for step in rng.choice([0, 2, 4, 5, 7, 9, 11, 12, 16, 19], int(rng.integers(1, 4))):
            tone = root * 2 ** (step / 12)
            note = sum(
                np.sin(2 * np.pi * tone * k * time) / k**1.3 for k in range(1, harmonics) if tone * k < 7800
            )
            start = int(position * RATE)
            out[start : start + length] += note * np.exp(-rng.uniform(0.5, 8) * time)
        if rng.random() < 0.5:
            hit = rng.standard_normal(min(length, 1600)) * np.exp(
                -np.arange(min(length, 1600)) / rng.uniform(80, 600)
            )
            start = int(position * RATE)
            out[start : start + len(hit)] += hit * rng.uniform(0.2, 1.5)
        position += beat
    return out


def babble(seconds: float, speech: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """One to eight people talking at once, somewhere else in the room."""
    out = np.zeros(int(seconds * RATE))
    for _ in range(int(rng.integers(1, 9))):
        position, gain = int(rng.uniform(0, 2) * RATE), 10 ** rng.uniform(-0.6, 0)
        while position < len(out):
            words = speech[rng.integers(len(speech))]
            end = min(len(out), position + len(words))
            out[position:end] += words[: end - position] * gain
            position = end + int(rng.exponential(0.4) * RATE)
    tail = rng.standard_normal(4000) * np.exp(-np.arange(4000) / rng.uniform(300, 1500))
    return fftconvolve(out, tail)[: len(out)]


def things(seconds: float, recorded: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Recorded hits, clinks and noises of things, each faster or slower than it was, now and then in rows."""
    out = np.zeros(int(seconds * RATE))
    chosen = [recorded[rng.integers(len(recorded))] for _ in range(int(rng.integers(1, 6)))]
    position, gap = 0, rng.choice([0.1, 0.35, 1.0])
    while position < len(out):
        sound = chosen[rng.integers(len(chosen))][: int(rng.uniform(0.1, 4) * RATE)]
        place = np.arange(0, len(sound) - 1, float(np.exp(rng.normal(0.2, 0.5))))
        sound = np.interp(place, np.arange(len(sound)), sound) * 10 ** rng.uniform(-1.2, 0.2)
        end = min(len(out), position + len(sound))
        out[position:end] += sound[: end - position]
        position += int(rng.exponential(gap) * RATE) + 1
    return out


def music(seconds: float, recorded: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """A longer recording, over and over."""
    longest = sorted(recorded, key=len)[-len(recorded) // 4 :]
    sound = longest[rng.integers(len(longest))]
    place = np.arange(0, len(sound) - 1, float(rng.uniform(0.8, 1.25)))
    return np.resize(np.interp(place, np.arange(len(sound)), sound), int(seconds * RATE))


def load_recorded(path: Path) -> list[np.ndarray]:
    """Sounds of `sources/noise.npz`, each with a peak of 1; none where the file is missing."""
    if not path.exists():
        return []
    packed = np.load(path)
    parts = np.split(packed["samples"].astype(np.float32), np.cumsum(packed["counts"])[:-1])
    return [part / (np.abs(part).max() + 1e-9) for part in parts]


def noise_pool(
    minutes: float,
    speech: list[np.ndarray],
    seed: int,
    recorded: list[np.ndarray] | None = None,
    rooms: list[np.ndarray] | None = None,
) -> list[np.ndarray]:
    """Stretches of 10 s at unit power; half of them in one of the rooms."""
    rng, pool = np.random.default_rng(seed), []
    makers = [
        lambda: coloured(10, rng.uniform(-0.5, 2.2), rng) * slowly(10 * RATE, rng, 1, 4),
        lambda: hum(10, rng),
        lambda: clatter(10, rng),
        lambda: clatter(10, rng) + water(10, rng) * rng.uniform(0.05, 1),
        lambda: water(10, rng),
        lambda: tune(10, rng),
        lambda: babble(10, speech, rng),
        lambda: babble(10, speech, rng) + clatter(10, rng) * rng.uniform(0.1, 1),
    ]
    if recorded:
        makers += [
            lambda: things(10, recorded, rng),
            lambda: things(10, recorded, rng) + water(10, rng) * rng.uniform(0.02, 0.4),
            lambda: things(10, recorded, rng) + babble(10, speech, rng) * rng.uniform(0.05, 0.6),
            lambda: music(10, recorded, rng),
        ]
    for index in range(int(minutes * 6)):
        noise = makers[index % len(makers)]()
        if rooms and rng.random() < 0.5:
            noise = fftconvolve(noise, rooms[rng.integers(len(rooms))])[: len(noise)]
        pool.append(noise)
    return [(p / (np.sqrt(np.mean(np.square(p))) + 1e-9)).astype(np.float32) for p in pool]
