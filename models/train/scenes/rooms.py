"""Rooms: a shoebox's first echoes by the image method, then a tail of noise, faster gone at high pitch."""

import numpy as np
from scipy.signal import butter, lfilter

RATE = 16_000
SPEED_OF_SOUND = 343.0
_STEPS = np.array([(x, y, z) for x in range(-2, 3) for y in range(-2, 3) for z in range(-1, 2)])


def room(rng: np.random.Generator) -> np.ndarray:
    """Impulse response whose direct sound is at sample 0, with gain 1."""
    size = rng.uniform([2, 2, 2.2], [9, 8, 3.6])
    speaker, person = rng.uniform(0.1, 0.9, 3) * size, rng.uniform(0.1, 0.9, 3) * size
    reflection = rng.uniform(0.3, 0.92)
    parity = _STEPS % 2
    images = _STEPS * size + np.where(parity == 1, size - person, person)
    distances = np.linalg.norm(images - speaker, axis=1)
    bounces = np.abs(_STEPS).sum(1)
    direct = max(distances[bounces == 0][0], 0.3)
    seconds = float(rng.uniform(0.12, 0.8)) * (0.4 + 0.6 * reflection)
    response = np.zeros(int((seconds * 0.8 + 0.08) * RATE))
    arrivals = ((distances - direct) / SPEED_OF_SOUND * RATE).round().astype(int)
    for arrival, distance, bounce in zip(arrivals, distances, bounces, strict=True):
        if bounce and 0 < arrival < len(response):
            response[arrival] += reflection**bounce * direct / distance * rng.choice([-1, 1, 1])
    time = np.arange(len(response)) / RATE
    tail = rng.standard_normal(len(response)) * 10 ** (-3 * time / seconds)
    dull = lfilter(*butter(1, rng.uniform(1500, 7000) / (RATE / 2)), tail)
    tail = tail * np.exp(-time * 12) + dull
    energy = direct**2 * reflection * rng.uniform(0.002, 0.08)
    tail *= np.sqrt(energy / (np.sum(tail**2) + 1e-9))
    tail[: int(rng.uniform(0.002, 0.02) * RATE)] = 0
    response += tail
    response[0] = 1.0
    return response.astype(np.float32)


def rooms(count: int, seed: int) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [room(rng) for _ in range(count)]
