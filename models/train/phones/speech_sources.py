"""What is learnt from, by source: people, and each engine that speaks. Each has a folder of the cache."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .store import Copy, Sequences, half_decibels, responses, sound, write_copy
from .teacher import DIRECTIONS

SOUNDS = (".opus", ".ogg", ".flac", ".wav")


@dataclass(frozen=True)
class SpeechSource:
    """`index.json` says who speaks and in which ways each word may be said; `sound`, each copy and the
    teacher's views are sequences in the same order."""

    folder: Path

    def at(self, name: str) -> Path:
        return self.folder / name

    @property
    def is_there(self) -> bool:
        return self.at("index.json").exists()

    def index(self) -> list[dict]:
        return json.loads(self.at("index.json").read_text(encoding="utf-8"))

    def write(self, said: list[np.ndarray], rows: list[dict]) -> None:
        """int16 at 16 kHz, and a row of the index for each."""
        self.folder.mkdir(parents=True, exist_ok=True)
        Sequences.write(self.at("sound"), said)
        self.at("index.json").write_text(json.dumps(rows), encoding="utf-8")

    def write_copies(self, copies: list[Copy], rooms: Path | None, seed: int) -> None:
        said, rooms = Sequences(self.at("sound")), responses(rooms) if rooms else []
        for number, copy in enumerate(copies):
            if not Sequences.is_there(self.at(copy.name)):
                write_copy(copy, said, rooms, self.at(copy.name), seed + number)


class AllSources:
    """The sequences of several sources as if they were one; a source that has none counts as empty
    ones."""

    def __init__(self, sources: list[SpeechSource], name: str, size: int = DIRECTIONS):
        self.sequences = [
            Sequences(source.at(name)) if Sequences.is_there(source.at(name)) else None for source in sources
        ]
        self.firsts = np.cumsum([0, *(len(source.index()) for source in sources)])
        self.nothing = np.zeros((0, size), np.float16)

    def __len__(self) -> int:
        return int(self.firsts[-1])

    def __getitem__(self, index: int) -> np.ndarray:
        source = int(np.searchsorted(self.firsts, index, side="right")) - 1
        sequences = self.sequences[source]
        return self.nothing if sequences is None else sequences[index - int(self.firsts[source])]


def write_sounds(folder: Path, out: Path) -> None:
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in SOUNDS]
    Sequences.write(out, [half_decibels(sound(path)) for path in paths])
