"""A wake word's card, from its facts, its points and its files. Nothing is measured here."""

from pathlib import Path

from ..embedding.shape import NUMBERS
from ..networks.shapes import STACK, WAKE
from ..verifier.shape import HIDDEN, WINDOW
from .facts import Count, Facts, Scenes
from .intervals import poisson, wilson
from .manifest import Point
from .phrase import Phrase
from .second_look import MOST_LOSS_NATS, SURE_LOGIT_NATS

CLEAN = "clean"
NOISES = {CLEAN: "missed, no noise", "20": "20 dB", "10": "10 dB", "5": "5 dB"}
KINDS = {"near": "near misses", "other": "other speech", "music": "music and noises"}
READ_BACK = {
    "nothing": [],
    "wake model": ["The wake model's floats are those of its int8 file, read back."],
    "all": ["All floats are those of the int8 files, read back."],
}
ABOUT_PEOPLE = [
    "Nobody real said the word. `people` speak French, Italian, Russian and some twenty other languages:",
    "telephone prompts (Debian's `asterisk-core-sounds-*-g722`, CC BY-SA 3.0) and a game for children",
    "(`ktuberling-data`, GPL). `actors` play English in two games that Debian has",
    "(`flight-of-the-amazon-queen`, `beneath-a-steel-sky`); where a recogniser found the word or its like in",
    "what they say, nothing was learnt. `games` are music, noises and voices of twenty-two others",
    "(`models/train/scenes/music.py` names them). No sound of any is in the model.",
]


def card_text(phrase: Phrase, points: dict[str, Point], facts: Facts, folder: Path) -> str:
    """Ends with the folder's `elsewhere.md`, if there: what recordings of people and others showed."""
    elsewhere = folder / "elsewhere.md"
    lines = [
        *introduction(phrase, points),
        *table(["", ""], about_files(phrase, facts, folder)),
        "",
        *learnt_from(facts),
        *measured(points, facts),
        "",
        "![misses against false wakes](curve.svg)",
        "",
    ]
    return "\n".join(lines) + (elsewhere.read_text(encoding="utf-8") if elsewhere.exists() else "")


def introduction(phrase: Phrase, points: dict[str, Point]) -> list[str]:
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


def about_files(phrase: Phrase, facts: Facts, folder: Path) -> list[list[str]]:
    kernels = ", ".join(map(str, WAKE.kernels))
    model, verifier = (folder / f"{phrase.name}{end}.tflite" for end in ("", "-verifier"))
    return [
        ["said as", "; ".join(" ".join(way) for way in phrase.bare_ways())],
        ["network", f"120 → {WAKE.channels}, depthwise {kernels}, each with pointwise, one output"],
        ["size", f"{model.stat().st_size:,} bytes, weights int8 by channel"],
        ["multiply-adds", f"{WAKE.multiplies_a_step * 100 / STACK / 1e6:.2f} M a second"],
        [
            "verifier",
            f"{WINDOW} of `models/embedding`, {WINDOW * NUMBERS:,} numbers → {HIDDEN} → {HIDDEN} → 1, "
            f"{verifier.stat().st_size:,} bytes",
        ],
        ["arena", f"{facts.arena_bytes:,} bytes with the `tflite-micro` wheel (portable kernels)"],
    ]


def learnt_from(facts: Facts) -> list[str]:
    learnt, verifier = facts.wake_model, facts.verifier
    mined = f"{learnt.minings} times the worst mistakes were found anew and shown more often."
    rows = [[s.kind, s.voice, f"{s.sayings:,}", str(s.scenes_of_each)] for s in learnt.speech]
    return [
        "## Learnt from",
        "",
        *table(["kind", "voice", "sayings", "scenes of each"], rows),
        "",
        *ABOUT_PEOPLE,
        "",
        f"{scenes_of(learnt.scenes)}. {learnt.scenes.batches:,} batches of {learnt.scenes.batch};",
        f"{mined} Seed {learnt.seed}.",
        "",
        f"The verifier learnt from {scenes_of(verifier)},",
        f"as `models/embedding` hears them. {verifier.batches:,} batches of {verifier.batch}.",
        "",
    ]


def scenes_of(scenes: Scenes) -> str:
    hours = ", ".join(f"{hours:.1f} h of {KINDS[kind]}" for kind, hours in scenes.hours.items())
    return f"{scenes.positives:,} scenes with the word; {hours}"


def measured(points: dict[str, Point], facts: Facts) -> list[str]:
    found = facts.measured
    hours = " and ".join(f"{hours:.2f} h of {KINDS[kind]}" for kind, hours in found.hours.items())
    rows = []
    for name, point in points.items():
        rows.append([f"{name}, by itself", f"{point.cutoff:.3f}", *cells_of(found.alone[name])])
        what = f"{point.look_cutoff:.2f}, {point.look_loss_nats:.2f} nats"
        rows.append([f"{name}, with a second look", what, *cells_of(found.with_look[name])])
    return [
        "## Measured on the development set",
        "",
        "The development set: a voice (joe), rooms, noises and texts training never heard, voices of Kokoro,",
        "lines of the actors and music that were kept for it. Cutoffs that were chosen on it make it",
        "somewhat too kind. The second look and the verifier are counted in floats, as",
        "`models/train/wake/second_look.py` takes them.",
        *READ_BACK[found.read_back],
        "",
        *table(["sensitivity", "cutoff", *NOISES.values(), f"false wakes in {hours}"], rows),
        "",
        *at_normal(facts),
    ]


def cells_of(count: Count) -> list[str]:
    missed = [f"{100 * m / n:.1f} % of {n}" for m, n in (count.missed[noise] for noise in NOISES)]
    return [*missed, ", ".join(f"{woken} in {KINDS[kind]}" for kind, woken in count.woken.items())]


def at_normal(facts: Facts) -> list[str]:
    """What the speaker does there, and what the second look and the verifier gain and cost."""
    found = facts.measured
    look = found.with_look["normal"]
    missed, scenes = (sum(pair[at] for pair in look.missed.values()) for at in (0, 1))
    low, high = (100 * bound for bound in wilson(missed, scenes))
    woken, hours = sum(look.woken.values()), sum(found.hours.values())
    share = f"{100 * missed / scenes:.1f} % ({low:.1f} to {high:.1f})"
    return [
        f"At `normal`, with a second look: {missed} of {scenes} missed, {share}; {woken} false wakes",
        f"in {hours:.2f} h: at most {poisson(woken)[1] / hours:.1f} an hour (95 %). The wake model by itself",
        f"would, missing no more, wake falsely {found.alone_instead} times; with the second look but no"
        " verifier",
        f"{found.unverified_instead} times. It looks {found.looks_an_hour} times an hour.",
    ]


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
