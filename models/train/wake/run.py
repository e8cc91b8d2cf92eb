"""`python -m train wake "hey earshot" computer`: words in letters in, wake models with their cards out.

What all words share is said once and kept in the cache. Whatever is there is not made again, so that a
stopped run goes on where it was; a finished word is made anew only with another seed or scale.
"""

import argparse
import json
import os
import time
import zlib
from collections import Counter
from pathlib import Path

from ..arguments import of_wake as read_arguments
from ..places import EMBEDDING, PHONE_MODEL
from .jobs import SCALES, WakeJob
from .phrase import EVERY_WORD, Phrase, UnfitPhrase, check, read_phrase

HELD_OUT = 8  # one in so many shards of the actors is for development
TALK_AROUND = 400  # utterances of other speech kept at hand to put before and after the word


class WakeRun:
    def __init__(self, phrase: Phrase, arguments: argparse.Namespace):
        self.phrase, self.seed, self.out = phrase, arguments.seed, arguments.out
        self.settings, self.sources = SCALES[arguments.scale], arguments.cache / "sources"
        self.every_job = [job for job in self.settings.jobs if job.is_for_all or phrase is not EVERY_WORD]
        self.cache = arguments.cache / f"wake-{arguments.scale}-{arguments.seed}"
        # another embedding's, and verifiers of them, are not mistaken for these
        self.embedded = self.cache / "embeddings" / f"{zlib.crc32(EMBEDDING.read_bytes()):08x}"
        self.keeps_verifier = arguments.keep_verifier
        self.keeps_points = arguments.keep_points or self.keeps_verifier
        self.workers = processors()
        self.started = time.monotonic()

    def make(self) -> None:
        from ..sources import fetch

        stages = (
            ("sources", lambda: fetch(self.sources)),
            ("speech", self.speak),
            ("scenes", self.set_scenes),
            ("fit", self.fit),
            ("verifier", self.fit_verifier),
            ("model", self.write_model),
        )
        for number, (name, stage) in enumerate(stages, 1):
            self.note(f"stage {number} of {len(stages)}, {name}")
            stage()
        self.note("done")

    def note(self, text: str) -> None:
        print(
            f"{self.phrase.text or 'every word'}: {text} ({(time.monotonic() - self.started) / 60:.0f} min)",
            flush=True,
        )

    def speak(self) -> None:
        from .speech import speak_all

        talk = [job for job in self.jobs("talk") if job not in self.scene_jobs]  # it surrounds every scene
        due = self.scene_jobs + talk
        if any(is_of_actors(job) for job in due):
            from ..voices.actors import fetch_actors

            fetch_actors(self.sources, PHONE_MODEL, self.workers)
        speak_all(
            [job for job in due if not is_of_actors(job)],
            self.phrase,
            self.sources,
            self.cache / "speech",
            self.seed,
            self.workers,
        )

    def set_scenes(self) -> None:
        from .shards import make_scenes

        due = [job for job in self.scene_jobs if not (self.scenes(job) / "done").exists()]
        if not due:
            return
        talk = self.talk_around()
        around = [self.surroundings(talk, seed) for seed in (self.seed, self.seed + 1)]  # and for development
        for job in due:
            out = self.scenes(job)
            make_scenes(
                job.kind,
                self.speech(job),
                out,
                job.copies,
                zlib.crc32(f"{self.seed} {out.name} scenes".encode()),
                around[job.is_development],
                talk,
                self.workers,
                job.is_development,
            )
            (out / "done").touch()

    def talk_around(self) -> list:
        from .shards import read_talk

        return read_talk([p for job in self.jobs("talk") for p in self.speech(job)[:4]], TALK_AROUND)

    def surroundings(self, talk: list, seed: int):
        from ..scenes.augment import Surroundings
        from ..scenes.noises import load_recorded, noise_pool
        from ..scenes.rooms import rooms

        recorded, places = load_recorded(self.sources / "noise.npz"), rooms(self.settings.room_count, seed)
        return Surroundings(places, noise_pool(self.settings.noise_minutes, talk, seed, recorded, places))

    def fit(self) -> None:
        if self.keeps_points:
            return  # what stands in its folder is the model
        from .fitting import fit_word

        fit_word(self)

    def fit_verifier(self) -> None:
        if self.keeps_verifier:
            return
        from ..verifier.verifier import fit_word_verifier

        fit_word_verifier(self)

    def write_model(self) -> None:
        from .card import write_model

        write_model(self)

    @property
    def scene_jobs(self) -> list[WakeJob]:
        """Of the scenes that are needed: without learning, those of the development set."""
        return [job for job in self.every_job if job.is_development or not self.keeps_verifier]

    def jobs(self, kind: str, is_development: bool = False) -> list[WakeJob]:
        return [job for job in self.every_job if job.kind == kind and job.is_development == is_development]

    def speech(self, job: WakeJob) -> list[Path]:
        if is_of_actors(job):
            shards = sorted((self.sources / "actors").glob("????.npz"))
            return [p for at, p in enumerate(shards) if (at % HELD_OUT == 0) == job.is_development]
        from .speech import heard_in

        return sorted(heard_in(job, self.phrase, self.sources, self.cache / "speech").glob("????.npz"))

    def scenes(self, job: WakeJob) -> Path:
        return self.cache / "scenes" / job.folder(self.phrase.name)

    def scene_shards(self, kind: str, is_development: bool = False) -> list[Path]:
        return [
            p for job in self.jobs(kind, is_development) for p in sorted(self.scenes(job).glob("????.npz"))
        ]

    @property
    def weights(self) -> Path:
        return self.cache / "weights" / f"{self.phrase.name}.pt"

    @property
    def verifier_weights(self) -> Path:
        return self.embedded / f"{self.phrase.name}-verifier.pt"


def is_of_actors(job: WakeJob) -> bool:
    return job.voice.startswith("actors")


def processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2


def shipped_phrases(models: Path, but: str) -> list[Phrase]:
    """The wake words that the folder has already."""
    phrases = []
    for manifest in sorted(models.glob("*/model.json")):
        word = json.loads(manifest.read_text(encoding="utf-8")).get("wake_word", "")
        if word and word.lower() != but:
            phrases.append(read_phrase(word))
    return phrases


def need_finished(phrases: list[Phrase], models: Path, with_verifier: bool) -> None:
    for phrase in phrases:
        names = ["model.json", f"{phrase.name}.tflite", "CARD.md"]
        for name in names + [f"{phrase.name}-verifier.tflite"] * with_verifier:
            file = models / phrase.name / name
            if not file.exists():
                raise UnfitPhrase(f"{file} is missing: train {phrase.text!r} first, keeping nothing")


def words_in(texts: Path) -> Counter:
    """How often each word stands in the training texts."""
    from ..words.text import read_fragments

    return Counter(word for fragment in read_fragments(texts) for word in fragment)


def main(given: list[str]) -> int:
    from ..sources import fetch

    arguments = read_arguments(given)
    texts = arguments.cache / "sources" / "text"
    try:
        phrases = [read_phrase(text) for text in arguments.words]
        if arguments.keep_points or arguments.keep_verifier:
            need_finished(phrases, arguments.out, arguments.keep_verifier)
        if not texts.exists():
            fetch(arguments.cache / "sources")
        running = words_in(texts)
        for phrase in phrases:
            others = shipped_phrases(arguments.out, phrase.text) + [p for p in phrases if p != phrase]
            for warning in check(phrase, others, running):
                print(f"Note: {warning}", flush=True)
            ways = " or ".join(" ".join(way) for way in phrase.bare_ways())
            print(f"{phrase.text}: said as {ways}", flush=True)
    except UnfitPhrase as problem:
        print(problem)
        return 2
    if not arguments.check:
        for phrase in phrases:
            WakeRun(phrase, arguments).make()
    return 0
