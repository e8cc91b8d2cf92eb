"""Sentences that nobody has said: what each engine makes of them, and the phones that it says."""

import random
import time
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from ..scenes.phone_features import SAMPLE_RATE
from ..voices.spoken import SAMPLE_RATE as SPOKEN_RATE
from ..voices.spoken import load_vocabulary
from ..wake.speech import synthesiser
from ..words.prompts import Prompt, make_prompt
from ..words.text import Writer, read_fragments
from .said import ways_of
from .speech_sources import SpeechSource
from .store import as_int16

SHARES = {"hibari": 0.5, "flite": 0.3, "espeak": 0.2}  # of what is asked for
OWN_READING = "espeak"  # says words in its own way and does not tell which
PROMPTS_TOGETHER = 32
PEAK = 32768


def speak(engine: str, hours: float, sources: Path, out: SpeechSource, seed: int) -> None:
    """Leaves so many hours in `out`."""
    own_seed = zlib.crc32(f"{seed} {engine}".encode())
    rng, supply = np.random.default_rng(own_seed), prompts(sources, random.Random(own_seed))
    voice, started, spoken, said, rows = synthesiser(engine, sources), time.monotonic(), 0.0, [], []
    while spoken < hours * 3600:
        chosen = list(islice(supply, PROMPTS_TOGETHER))
        for prompt, heard in zip(chosen, voice.speak(chosen, rng), strict=True):
            said.append(as_int16(resample_poly(heard.samples * PEAK, SAMPLE_RATE, SPOKEN_RATE)))
            rows.append(row_of(engine, prompt))
            spoken += len(said[-1]) / SAMPLE_RATE
    took = time.monotonic() - started
    print(f"{engine}: {spoken / 3600:.2f} h, {len(said)} sentences in {took:.0f} s", flush=True)
    out.write(said, rows)


def prompts(sources: Path, rng: random.Random) -> Iterator[Prompt]:
    writer, vocabulary = (
        Writer(read_fragments(sources / "text"), rng),
        load_vocabulary(sources / "config.json"),
    )
    return (make_prompt(words, rng, vocabulary) for words in iter(writer.sentence, None) if words)


def row_of(engine: str, prompt: Prompt) -> dict:
    ways = (
        [ways_of(word) for word in prompt.words]
        if engine == OWN_READING
        else [[list(map(int, prompt.phones))]]
    )
    text = " ".join(prompt.words)
    return {"corpus": engine, "talker": engine, "split": "train", "age": None, "text": text, "ways": ways}
