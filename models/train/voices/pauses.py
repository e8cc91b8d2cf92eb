"""Long recordings cut into utterances where it is quietest."""

import numpy as np

RATE = 16_000
SHORTEST, LONGEST = 3.0, 7.5  # seconds between cuts
LEAST = 1.2  # seconds; shorter rests are dropped
PAUSE = int(0.15 * RATE)
HOP = RATE // 100


def pieces(samples: np.ndarray, skip_seconds: float) -> list[np.ndarray]:
    """What comes after the pause nearest to `skip_seconds`, cut where it is quietest."""
    power = np.convolve(np.square(samples), np.ones(PAUSE) / PAUSE, "same")[::HOP]

    def quietest(first: float, last: float) -> int:
        a, b = (min(len(power), max(0, int(seconds * 100))) for seconds in (first, last))
        return HOP * (a + int(np.argmin(power[a:b]))) if b > a else len(samples)

    start = quietest(skip_seconds, skip_seconds + 2) if skip_seconds else 0
    found = []
    while len(samples) - start > LEAST * RATE:
        seconds = start / RATE
        is_last = len(samples) - start < LONGEST * RATE
        end = len(samples) if is_last else quietest(seconds + SHORTEST, seconds + LONGEST)
        found.append(samples[start:end])
        start = end
    return found
