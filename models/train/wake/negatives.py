"""`npm run models:train -- negatives FOLDER --hours 30`: what to count false wakes on, without a wake word.

Music, prompts and voices of games out of Debian that nothing is learnt from; then, until the hours are full,
made-up speech in other texts, rooms and noises than any training has. Nothing is learnt from its voices:
joe, and those of Kokoro that are kept for development. With `--voices bent` they are hibari and flite, whom
training knows, bent anew, some of them further than people are.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from math import ceil
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from ..arguments import of_negatives as read_arguments
from ..progress import finish
from ..scenes.augment import Surroundings, at_16_khz
from ..scenes.features import HOP_SAMPLES, SAMPLE_RATE
from ..scenes.music import JUDGES
from ..scenes.noises import load_recorded, noise_pool
from ..scenes.rooms import rooms
from ..sources import fetch, unpack
from ..voices.foreign import read
from ..voices.spoken import SAMPLE_RATE as SPEECH_RATE
from ..voices.spoken import load_vocabulary
from ..words.prompts import make_prompt
from ..words.text import Writer, read_fragments
from .run import processors
from .scenes import STREAM, Said, stretch
from .speech import synthesiser

KINDS = (".g722", ".ogg", ".opus", ".wav", ".flac", ".mp3")
FILE_SECONDS = 300
STRETCHES_A_FILE = 15  # of 20 s
UTTERANCES = 26  # at hand for one of those: more than it holds
VOICES = {  # and their shares of what is said
    "natural": {"joe-unheard": 0.94, "kokoro-unheard": 0.06},  # who takes ten times as long over a sentence
    "bent": {"hibari": 0.6, "flite": 0.4},
}


class Talk:
    """Endless utterances without any of the words in `unsaid`, nor longer words that hold one."""

    def __init__(self, sources: Path, shares: dict[str, float], unsaid: set[str]):
        self.unsaid, self.shares = unsaid, list(shares.values())
        self.fragments, self.vocabulary = (
            read_fragments(sources / "text"),
            load_vocabulary(sources / "config.json"),
        )
        self.voices = [synthesiser(voice, sources) for voice in shares]
        self.begin(0)

    def begin(self, *seed: int) -> None:
        """Anew, as if nothing had been said."""
        self.rng, self.choice = np.random.default_rng(seed), random.Random(str(seed))
        self.writer = Writer(self.fragments, self.choice)

    def say(self) -> Said:
        words = self.writer.sentence()
        while not words or any(part in word for word in words for part in self.unsaid):
            words = self.writer.sentence()
        [voice] = self.choice.choices(self.voices, self.shares)
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


def main(given: list[str]) -> int:
    arguments = read_arguments(given)
    fetch(arguments.cache / "sources")
    arguments.out.mkdir(parents=True, exist_ok=True)
    seconds = 0.0
    for name, sound in recorded():
        soundfile.write(arguments.out / f"{name}.flac", np.clip(sound, -1, 1), SAMPLE_RATE)
        seconds += len(sound) / SAMPLE_RATE
    print(f"{seconds / 3600:.1f} h of recordings", flush=True)
    write_talk(arguments, arguments.hours - seconds / 3600)
    return 0


_talk: Talk | None = None  # of this process
_around: Surroundings | None = None


def begin(arguments: argparse.Namespace) -> None:
    global _talk, _around
    sources, seed = arguments.cache / "sources", arguments.seed
    _talk = Talk(sources, VOICES[arguments.voices], set(arguments.without))
    _talk.begin(seed)
    places, sounds = rooms(200, seed), load_recorded(sources / "noise.npz")
    others = [at_16_khz(_talk.say().samples, None)[0] for _ in range(100)]
    _around = Surroundings(places, noise_pool(12, others, seed, sounds, places))


def write_talk(arguments: argparse.Namespace, hours: float) -> None:
    """Files of their own seeds, so that those that are there need not be made again."""
    numbers = range(files_for(hours))
    files = [(number, arguments.out / f"talk-{number:04}.flac", arguments.seed) for number in numbers]
    due = [file for file in files if not file[1].exists()]
    with get_context("spawn").Pool(processors(), begin, (arguments,)) as pool:
        finish(pool.imap_unordered(write_file, due), "files of talk", len(due))


def files_for(hours: float) -> int:
    """Enough for so many hours, and one at least."""
    return max(1, ceil(hours * 3600 * SAMPLE_RATE / (STREAM * HOP_SAMPLES * STRETCHES_A_FILE)))


def write_file(file: tuple[int, Path, int]) -> None:
    number, path, seed = file
    _talk.begin(seed, number)
    supply, parts = [], []
    for _ in range(STRETCHES_A_FILE):
        supply += [_talk.say() for _ in range(UTTERANCES - len(supply))]
        parts.append(stretch(supply, _around, _talk.rng)[0][: STREAM * HOP_SAMPLES])
    partial = path.with_suffix(".part")
    soundfile.write(partial, np.concatenate(parts), SAMPLE_RATE, format="FLAC")
    partial.rename(path)
