"""`npm run models:train -- negatives FOLDER --hours 30`: made-up speech in noise without a wake word.

Recordings to count false wakes on, in other texts, rooms and noises than any training has. The voices are
those of hibari and flite, whom training knows, bent anew.
"""

import argparse
import random
from pathlib import Path

import numpy as np
import soundfile

from .augment import Surroundings, at_16_khz
from .features import HOP_SAMPLES, SAMPLE_RATE
from .flite_voices import FliteSpeakers
from .hibari_voices import HibariSpeakers
from .noises import load_recorded, noise_pool
from .prompts import make_prompt
from .rooms import rooms
from .spoken import load_vocabulary
from .text import Writer, read_fragments
from .wake_scenes import STREAM, Said, stretch

HERE = Path(__file__).parent
STRETCHES_A_FILE = 15  # of 20 s
MOST_UTTERANCES = 26  # in one of those
FLITE = 0.4  # of the utterances


class Talk:
    """Endless utterances without any of the words in `unsaid`."""

    def __init__(self, sources: Path, seed: int, unsaid: set[str]):
        self.rng, self.choice, self.unsaid = np.random.default_rng(seed), random.Random(seed), unsaid
        self.writer = Writer(read_fragments(sources / "text"), self.choice)
        self.vocabulary = load_vocabulary(sources / "config.json")
        self.voices = (HibariSpeakers(), FliteSpeakers())

    def say(self) -> Said:
        words = self.writer.sentence()
        while not words or self.unsaid & set(words):
            words = self.writer.sentence()
        voice = self.voices[self.choice.random() < FLITE]
        [spoken] = voice.speak([make_prompt(words, self.choice, self.vocabulary)], self.rng)
        samples = (spoken.samples * 32767).astype(np.int16)
        return Said(samples, np.zeros(0, np.uint8), -1.0)


def read_arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="models:train -- negatives", description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="folder for FLAC files of five minutes")
    parser.add_argument("--hours", type=float, default=1)
    parser.add_argument("--without", nargs="*", default=["computer", "jarvis", "snowboy", "earshot"])
    parser.add_argument("--seed", type=int, default=1001)
    parser.add_argument("--cache", type=Path, default=HERE / "cache")
    return parser.parse_args(given)


def main(given: list[str]) -> int:
    arguments = read_arguments(given)
    arguments.out.mkdir(parents=True, exist_ok=True)
    talk = Talk(arguments.cache / "sources", arguments.seed, set(arguments.without))
    places, recorded = rooms(200, arguments.seed), load_recorded(arguments.cache / "sources" / "noise.npz")
    others = [at_16_khz(talk.say().samples, None)[0] for _ in range(100)]
    around = Surroundings(places, noise_pool(12, others, arguments.seed, recorded, places))
    count = max(1, round(arguments.hours * 3600 * SAMPLE_RATE / (STREAM * HOP_SAMPLES * STRETCHES_A_FILE)))
    for number in range(count):
        supply, sound = [], []
        for _ in range(STRETCHES_A_FILE):
            supply += [talk.say() for _ in range(MOST_UTTERANCES - len(supply))]
            sound.append(stretch(supply, around, talk.rng)[0][: STREAM * HOP_SAMPLES])
        soundfile.write(arguments.out / f"{number:04}.flac", np.concatenate(sound), SAMPLE_RATE)
        print(f"{number + 1} of {count} files", flush=True)
    return 0
