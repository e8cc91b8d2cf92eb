"""`npm run models:train -- negatives FOLDER --hours 30`: what to count false wakes on, without a wake word.

Music, prompts and voices of games out of Debian that nothing is learnt from; then, until the hours are full,
made-up speech in other texts, rooms and noises than any training has. Its voices are hibari and flite, whom
training knows, bent anew.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from .augment import Surroundings, at_16_khz
from .features import HOP_SAMPLES, SAMPLE_RATE
from .flite_voices import FliteSpeakers
from .hibari_voices import HibariSpeakers
from .music import JUDGES
from .noises import load_recorded, noise_pool
from .prompts import make_prompt
from .rooms import rooms
from .sources import unpack
from .spoken import SAMPLE_RATE as SPEECH_RATE
from .spoken import load_vocabulary
from .text import Writer, read_fragments
from .wake_people import read
from .wake_scenes import STREAM, Said, stretch

HERE = Path(__file__).parent
KINDS = (".g722", ".ogg", ".opus", ".wav", ".flac", ".mp3")
FILE_SECONDS = 300
STRETCHES_A_FILE = 15  # of 20 s
MOST_UTTERANCES = 26  # in one of those
FLITE = 0.4  # of the utterances
NEW = 0.4  # of them; the others have been said before, in another room and at another pace


class Talk:
    """Endless utterances without any of the words in `unsaid`, nor longer words that hold one."""

    def __init__(self, sources: Path, seed: int, unsaid: set[str]):
        self.rng, self.choice, self.unsaid = np.random.default_rng(seed), random.Random(seed), unsaid
        self.writer = Writer(read_fragments(sources / "text"), self.choice)
        self.vocabulary = load_vocabulary(sources / "config.json")
        self.voices = (HibariSpeakers(), FliteSpeakers())
        self.said: list[Said] = []

    def say(self) -> Said:
        if len(self.said) < MOST_UTTERANCES or self.choice.random() < NEW:
            self.said.append(self.say_something_new())
            return self.said[-1]
        return self.choice.choice(self.said)

    def say_something_new(self) -> Said:
        words = self.writer.sentence()
        while not words or any(part in word for word in words for part in self.unsaid):
            words = self.writer.sentence()
        voice = self.voices[self.choice.random() < FLITE]
        [spoken] = voice.speak([make_prompt(words, self.choice, self.vocabulary)], self.rng)
        samples = (spoken.samples * 32767).astype(np.int16)
        return Said(samples, np.zeros(0, np.uint8), -1.0)


def recorded() -> Iterator[tuple[str, np.ndarray]]:
    """What the packages hold at SAMPLE_RATE, with a name, FILE_SECONDS at a time."""
    for package in JUDGES:
        with tempfile.TemporaryDirectory() as scratch:
            unpack([package], Path(scratch))
            files = sorted(file for file in Path(scratch).rglob("*") if file.suffix in KINDS)
            sounds = [resample_poly(read(file), SAMPLE_RATE, SPEECH_RATE) for file in files]
        count = FILE_SECONDS * SAMPLE_RATE
        sound = np.concatenate(sounds)
        for start in range(0, len(sound), count):
            yield f"{package}-{start // count:03}", sound[start : start + count]


def read_arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="models:train -- negatives", description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="folder for FLAC files of five minutes")
    parser.add_argument("--hours", type=float, default=30, help="in all")
    parser.add_argument("--without", nargs="*", default=["computer", "jarvis", "snowboy", "earshot"])
    parser.add_argument("--seed", type=int, default=1001)
    parser.add_argument("--cache", type=Path, default=HERE / "cache")
    return parser.parse_args(given)


def main(given: list[str]) -> int:
    arguments = read_arguments(given)
    arguments.out.mkdir(parents=True, exist_ok=True)
    seconds = 0.0
    for name, sound in recorded():
        soundfile.write(arguments.out / f"{name}.flac", np.clip(sound, -1, 1), SAMPLE_RATE)
        seconds += len(sound) / SAMPLE_RATE
    print(f"{seconds / 3600:.1f} h of recordings", flush=True)
    write_talk(arguments, arguments.hours - seconds / 3600)
    return 0


def write_talk(arguments: argparse.Namespace, hours: float) -> None:
    sources, seed = arguments.cache / "sources", arguments.seed
    talk = Talk(sources, seed, set(arguments.without))
    places, sounds = rooms(200, seed), load_recorded(sources / "noise.npz")
    others = [at_16_khz(talk.say().samples, None)[0] for _ in range(100)]
    around = Surroundings(places, noise_pool(12, others, seed, sounds, places))
    count = max(1, round(hours * 3600 * SAMPLE_RATE / (STREAM * HOP_SAMPLES * STRETCHES_A_FILE)))
    for number in range(count):
        supply, parts = [], []
        for _ in range(STRETCHES_A_FILE):
            supply += [talk.say() for _ in range(MOST_UTTERANCES - len(supply))]
            parts.append(stretch(supply, around, talk.rng)[0][: STREAM * HOP_SAMPLES])
        soundfile.write(arguments.out / f"talk-{number:04}.flac", np.concatenate(parts), SAMPLE_RATE)
        print(f"{number + 1} of {count} files of talk", flush=True)
