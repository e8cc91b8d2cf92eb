"""hibari: a small fast voice whose pitch and spectral envelope are bent into many talkers."""

from dataclasses import dataclass

import numpy as np
from hibari import Hibari, dsp

from ..words.prompts import Prompt
from .spoken import SAMPLE_RATE, Spoken

QUIET_DB = 38  # below the loudest 10 ms: no longer the word


class HibariSynthesiser:
    """Takes the same tokens as Kokoro; every prompt by a new talker."""

    def __init__(self):
        self.voice = Hibari()

    def speak(self, prompts: list[Prompt], rng: np.random.Generator) -> list[Spoken]:
        return [self.say(prompt, rng) for prompt in prompts]

    def say(self, prompt: Prompt, rng: np.random.Generator) -> Spoken:
        """hibari tells no times, so what follows the wake word is said apart and joined to it."""
        talker, end = Talker.drawn(rng), prompt.mark + 1
        if prompt.mark < 0 or end >= len(prompt.tokens) - 3:
            samples = self.samples(prompt.tokens, talker, rng)
            return Spoken(samples, np.full(len(prompt.tokens), end_of_speech(samples)))
        first = self.samples([*prompt.tokens[:end], 0], talker, rng)
        word_end = end_of_speech(first)
        first = first[: int((word_end + rng.uniform(0.0, 0.2)) * SAMPLE_RATE)]
        rest = self.samples([0, *prompt.tokens[end:]], talker, rng)
        return Spoken(np.concatenate([first, rest]), np.full(len(prompt.tokens), word_end))

    def samples(self, tokens: list[int], talker: "Talker", rng: np.random.Generator) -> np.ndarray:
        feed = {"ids": np.array([tokens], np.int64), "speed": np.array([talker.pace], np.float32)}
        parts = [part[0] for part in self.voice.sess.run(None, feed)]
        harmonic, phase, noise, residual, residual_phase, pitch = parts
        harmonic, noise, residual = (stretched(part, talker.size) for part in (harmonic, noise, residual))
        pitch = bent(pitch, talker)
        made = dsp.synth(harmonic, phase, noise + talker.breath, residual, residual_phase, pitch, rng)
        return (made / (np.abs(made).max() + 1e-6) * 0.6).astype(np.float32)


@dataclass(frozen=True)
class Talker:
    size: float  # of the mouth: above 1 formants are lower
    pace: float
    breath: float  # added to the log magnitude of the noise
    register: float  # added to the log of the pitch
    liveliness: float  # 0 monotonous, 1 as hibari has it
    slope: float  # rise of the log pitch over half the sentence

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> "Talker":
        size = float(np.exp(rng.normal(0, 0.13)))
        register = float(rng.normal(-0.25, 0.33) - 1.2 * np.log(size))
        return cls(
            size,
            rng.uniform(0.68, 1.45),
            rng.uniform(-0.7, 0.9),
            register,
            rng.uniform(0.2, 1.7),
            rng.normal(0, 0.12),
        )


def stretched(envelope: np.ndarray, size: float) -> np.ndarray:
    """Log magnitudes [bins, frames] moved along the frequency axis."""
    place = np.minimum(np.arange(len(envelope)) * size, len(envelope) - 1.001)
    below = place.astype(int)
    part = (place - below)[:, None].astype(np.float32)
    return envelope[below] * (1 - part) + envelope[below + 1] * part


def bent(pitch: np.ndarray, talker: Talker) -> np.ndarray:
    """The talker's own tune; 0 stays 0 (unvoiced)."""
    voiced = pitch > 40
    if not voiced.any():
        return pitch
    logs, out = np.log(pitch[voiced]), pitch.copy()
    mean, time = logs.mean(), np.linspace(-1, 1, voiced.sum())
    tune = (logs - mean) * talker.liveliness + time * talker.slope
    out[voiced] = np.clip(np.exp(mean + talker.register + tune), 62, 480)
    return out


def end_of_speech(samples: np.ndarray) -> float:
    """Second at which the last audible 10 ms end."""
    hop = SAMPLE_RATE // 100
    power = np.square(samples[: len(samples) // hop * hop]).reshape(-1, hop).mean(1)
    loud = np.nonzero(power > power.max() * 10 ** (-QUIET_DB / 10))[0]
    return float(loud[-1] + 1) / 100 if len(loud) else len(samples) / SAMPLE_RATE
