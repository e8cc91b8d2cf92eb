"""Writes a wake word's folder: int8 files, manifest, curve, and the card with the facts that make it."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from ..embedding.network import StoredEmbedding
from ..networks.network import Network
from ..networks.quantise import export, quantised
from ..networks.restart import as_it_is
from ..networks.shapes import WAKE
from ..places import EMBEDDING, PHONE_MODEL
from ..tflite.convert import convert_wake
from ..verifier.convert import convert_verifier, verifier_as_it_is
from ..verifier.fit import BATCH, Verifier
from ..verifier.verifier import examples_of, read_verifier
from . import facts
from .card_text import CLEAN, card_text
from .curve import curve
from .fit import Examples
from .fitting import KINDS, positives_of, stretches_of
from .manifest import ARENA_BYTES, Point, read_points, write_manifest
from .measure import WORD, Development, Measured, PhoneModel, WordVerifier
from .points import LOOK_CUTOFFS, best_alone, choose, fewest_false, highest_cutoff
from .run import WakeRun

CALIBRATION_BATCHES = 20
SNRS_DB = {CLEAN: np.inf, "20": 20, "10": 10, "5": 5}


def write_model(run: WakeRun) -> None:
    torch.manual_seed(run.seed)
    folder = run.out / run.phrase.name
    model = folder / f"{run.phrase.name}.tflite"
    network = as_it_is(model) if run.keeps_points else fitted(run)
    # without learning there are scenes of the development set alone
    examples = Examples(
        positives_of(run, run.keeps_verifier), stretches_of(run, run.keeps_verifier), run.settings.batch
    )
    int8 = quantised(network, (examples.batch()[0] for _ in range(CALIBRATION_BATCHES)))
    if run.keeps_verifier:
        verifier = verifier_as_it_is(verifier_of(model))
    else:
        verifier = written_verifier(run, verifier_of(model))
    development = development_of(run, network, int8, verifier)
    if run.keeps_points:
        points = read_points(folder)
        alone = development.alone(points["normal"].window)
    else:
        alone = best_alone(development)
        points = choose(alone, {at: development.with_look(alone.window, at) for at in LOOK_CUTOFFS})
        weights = run.weights.with_suffix(".npz")
        export(network, int8, weights)
        convert_wake(weights, model)
        write_manifest(run.phrase, points, folder)
    (folder / "curve.svg").write_text(curve(run.phrase.text, alone), encoding="utf-8")
    found = facts_of(run, examples, measured(run, points, alone, development), model)
    facts.write_facts(found, folder)
    (folder / "CARD.md").write_text(card_text(run.phrase, points, found, folder), encoding="utf-8")


def facts_of(run: WakeRun, examples: Examples, measured: facts.Measured, model: Path) -> facts.Facts:
    """What is not learnt anew stays as it was."""
    if run.keeps_points:
        found = replace(facts.read_facts(model.parent), measured=measured)
        return found if run.keeps_verifier else replace(found, verifier=learnt_by_verifier(run, examples))
    return facts.Facts(
        learnt_by_wake_model(run, examples), learnt_by_verifier(run, examples), measured, arena_bytes(model)
    )


def learnt_by_wake_model(run: WakeRun, examples: Examples) -> facts.Learnt:
    speech = tuple(
        facts.Speech(
            job.kind, job.voice, sum(len(np.load(shard)["marks"]) for shard in run.speech(job)), job.copies
        )
        for job in run.every_job
        if not job.is_development
    )
    scenes = scenes_of(examples, run.settings.batches, run.settings.batch)
    return facts.Learnt(speech, scenes, run.settings.minings, run.seed)


def learnt_by_verifier(run: WakeRun, examples: Examples) -> facts.Scenes:
    return scenes_of(examples, run.settings.verifier_batches, BATCH)


def scenes_of(examples: Examples, batches: int, batch: int) -> facts.Scenes:
    hours = {kind: round(stretches.hours, 2) for kind, stretches in examples.stretches.items()}
    return facts.Scenes(len(examples.positives), hours, batches, batch)


def measured(
    run: WakeRun, points: dict[str, Point], alone: Measured, development: Development
) -> facts.Measured:
    normal = points["normal"]
    looks = {name: development.with_look(*looking(point)) for name, point in points.items()}
    unverified = development.with_look(*looking(normal), is_verified=False)
    missed, _ = looks["normal"].missed(-normal.look_loss_nats)
    hours = {kind: round(hours, 2) for kind, hours in alone.hours.items()}
    looked = sum(alone.woken(normal.look_cutoff).values())
    return facts.Measured(
        "all" if run.keeps_verifier else "wake model" if run.keeps_points else "nothing",
        hours,
        {name: count_at(alone, point.cutoff) for name, point in points.items()},
        {name: count_at(looks[name], -point.look_loss_nats) for name, point in points.items()},
        sum(alone.woken(highest_cutoff(alone, missed)).values()),
        fewest_false(unverified, missed),
        round(looked / sum(alone.hours.values())),
    )


def count_at(measured: Measured, cutoff: float) -> facts.Count:
    missed = {noise: measured.missed(cutoff, snr_db) for noise, snr_db in SNRS_DB.items()}
    return facts.Count(missed, measured.woken(cutoff))


def looking(point: Point) -> tuple[int, float, float]:
    return point.window, point.look_cutoff, point.unsure_loss_nats


def fitted(run: WakeRun) -> Network:
    network = Network(WAKE)
    network.load_state_dict(torch.load(run.weights, map_location="cpu"))
    return network


def written_verifier(run: WakeRun, out: Path) -> Verifier:
    torch.manual_seed(run.seed)  # so that its ranges, and bytes, are the same whenever it is written
    verifier = read_verifier(run)
    convert_verifier(verifier, examples_of(run).batch()[0], out)
    return verifier


def development_of(run: WakeRun, network, int8, verifier: Verifier) -> Development:
    shards = run.scene_shards("positives", is_development=True)
    development = Development(
        network,
        int8,
        positives_of(run, is_development=True),
        np.concatenate([np.load(shard)["snr_db"] for shard in shards]),
        stretches_of(run, is_development=True),
    )
    mels, phones = heard_in_scenes(run, "mels"), PhoneModel(PHONE_MODEL.parent)
    development.verify(WordVerifier(StoredEmbedding(EMBEDDING), verifier), mels)
    development.align(phones, run.phrase.merged_ways(), heard_in_scenes(run, phones.hears), mels)
    return development


def heard_in_scenes(run: WakeRun, name: str) -> dict[str, np.ndarray]:
    """int8 [rows, frames, bands] of one of KINDS_OF_FRAMES, by kind of scene."""
    return {
        word: np.concatenate([np.load(shard)[name] for shard in shards])
        for word, kind in {WORD: "positives", **KINDS}.items()
        if (shards := run.scene_shards(kind, is_development=True))
    }


def verifier_of(model: Path) -> Path:
    return model.with_name(f"{model.stem}-verifier.tflite")


def arena_bytes(model: Path) -> int:
    """The least with which the official interpreter runs it, to 64 bytes."""
    low, high = 1024, 2 * ARENA_BYTES
    while high - low > 64:
        middle = (low + high) // 2
        code = (
            "import sys, numpy; from tflite_micro import runtime\n"
            f"r = runtime.Interpreter.from_file({str(model)!r}, arena_size={middle})\n"
            "r.set_input(numpy.zeros((1, 3, 40), numpy.int8), 0); r.invoke()"
        )
        works = subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
        low, high = (low, middle) if works else (middle, high)
    return high
