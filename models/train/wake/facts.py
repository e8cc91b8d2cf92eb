"""What a run learnt from and measured, kept beside the model as `card.json`: the card is made from it, so
that what is not learnt anew stays as it was."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "card.json"


@dataclass(frozen=True)
class Speech:
    kind: str
    voice: str
    sayings: int
    scenes_of_each: int


@dataclass(frozen=True)
class Scenes:
    """What one network was shown: scenes with the word, hours without it by kind, batches."""

    positives: int
    hours: dict[str, float]
    batches: int
    batch: int


@dataclass(frozen=True)
class Learnt:
    """What the wake model learnt from."""

    speech: tuple[Speech, ...]
    scenes: Scenes
    minings: int
    seed: int


@dataclass(frozen=True)
class Count:
    """At one point: scenes missed and said by signal to noise in dB (or `clean`), false wakes by kind."""

    missed: dict[str, tuple[int, int]]
    woken: dict[str, int]


@dataclass(frozen=True)
class Measured:
    """On the development set. `read_back` names what was measured as its int8 file has it."""

    read_back: str  # "nothing", "wake model" or "all"
    hours: dict[str, float]
    alone: dict[str, Count]  # by sensitivity
    with_look: dict[str, Count]
    alone_instead: int  # false wakes of the wake model by itself that misses as many as normal with a look
    unverified_instead: int  # the same with a look but no verifier
    looks_an_hour: int


@dataclass(frozen=True)
class Facts:
    wake_model: Learnt
    verifier: Scenes
    measured: Measured
    arena_bytes: int


def write_facts(facts: Facts, folder: Path) -> None:
    (folder / FILE).write_text(json.dumps(asdict(facts), indent=2) + "\n", encoding="utf-8")


def read_facts(folder: Path) -> Facts:
    kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
    learnt, measured = kept["wake_model"], kept["measured"]
    return Facts(
        Learnt(
            tuple(Speech(**one) for one in learnt["speech"]),
            Scenes(**learnt["scenes"]),
            learnt["minings"],
            learnt["seed"],
        ),
        Scenes(**kept["verifier"]),
        Measured(
            **{
                **measured,
                "alone": counts_of(measured["alone"]),
                "with_look": counts_of(measured["with_look"]),
            }
        ),
        kept["arena_bytes"],
    )


def counts_of(kept: dict) -> dict[str, Count]:
    return {
        name: Count({noise: tuple(pair) for noise, pair in count["missed"].items()}, count["woken"])
        for name, count in kept.items()
    }
