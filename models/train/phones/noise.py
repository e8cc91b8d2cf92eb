"""What is heard beside speech, as half decibels of power: hiss and hum, recorded sounds, other people."""

from collections.abc import Callable

import numpy as np

from ..scenes.phone_features import CHANNELS

DB = 2.0  # steps a decibel
NEPER = 20 / np.log(10)  # steps for e times the power


class Noise:
    def __init__(self, sounds: list[np.ndarray], other: Callable[[], np.ndarray], rng: np.random.Generator):
        """`sounds`: half decibels [frames, CHANNELS] each; `other` gives what somebody else says."""
        self.sounds, self.other, self.rng = sounds, other, rng
        # what power does in a band of a few and of some more bins of noise
        self.fading, self.steady = (
            (NEPER * np.log(rng.gamma(k, 1 / k, (4000, CHANNELS)) + 1e-3)).astype(np.float32) for k in (4, 12)
        )

    def curve(self, deviation: float) -> np.ndarray:
        """A microphone's: smooth over the channels."""
        knots = self.rng.normal(0, deviation, 5)
        return np.interp(np.linspace(0, 4, CHANNELS), np.arange(5), knots).astype(np.float32)

    def some(self, frames: int) -> np.ndarray:
        kind = self.rng.random()
        if kind < 0.5:
            return self.hiss(frames)
        if kind < 0.82 and self.sounds:
            return self.repeated(self.sounds[self.rng.integers(len(self.sounds))], frames) + self.curve(4)
        return self.talk(frames)

    def hiss(self, frames: int) -> np.ndarray:
        """Noise that goes on: coloured, some with hum, some coming and going."""
        rng = self.rng
        noise = self.repeated(self.fading if rng.random() < 0.5 else self.steady, frames)
        white = NEPER * np.log(np.maximum(1, (1 + np.arange(CHANNELS)) ** 1.2))
        colour = self.curve(14) + white * rng.uniform(-0.6, 1)
        if rng.random() < 0.3:
            for _ in range(rng.integers(1, 4)):
                colour[rng.integers(0, 25)] += rng.uniform(5, 35)
        noise = noise + colour
        if rng.random() < 0.3:
            knots = np.arange(frames // 50 + 2)
            noise += np.interp(np.arange(frames), knots * 50, rng.normal(0, 5, len(knots)))[:, None]
        return noise

    def talk(self, frames: int) -> np.ndarray:
        """Others, two to five of them."""
        power = np.full((frames, CHANNELS), 1e-6)
        for _ in range(self.rng.integers(2, 6)):
            said = self.repeated(self.other(), frames)
            power += np.exp(said / NEPER + self.rng.normal(0, 0.5))
        return NEPER * np.log(power)

    def repeated(self, sound: np.ndarray, frames: int) -> np.ndarray:
        first = self.rng.integers(len(sound))
        return np.take(sound, np.arange(first, first + frames), axis=0, mode="wrap").astype(np.float32)
