"""A wake word's `model.json`, and the points that stand in it."""

import json
from dataclasses import dataclass
from pathlib import Path

from .phrase import Phrase
from .second_look import MOST_LOSS_NATS

ARENA_BYTES = 26 * 1024  # what a chip keeps for one wake word


@dataclass(frozen=True)
class Point:
    """A place on the curve: where the wake model wakes by itself, and where a second look is worth it."""

    cutoff: float
    look_cutoff: float
    look_loss_nats: float
    window: int
    unsure_loss_nats: float = MOST_LOSS_NATS  # where no verifier is sure


def write_manifest(phrase: Phrase, points: dict[str, Point], folder: Path) -> None:
    """microWakeWord's, version 2, and what only Earshot reads."""
    micro = {
        name: {"probability_cutoff": round(p.cutoff, 3), "sliding_window_size": p.window}
        for name, p in points.items()
    }
    is_strict = any(p.unsure_loss_nats != MOST_LOSS_NATS for p in points.values())
    look = {name: second_look_of(p, is_strict) for name, p in points.items()}
    manifest = {
        "type": "micro",
        "wake_word": phrase.text,
        "author": "Earshot",
        "website": "",
        "model": f"{phrase.name}.tflite",
        "trained_languages": ["en"],
        "version": 2,
        "micro": {
            **micro["normal"],
            "feature_step_size": 10,
            "tensor_arena_size": ARENA_BYTES,
            "minimum_esphome_version": "2024.7.0",
        },
        "earshot": {
            "pronunciations": phrase.merged_ways(),
            "verifier": f"{phrase.name}-verifier.tflite",
            "secondLook": look["normal"],
            "sensitivity": {name: {**micro[name], "secondLook": look[name]} for name in points},
        },
    }
    (folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def second_look_of(point: Point, is_strict: bool) -> dict[str, float]:
    look = {"probability_cutoff": round(point.look_cutoff, 3), "loss_nats": point.look_loss_nats}
    return {**look, "unsure_loss_nats": point.unsure_loss_nats} if is_strict else look


def read_points(folder: Path) -> dict[str, Point]:
    """Those that the manifest has."""
    own = json.loads((folder / "model.json").read_text(encoding="utf-8"))["earshot"]
    unsure_loss_nats = own["secondLook"].get("unsure_loss_nats", MOST_LOSS_NATS)
    return {
        name: Point(
            point["probability_cutoff"],
            point["secondLook"]["probability_cutoff"],
            point["secondLook"]["loss_nats"],
            point["sliding_window_size"],
            point["secondLook"].get("unsure_loss_nats", unsure_loss_nats),
        )
        for name, point in own["sensitivity"].items()
    }
