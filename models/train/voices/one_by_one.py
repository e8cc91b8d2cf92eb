"""Kokoro saying one prompt after the other: on a processor three times as fast as in batches."""

from pathlib import Path

import numpy as np
import onnxruntime

from ..words.prompts import Prompt
from .hibari import end_of_speech
from .spoken import Spoken
from .voices import Voices


class KokoroOneByOne:
    """Every prompt by a new mixture of voices; words end where their sound does."""

    def __init__(self, model: Path, voices: Voices):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.voices = voices

    def speak(self, prompts: list[Prompt], rng: np.random.Generator) -> list[Spoken]:
        return [self.say(prompt, rng) for prompt in prompts]

    def say(self, prompt: Prompt, rng: np.random.Generator) -> Spoken:
        feed = {
            "tokens": np.array([prompt.tokens], np.int64),
            "style": self.voices.talker(prompt.british, len(prompt.tokens), rng)[None].astype(np.float32),
            "speed": np.array([np.clip(rng.normal(1.0, 0.2), 0.6, 1.6)], np.float32),
        }
        samples = self.session.run(None, feed)[0].reshape(-1)
        samples = (samples / (np.abs(samples).max() + 1e-6) * 0.6).astype(np.float32)
        return Spoken(samples, np.full(len(prompt.tokens), end_of_speech(samples)))


class WithEnds:
    """A voice that tells no times: what it says alone ends where its sound does."""

    def __init__(self, synthesiser):
        self.synthesiser = synthesiser

    def speak(self, prompts: list[Prompt], rng: np.random.Generator) -> list[Spoken]:
        spoken = self.synthesiser.speak(prompts, rng)
        return [Spoken(s.samples, np.full(len(s.ends), end_of_speech(s.samples))) for s in spoken]
