"""espeak-ng (Debian): the formant synthesiser of many accents and made-up throats; nobody's recordings."""

import subprocess

import numpy as np
from scipy.signal import resample_poly

from ..words.prompts import Prompt
from .spoken import SAMPLE_RATE, Spoken

ACCENTS = (
    "en-us en-us en-us en-gb en-gb-scotland en-gb-x-rp en-gb-x-gbclan en-gb-x-gbcwmd en-029 en-us-nyc".split()
)
THROATS = (
    "m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 adam Alex Alicia Andrea Andy Annie belinda benjamin boris caleb "
    "david Denis ed edward Gene grandma grandpa Jacky john klatt klatt2 klatt4 Lee linda max Michael Mike "
    "paul quincy rob robert shelby steph Storm travis victor zac"
).split()
ESPEAK_RATE = 22_050
HEADER_BYTES = 44  # of the WAV file that it prints


class EspeakSynthesiser:
    """Reads the words in its own way, every prompt by a new talker."""

    def speak(self, prompts: list[Prompt], rng: np.random.Generator) -> list[Spoken]:
        return [self.say(prompt, rng) for prompt in prompts]

    def say(self, prompt: Prompt, rng: np.random.Generator) -> Spoken:
        samples = espeak(
            f"{rng.choice(ACCENTS)}+{rng.choice(THROATS)}",
            pitch=int(rng.integers(15, 85)),
            words_a_minute=int(rng.integers(105, 215)),
            text=" ".join(prompt.words),
        )
        bend = int(rng.integers(21, 28))  # 24 leaves the throat as it is
        bent = resample_poly(samples, SAMPLE_RATE * 24 // 150, ESPEAK_RATE * bend // 150)
        bent = (bent / (np.abs(bent).max() + 1e-6) * 0.6).astype(np.float32)
        return Spoken(bent, np.full(len(prompt.tokens), len(bent) / SAMPLE_RATE))


def espeak(voice: str, pitch: int, words_a_minute: int, text: str) -> np.ndarray:
    command = ["espeak-ng", "-v", voice, "-p", str(pitch), "-s", str(words_a_minute), "--stdout", text]
    printed = subprocess.run(command, check=True, capture_output=True).stdout
    return np.frombuffer(printed[HEADER_BYTES:], "<i2").astype(np.float32) / 32768
