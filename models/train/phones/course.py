"""The phone model from recordings to file, stage by stage; each leaves its result in the cache, and is
skipped when it is there.

| stage | leaves |
| --- | --- |
| people | what was said by whom, and the sound, decoded |
| made | what each engine says, in a folder of its own |
| copies | half decibels of each copy: paces, rooms |
| teacher | Moonshine's view of what people say |
| fit | the student's averaged weights; goes on from its checkpoint |
| quantise, convert | int8 ranges; the streaming file |
| report | phones wrong by corpus, on people that nothing was learnt from |
"""

from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from ..places import CACHE
from .recordings import recordings_in, untranscribed
from .said import ways_of, words_of
from .speech_sources import AllSources, SpeechSource, write_sounds
from .store import COPIES, Sequences, decoded, half_decibels, sound

LONGEST_FRAMES, SHORTEST_FRAMES, FEWEST_FRAMES_A_PHONE = 1650, 30, 4.2
MOONSHINE_LINES = 128  # heard at a time
ENGINES = ("hibari", "flite", "espeak")
SOURCES = CACHE / "sources"


@dataclass
class Folders:
    people: list[Path]
    untranscribed: Path | None
    skip_seconds: float
    rooms: Path | None
    sounds: Path | None
    noise: Path | None  # for the report alone


@dataclass
class Course:
    cache: Path
    out: Path
    folders: Folders
    seconds: float
    peak: float
    seed: int
    hours_made: float = 0.0
    start: Path | None = None  # a converted model to go on from
    share: float = 1.0  # of the way from there to where fit ends, at which the weights lie that are converted

    def __post_init__(self):
        self.cache.mkdir(parents=True, exist_ok=True)
        self.of_people = SpeechSource(self.cache)

    def at(self, name: str) -> Path:
        return self.cache / name

    # stages

    def people(self) -> None:
        if self.of_people.is_there:
            return
        recordings = [one for folder in self.folders.people for one in recordings_in(folder)]
        said = [decoded(one) for one in recordings]
        texts = [words_of(one.text or "") for one in recordings]
        if self.folders.untranscribed:
            more = untranscribed(self.folders.untranscribed, self.folders.skip_seconds)
            said += [decoded(one) for one in more]
            texts += self.written_down(said[len(recordings) :])
            recordings += more
        known = {word: ways_of(word) for words in texts for word in words}
        rows = [
            asdict(replace(one, path=str(one.path))) | {"ways": [known[word] for word in words]}
            for one, words in zip(recordings, texts, strict=True)
        ]
        self.of_people.write(said, rows)

    def made(self) -> None:
        from ..sources import fetch
        from .made import SHARES, speak

        if self.hours_made:
            fetch(SOURCES)
        for engine in ENGINES if self.hours_made else ():
            source = SpeechSource(self.at(engine))
            if not source.is_there:
                speak(engine, SHARES[engine] * self.hours_made, SOURCES, source, self.seed)

    def written_down(self, said: list[np.ndarray]) -> list[list[str]]:
        """By Moonshine; digits are read by ways_of."""
        from ..voices.moonshine import Moonshine

        moonshine, real = (
            Moonshine(self.moonshine()),
            [samples.astype(np.float32) / 32768 for samples in said],
        )
        parts = (real[first : first + MOONSHINE_LINES] for first in range(0, len(real), MOONSHINE_LINES))
        return [words for part in parts for words in moonshine.words(part)]

    def moonshine(self) -> Path:
        from ..voices.moonshine import fetch_moonshine

        fetch_moonshine(self.at("moonshine"))
        return self.at("moonshine")

    def copies(self) -> None:
        for number, source in enumerate(self.speech_sources()):
            source.write_copies(self.used_copies(), self.folders.rooms, self.seed + 100 * number)
        if self.folders.sounds and not Sequences.is_there(self.at("sounds")):
            write_sounds(self.folders.sounds, self.at("sounds"))

    def speech_sources(self) -> list[SpeechSource]:
        """What there is, people first."""
        engines = [SpeechSource(self.at(engine)) for engine in ENGINES]
        return [self.of_people, *(source for source in engines if source.is_there)]

    def used_copies(self):
        return [copy for copy in COPIES if self.folders.rooms or not copy.in_room]

    def teacher(self) -> None:
        from .encoder import Encoder
        from .teacher import write_views

        if not Sequences.is_there(self.at("views")):
            encoder = Encoder(self.moonshine() / "encoder_model.onnx")
            write_views(encoder, list(Sequences(self.at("sound"))), self.at("views"))

    def fit(self) -> None:
        from .fit import fit

        fit(
            self.lessons(),
            self.at("student.checkpoint"),
            self.at("student.pt"),
            self.seconds,
            self.peak,
            self.seed,
            self.start,
        )

    def quantise(self) -> None:
        import torch

        from ..networks.network import Network
        from ..networks.quantise import export, quantised
        from ..networks.restart import as_it_is, between
        from ..networks.shapes import PHONES
        from .calibration import calibrate, uncalibrate
        from .fit import measuring_batches

        network = Network(PHONES)
        network.load_state_dict(torch.load(self.at("student.pt")))
        network.fold()
        if self.start:
            first = as_it_is(self.start)
            uncalibrate(first)
            network = between(first, network, self.share)
        calibrate(network)
        export(network, quantised(network, measuring_batches(self.lessons().mixer)), self.at("phones.npz"))

    def convert(self) -> None:
        from ..tflite.convert import convert_phones

        convert_phones(self.at("phones.npz"), self.out / "phones" / "phones.tflite")

    def report(self) -> None:
        from .report import report

        noise = half_decibels(sound(self.folders.noise)) if self.folders.noise else None
        report(self.at("phones.npz"), self.out / "phones" / "phones.tflite", self.held_out(), noise)

    # what the stages share

    def held_out(self) -> list:
        from .measure import Said, groups_of

        bands = Sequences(self.at(COPIES[0].name))
        return [
            Said(bands[row], one["ways"], groups_of(one["corpus"], one["age"]))
            for row, one in enumerate(self.of_people.index())
            if one["split"] == "dev" and one["ways"] and len(bands[row])
        ]

    def utterances(self, frames: list[int]) -> list:
        """What is learnt from: transcribed, neither endless nor too short for what is said."""
        from .mix import Utterance
        from .said import usual

        found = []
        for row, one in enumerate(one for source in self.speech_sources() for one in source.index()):
            labels = usual(one["ways"])
            fits = len(labels) * FEWEST_FRAMES_A_PHONE < frames[row]
            if (
                one["split"] == "train"
                and labels
                and SHORTEST_FRAMES <= frames[row] < LONGEST_FRAMES
                and fits
            ):
                found.append(Utterance(one["corpus"], labels, one["ways"], row, frames[row]))
        return found

    def lessons(self):
        from .fit import TAIL, Lessons
        from .measure import Measured
        from .mix import Mixer
        from .teacher import Teacher

        sources = self.speech_sources()
        copies = [(copy, AllSources(sources, copy.name)) for copy in self.used_copies()]
        sounds = [s for s in Sequences(self.at("sounds")) if len(s)] if self.folders.sounds else []
        utterances = self.utterances([len(frames) for frames in copies[0][1]])
        mixer = Mixer(utterances, copies, sounds, np.random.default_rng(self.seed), TAIL)
        has_views = Sequences.is_there(self.at("views"))
        teacher = Teacher(AllSources(sources, "views"), self.at("views")) if has_views else None
        return Lessons(mixer, teacher, Measured(self.held_out(), TAIL))
