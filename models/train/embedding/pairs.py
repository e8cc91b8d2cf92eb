"""What a speech embedding is taught on: sound as a speaker hears it, and what Google's embedding gives of the
same as it was recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch

from ..progress import finish
from ..scenes.augment import Surroundings
from ..scenes.mel import mel
from ..wake.scenes import STREAM, in_room, talk_of, without_talk
from ..wake.shards import said_in, save
from .network import Embedding

LEVEL = 16_000  # peak of what the teacher hears
NOISY, SILENT = 0.75, 0.075  # shares of scenes

_around: Surroundings | None = None
_teacher: Embedding | None = None


@dataclass(frozen=True)
class PairJob:
    kind: str  # talk or music
    source: Path  # a shard of speech, or of music
    out: Path
    seed: int


def make_pairs(jobs: list[PairJob], around: Surroundings, teacher: Embedding, workers: int) -> None:
    """Writes of each job int8 mel spectra as they are `heard` and, of talk, as it was `said`, [rows, STREAM,
    BANDS], and the teacher's `targets` of the latter, float16 [rows, embeddings, NUMBERS]. Skips what is
    there."""
    global _around, _teacher
    _around, _teacher = around, teacher
    due = [job for job in jobs if not job.out.exists()]
    with get_context("fork").Pool(workers, torch.set_num_threads, (1,)) as pool:
        finish(pool.imap_unordered(_pairs, due), "heard by Google's embedding", len(due))


def _pairs(job: PairJob) -> None:
    rng = np.random.default_rng([job.seed, int(job.source.stem)])
    heard, said = (np.array(mels) for mels in zip(*PAIRS[job.kind](job.source, rng), strict=True))
    targets = _teacher.listen(torch.from_numpy(said)).half().numpy()
    job.out.parent.mkdir(parents=True, exist_ok=True)
    save(job.out, heard=heard, targets=targets, **({"said": said} if job.kind == "talk" else {}))


def talk_pairs(source: Path, rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Every utterance once."""
    rows = said_in(source)
    supply = [rows[index] for index in rng.permutation(len(rows))]
    while supply:
        dry, loudness, _ = talk_of(supply, rng)
        wet = in_room(dry, loudness, _around, rng, some_noise_db(rng))
        yield mel(wet)[:STREAM], mel(leveled(dry))[:STREAM]


def music_pairs(source: Path, rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """What is not talk shall be heard as before, whatever the room."""
    for row in said_in(source):
        heard = mel(without_talk(row.samples, _around, rng))[:STREAM]
        yield heard, heard


PAIRS = {"talk": talk_pairs, "music": music_pairs}


def some_noise_db(rng: np.random.Generator) -> float:
    """Signal to noise: more noise than for wake models, which must know quiet rooms as well."""
    kind = rng.random()
    return rng.uniform(0, 25) if kind < NOISY else np.inf if kind < NOISY + SILENT else rng.uniform(25, 60)


def leveled(dry: np.ndarray) -> np.ndarray:
    return np.round(dry * (LEVEL / (np.abs(dry).max() + 1e-9))).astype(np.int16)
