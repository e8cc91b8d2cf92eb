"""Speech shards to scenes on every core: positives of one word, stretches without it."""

from collections.abc import Iterable
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from ..interrupt import leave_interrupts_to_the_parent
from ..progress import finish
from ..scenes.augment import Surroundings, at_16_khz
from ..voices.synth import load_shard
from .scenes import KINDS_OF_FRAMES, STREAM, Said, positive, some_snr_db, stretch, without_talk

DEVELOPMENT_SNRS_DB = (np.inf, 20, 10, 5)

_around: Surroundings | None = None
_talk: list[np.ndarray] = []
_is_development = False


def read_talk(shards: Iterable[Path], count: int) -> list[np.ndarray]:
    """Other speech at 16 kHz."""
    talk = []
    for shard in shards:
        talk += [at_16_khz(samples, None)[0] for samples, _, _ in load_shard(shard) if len(samples)]
        if len(talk) >= count:
            break
    return talk[:count]


def said_in(shard: Path) -> list[Said]:
    return [Said(*row) for row in load_shard(shard)]


def _positives(job: tuple[Path, Path, int, int]) -> None:
    source, out, copies, seed = job
    rng, rows, scenes, snrs = np.random.default_rng([seed, int(source.stem)]), said_in(source), [], []
    for copy in range(copies):
        for said in rows:
            snr_db = DEVELOPMENT_SNRS_DB[copy % 4] if _is_development else some_snr_db(rng)
            scenes.append(positive(said, _talk, _around, rng, snr_db))
            snrs.append(snr_db)
    frames = {name: np.array([scene[name] for scene in scenes]) for name in KINDS_OF_FRAMES}
    save(out, **frames, snr_db=np.array(snrs))


def _stretches(job: tuple[Path, Path, int, int]) -> None:
    source, out, copies, seed = job
    rng, sounds, spans, phones = np.random.default_rng([seed, int(source.stem)]), [], [], []
    for _ in range(copies):
        rows = said_in(source)
        supply = [rows[index] for index in rng.permutation(len(rows))]
        while supply:
            made, said = stretch(supply, _around, rng)
            spans += [(len(sounds), first, last, len(what)) for first, last, what in said]
            phones += [what for _, _, what in said]
            sounds.append(made)
    save(
        out,
        **heard(sounds),
        spans=np.array(spans, np.int32).reshape(-1, 4),
        phones=np.concatenate([*phones, np.zeros(0, np.uint8)]).astype(np.uint8),
    )


def heard(sounds: list[np.ndarray]) -> dict[str, np.ndarray]:
    """What the networks get of each sound, [rows, STREAM, bands]."""
    kinds = KINDS_OF_FRAMES.items()
    return {name: np.array([take(sound)[:STREAM] for sound in sounds]) for name, (take, _) in kinds}


def _music(job: tuple[Path, Path, int, int]) -> None:
    source, out, copies, seed = job
    rng, rows = np.random.default_rng([seed, int(source.stem)]), said_in(source)
    sounds = [without_talk(said.samples, _around, rng) for _ in range(copies) for said in rows]
    save(out, **heard(sounds), spans=np.zeros((0, 4), np.int32), phones=np.zeros(0, np.uint8))


WORK = {"positives": _positives, "near": _stretches, "talk": _stretches, "music": _music}


def save(path: Path, **arrays: np.ndarray) -> None:
    partial = path.with_suffix(".part.npz")
    np.savez(partial, **arrays)
    partial.rename(path)


def make_scenes(
    kind: str,
    speech: list[Path],
    out: Path,
    copies: int,
    seed: int,
    around: Surroundings,
    talk: list[np.ndarray],
    workers: int,
    is_development: bool = False,
) -> None:
    """Every shard of `speech` becomes `out/NNNN.npz`: positives with some of `talk` around them, or stretches
    without the word. Goes on where it was."""
    global _around, _talk, _is_development
    _around, _talk, _is_development = around, talk, is_development
    out.mkdir(parents=True, exist_ok=True)
    jobs = [
        (source, out / source.name, copies, seed) for source in speech if not (out / source.name).exists()
    ]
    with get_context("fork").Pool(workers, leave_interrupts_to_the_parent) as pool:
        finish(pool.imap_unordered(WORK[kind], jobs), f"{out.name} in its surroundings", len(jobs))
