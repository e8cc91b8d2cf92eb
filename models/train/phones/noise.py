"""What is heard beside speech, as half decibels of power: hiss and hum, recorded sounds, other people,
things that are knocked together."""

from collections.abc import Callable

import numpy as np

from ..scenes.phone_features import CHANNELS

DB = 2.0  # steps a decibel
NEPER = 20 / np.log(10)  # steps for e times the power
FRAMES_A_S = 100
TWO_AT_ONCE = 0.3
STRIKES_A_S, LONGEST_STRIKE = (0.5, 6), 80  # the latter in frames


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
        """Of one kind, or of two at once; of a mean power of one."""
        noise = self.of_one_kind(frames)
        if self.rng.random() < TWO_AT_ONCE:
            other = self.of_one_kind(frames) + self.rng.normal(0, 6 * DB)
            noise = of_power_one(NEPER * np.logaddexp(noise / NEPER, other / NEPER))
        return noise

    def of_one_kind(self, frames: int) -> np.ndarray:
        kind = self.rng.random()
        if kind < 0.35:
            noise = self.hiss(frames)
        elif kind < 0.6 and self.sounds:
            noise = self.repeated(self.sounds[self.rng.integers(len(self.sounds))], frames) + self.curve(4)
        elif kind < 0.8:
            noise = self.talk(frames)
        else:
            noise = self.clatter(frames)
        return of_power_one(noise)

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

    def clatter(self, frames: int) -> np.ndarray:
        """As of dishes: strikes that ring in some channels, the higher ones shorter, over something that goes
        on."""
        rng, noise = self.rng, of_power_one(self.hiss(frames))
        strikes_a_frame = np.exp(rng.uniform(*np.log(STRIKES_A_S))) / FRAMES_A_S
        for first in np.flatnonzero(rng.random(frames) < strikes_a_frame):
            colour = self.curve(12) + DB * rng.uniform(0, 30)
            colour[rng.integers(4, CHANNELS, rng.integers(0, 6))] += DB * rng.uniform(3, 12)
            fall = DB * rng.uniform(0.4, 4) * (1 + np.arange(CHANNELS) / CHANNELS)
            rung = noise[first : first + LONGEST_STRIKE]
            strike = colour - fall * np.arange(len(rung))[:, None]
            noise[first : first + LONGEST_STRIKE] = NEPER * np.logaddexp(rung / NEPER, strike / NEPER)
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


def of_power_one(noise: np.ndarray) -> np.ndarray:
    """[frames, CHANNELS], louder or quieter as a whole, so that the mean power of a frame is 1."""
    return noise - NEPER * np.log(np.exp(noise / NEPER).sum(1).mean())
