"""flite (Debian): three small voices of men and one of a woman, their throats bent by resampling."""

import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from ..words.alphabet import INDEX
from ..words.prompts import Prompt
from .spoken import SAMPLE_RATE, Spoken

VOICES = {"awb": 135.0, "rms": 105.0, "slt": 175.0, "kal16": 105.0}  # mean pitch, Hz
SHARES = (0.3, 0.3, 0.33, 0.07)
MERGED = {"ax": "AH", "axr": "ER"}  # flite's phones that ours have no symbol for
BEND_STEP = 480  # SAMPLE_RATE and the bent rate in whole steps, so that resampling has small factors


class FliteSynthesiser:
    """Reads the words in its own way; the prompt's labels become the phones that it says it says."""

    def speak(self, prompts: list[Prompt], rng: np.random.Generator) -> list[Spoken]:
        return [self.say(prompt, rng) for prompt in prompts]

    def say(self, prompt: Prompt, rng: np.random.Generator) -> Spoken:
        """`bend` above 1 is a smaller mouth; pitch and pace are set apart from it."""
        voice = str(rng.choice(list(VOICES), p=SHARES))
        bend = float(np.clip(np.exp(rng.normal(0, 0.1)), 0.8, 1.25))
        pitch = VOICES[voice] * float(np.exp(rng.normal(0, 0.22)))
        stretch = bend * rng.uniform(0.75, 1.4)
        options = {
            "duration_stretch": stretch,
            "int_f0_target_mean": np.clip(pitch, 70, 300),
            "int_f0_target_stddev": rng.uniform(5, 28),
        }
        samples, rate, said = flite(voice, options, " ".join(prompt.words))
        prompt.phones = [INDEX[phone] for phone in said]
        steps = round(SAMPLE_RATE / BEND_STEP), round(rate * bend / BEND_STEP)
        bent = resample_poly(samples.astype(np.float32) / 32768, *steps)
        bent = (bent / (np.abs(bent).max() + 1e-6) * 0.6).astype(np.float32)
        return Spoken(bent, np.full(len(prompt.tokens), len(bent) / SAMPLE_RATE))


def said_by_flite(text: str) -> list[str]:
    """Phones of words that no dictionary has, numbers in digits among them."""
    command = ["flite", "-voice", "slt", "-ps", "-t", f"{text} ", "none"]
    return phones_of(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def phones_of(printed: str) -> list[str]:
    return [MERGED.get(phone, phone.upper()) for phone in printed.split() if phone != "pau"]


def flite(voice: str, options: dict[str, float], text: str) -> tuple[np.ndarray, int, list[str]]:
    """int16 samples, their rate, and the phones said."""
    with tempfile.NamedTemporaryFile(suffix=".wav", dir=scratch_folder()) as file:
        settings = [part for name, value in options.items() for part in ("--setf", f"{name}={value:.3f}")]
        command = ["flite", "-voice", voice, *settings, "-ps", "-t", f"{text} ", "-o", file.name]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        with wave.open(file.name) as sound:
            rate = sound.getframerate()
            samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2")
    return samples, rate, phones_of(printed)


def scratch_folder() -> str | None:
    """Memory, where the system has a folder for it."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
