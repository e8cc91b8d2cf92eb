"""The model's folder: int8 file, manifest, and the card with its tables and its curve."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import torch

from .convert import convert_wake
from .convert_verifier import convert_verifier, verifier_as_it_is
from .embedding import NUMBERS, StoredEmbedding
from .fit_verifier import BATCH, HIDDEN, Verifier
from .fit_wake import Examples
from .networks import Network
from .places import EMBEDDING, PHONE_MODEL
from .quantise import export, quantised
from .restart import as_it_is
from .second_look import MOST_LOSS_NATS, SURE_LOGIT_NATS
from .shapes import STACK, WAKE
from .wake_curve import curve
from .wake_embeddings import WINDOW
from .wake_fitting import KINDS, positives_of, stretches_of
from .wake_measure import WORD, Development, Measured, PhoneModel, WordVerifier, poisson, wilson
from .wake_points import (
    ARENA_BYTES,
    LOOK_CUTOFFS,
    Point,
    best_alone,
    choose,
    fewest_false,
    highest_cutoff,
    read_points,
    write_manifest,
)
from .wake_verifier import examples_of, read_verifier

CALIBRATION_BATCHES = 20
LEARNT = "## Learnt from\n"  # what stands on a card from there
VERIFIER = "The verifier"  # to there is of the wake model,
MEASURED = "## Measured on the development set\n"  # to there of the verifier
PICTURE = "![misses against false wakes](curve.svg)\n"  # what follows it on a card was measured elsewhere


def write_model(run) -> None:
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
    path, old = folder / "CARD.md", ""
    if run.keeps_points:
        points, old = read_points(folder), path.read_text(encoding="utf-8")
        alone = development.alone(points["normal"].window)
    else:
        alone = best_alone(development)
        points = choose(alone, {at: development.with_look(alone.window, at) for at in LOOK_CUTOFFS})
        weights = run.weights.with_suffix(".npz")
        export(network, int8, weights)
        convert_wake(weights, model)
        write_manifest(run.phrase, points, folder)
    (folder / "curve.svg").write_text(curve(run.phrase.text, alone), encoding="utf-8")
    looks = {name: development.with_look(*looking(point)) for name, point in points.items()}
    unverified = development.with_look(*looking(points["normal"]), is_verified=False)
    text = card(
        old,
        introduced(run.phrase, points, model),
        None if run.keeps_points else learnt_by_wake_model(run, examples),
        None if run.keeps_verifier else learnt_by_verifier(run, examples),
        measured(run, points, alone, looks, unverified),
    )
    path.write_text(text, encoding="utf-8")


def card(
    old: str,
    introduction: list[str],
    of_wake_model: list[str] | None,
    of_verifier: list[str] | None,
    results: list[str],
) -> str:
    """Of its parts in lines. What was not learnt anew, None, stays as the old card has it, and so does what
    that has below its picture."""
    parts = [
        *introduction,
        *(kept(old, LEARNT, VERIFIER) if of_wake_model is None else of_wake_model),
        *(kept(old, VERIFIER, MEASURED) if of_verifier is None else of_verifier),
        *results,
    ]
    return "\n".join(parts) + old.partition(PICTURE)[2]


def looking(point: Point) -> tuple[int, float, float]:
    return point.window, point.look_cutoff, point.unsure_loss_nats


def kept(card: str, start: str, end: str) -> list[str]:
    """What a card says from `start` to `end`, in lines."""
    return (start + card.partition(start)[2].partition(end)[0]).splitlines()


def fitted(run) -> Network:
    network = Network(WAKE)
    network.load_state_dict(torch.load(run.weights, map_location="cpu"))
    return network


def written_verifier(run, out: Path) -> Verifier:
    torch.manual_seed(run.seed)  # so that its ranges, and bytes, are the same whenever it is written
    verifier = read_verifier(run)
    convert_verifier(verifier, examples_of(run).batch()[0], out)
    return verifier


def development_of(run, network, int8, verifier: Verifier) -> Development:
    shards = run.scene_shards("positives", is_development=True)
    development = Development(
        network,
        int8,
        positives_of(run, is_development=True),
        np.concatenate([np.load(shard)["snr_db"] for shard in shards]),
        stretches_of(run, is_development=True),
    )
    kinds = {WORD: "positives", **KINDS}
    mels = {
        name: np.concatenate([np.load(shard)["mels"] for shard in shards])
        for name, kind in kinds.items()
        if (shards := run.scene_shards(kind, is_development=True))
    }
    development.verify(WordVerifier(StoredEmbedding(EMBEDDING), verifier), mels)
    development.align(PhoneModel(PHONE_MODEL.parent), run.phrase.merged_ways(), mels)
    return development


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


def introduced(phrase, points: dict[str, Point], model: Path) -> list[str]:
    normal = points["normal"]
    return [
        f"# {phrase.text}: a wake word",
        "",
        f'Made by `npm run wake:train -- "{phrase.text}"` from text alone: the word from synthetic voices.',
        f"It wakes when the mean of {normal.window} steps of 30 ms passes {normal.cutoff:.3f}; where a phone",
        f"model takes a second look, from {normal.look_cutoff:.2f} on if a phone of the word loses at most",
        f"{normal.look_loss_nats:.2f} nats there, or more the surer the wake model and the verifier are.",
        *strictness(points),
        "",
        *table(["", ""], facts(phrase, model)),
        "",
    ]


def learnt_by_wake_model(run, examples: Examples) -> list[str]:
    settings = run.settings
    return [
        LEARNT,
        *table(["kind", "voice", "sayings", "scenes of each"], learnt_from(run)),
        "",
        *ABOUT_PEOPLE,
        "",
        f"{scenes_of(examples)}. {settings.batches:,} batches of {settings.batch};",
        f"{settings.minings} times the worst mistakes were found anew and shown more often. Seed {run.seed}.",
        "",
    ]


def learnt_by_verifier(run, examples: Examples) -> list[str]:
    return [
        f"{VERIFIER} learnt from {scenes_of(examples)},",
        f"as `models/embedding` hears them. {run.settings.verifier_batches:,} batches of {BATCH}.",
        "",
    ]


def scenes_of(examples: Examples) -> str:
    return f"{len(examples.positives):,} scenes with the word; " + ", ".join(
        f"{s.hours:.1f} h of {NAMES[kind]}" for kind, s in examples.stretches.items()
    )


def measured(
    run, points: dict[str, Point], alone: Measured, looks: dict[str, Measured], unverified: Measured
) -> list[str]:
    return [
        MEASURED,
        "The development set: a voice (joe), rooms, noises and texts training never heard, voices of Kokoro,",
        "lines of the actors and music that were kept for it. Cutoffs that were chosen on it make it",
        "somewhat too kind. The second look and the verifier are counted in floats, as",
        "`models/train/second_look.py` takes them.",
        *read_back(run),
        "",
        *table(
            ["sensitivity", "cutoff", *SNRS.values(), f"false wakes in {hours_of(alone)}"],
            rows_of(points, alone, looks),
        ),
        "",
        *sentences_about(alone, looks["normal"], unverified, points["normal"]),
        "",
        PICTURE,
    ]


def strictness(points: dict[str, Point]) -> list[str]:
    strict = {name: p.unsure_loss_nats for name, p in points.items() if p.unsure_loss_nats < MOST_LOSS_NATS}
    if not strict:
        return []
    most = ", ".join(
        f"{nats:.2f} nats at {' and '.join(name for name in strict if strict[name] == nats)}"
        for nats in sorted({*strict.values()})
    )
    return [
        f"Where the verifier gives the word less than {SURE_LOGIT_NATS:g} nats, a phone may lose at most",
        f"{most} sensitivity, however sure the wake model is.",
    ]


def read_back(run) -> list[str]:
    if run.keeps_verifier:
        return ["All floats are those of the int8 files, read back."]
    return ["The wake model's floats are those of its int8 file, read back."] if run.keeps_points else []


def facts(phrase, model: Path) -> list[list[str]]:
    kernels = ", ".join(map(str, WAKE.kernels))
    return [
        ["said as", "; ".join(" ".join(way) for way in phrase.bare_ways())],
        ["network", f"120 → {WAKE.channels}, depthwise {kernels}, each with pointwise, one output"],
        ["size", f"{model.stat().st_size:,} bytes, weights int8 by channel"],
        ["multiply-adds", f"{WAKE.multiplies_a_step * 100 / STACK / 1e6:.2f} M a second"],
        [
            "verifier",
            f"{WINDOW} of `models/embedding`, {WINDOW * NUMBERS:,} numbers → {HIDDEN} → {HIDDEN} → 1, "
            f"{verifier_of(model).stat().st_size:,} bytes",
        ],
        ["arena", f"{arena_bytes(model):,} bytes with the `tflite-micro` wheel (portable kernels)"],
    ]


def sentences_about(alone: Measured, look: Measured, unverified: Measured, normal: Point) -> list[str]:
    """What the speaker does at `normal`; what the second look and the verifier gain and cost there."""
    losing = -normal.look_loss_nats
    missed, scenes = look.missed(losing)
    low, high = (100 * bound for bound in wilson(missed, scenes))
    woken, hours = sum(look.woken(losing).values()), sum(look.hours.values())
    instead = sum(alone.woken(highest_cutoff(alone, missed)).values())
    looked = sum(alone.woken(normal.look_cutoff).values())
    share = f"{100 * missed / scenes:.1f} % ({low:.1f} to {high:.1f})"
    return [
        f"At `normal`, with a second look: {missed} of {scenes} missed, {share}; {woken} false wakes",
        f"in {hours:.2f} h: at most {poisson(woken)[1] / hours:.1f} an hour (95 %). The wake model by itself",
        f"would, missing no more, wake falsely {instead} times; with the second look but no verifier",
        f"{fewest_false(unverified, missed)} times. It looks {looked / hours:.0f} times an hour.",
    ]


ABOUT_PEOPLE = [
    "Nobody real said the word. `people` speak French, Italian, Russian and some twenty other languages:",
    "telephone prompts (Debian's `asterisk-core-sounds-*-g722`, CC BY-SA 3.0) and a game for children",
    "(`ktuberling-data`, GPL). `actors` play English in two games that Debian has",
    "(`flight-of-the-amazon-queen`, `beneath-a-steel-sky`); where a recogniser found the word or its like in",
    "what they say, nothing was learnt. `games` are music, noises and voices of twenty-two others",
    "(`models/train/music.py` names them). No sound of any is in the model.",
]
NAMES = {"near": "near misses", "other": "other speech", "music": "music and noises"}
SNRS = {np.inf: "missed, no noise", 20: "20 dB", 10: "10 dB", 5: "5 dB"}


def learnt_from(run) -> list[list[str]]:
    rows = []
    for job in run.every_job:
        if not job.is_development:
            spoken = sum(len(np.load(shard)["marks"]) for shard in run.speech(job))
            rows.append([job.kind, job.voice, f"{spoken:,}", str(job.copies)])
    return rows


def rows_of(points: dict[str, Point], alone: Measured, looks: dict[str, Measured]) -> list[list[str]]:
    rows = []
    for name, point in points.items():
        rows.append([f"{name}, by itself", f"{point.cutoff:.3f}", *counts(alone, point.cutoff)])
        what = f"{point.look_cutoff:.2f}, {point.look_loss_nats:.2f} nats"
        rows.append([f"{name}, with a second look", what, *counts(looks[name], -point.look_loss_nats)])
    return rows


def counts(measured: Measured, cutoff: float) -> list[str]:
    missed = [measured.missed(cutoff, snr_db) for snr_db in SNRS]
    woken = ", ".join(f"{count} in {NAMES[kind]}" for kind, count in measured.woken(cutoff).items())
    return [*(f"{100 * m / n:.1f} % of {n}" for m, n in missed), woken]


def hours_of(measured: Measured) -> str:
    return " and ".join(f"{hours:.2f} h of {NAMES[kind]}" for kind, hours in measured.hours.items())


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
