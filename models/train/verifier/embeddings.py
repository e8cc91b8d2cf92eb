"""Scenes to speech embeddings, as a verifier gets them: shard by shard, kept for the next word."""

from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch

from ..embedding.network import REACH_FRAMES, STRIDE_FRAMES, StoredEmbedding
from ..progress import finish
from ..scenes.mel import SILENCE
from ..wake.corpus import at_some_pace
from ..wake.scenes import BEFORE
from ..wake.shards import save
from .shape import WINDOW

LATEST = 36  # frames after a word's end at which its last window ends, or up to seven more
WINDOWS = 5  # kept of each scene with the word, one every STRIDE_FRAMES
FRAMES = REACH_FRAMES + (WINDOW + WINDOWS - 2) * STRIDE_FRAMES  # that those hear

_embedding: StoredEmbedding | None = None


def embed(jobs: list[tuple[Path, Path, str]], model: Path, workers: int) -> None:
    """Each (shard of scenes, what to write, kind); skips what is there."""
    due = [(*job, model) for job in jobs if not job[1].exists()]
    with get_context("fork").Pool(workers) as pool:
        finish(pool.imap_unordered(_embed, due), "scenes embedded", len(due))


def _embed(job: tuple[Path, Path, str, Path]) -> None:
    """Writes int8 `embeddings` [rows, windows, 96] and the scene's frame `at` which each ends."""
    global _embedding
    scenes, out, kind, model = job
    if _embedding is None:
        torch.set_num_threads(1)
        _embedding = StoredEmbedding(model)
    torch.manual_seed(int(scenes.stem))
    arrays = np.load(scenes)
    if "mels" not in arrays:
        raise ValueError(f"{scenes} is from before scenes had mel spectra: delete {scenes.parents[1]}")
    mels = torch.from_numpy(arrays["mels"])
    index = around_word(len(mels)) if kind == "positives" else throughout(len(mels), mels.shape[1])
    heard = mels[torch.arange(len(mels))[:, None], index.clamp(0, mels.shape[1] - 1)]
    heard = heard.masked_fill((index < 0)[..., None], SILENCE)
    out.parent.mkdir(parents=True, exist_ok=True)
    ends = index[:, REACH_FRAMES - 1 :: STRIDE_FRAMES].clamp(0, mels.shape[1] - 1)
    save(out, embeddings=_embedding(heard).numpy(), at=ends.numpy().astype(np.int16))


def around_word(rows: int) -> torch.Tensor:
    """Frames of scenes with the word that WINDOWS windows hear, each scene at a pace and a moment of its own:
    [rows, FRAMES]."""
    ends = LATEST + torch.randint(0, STRIDE_FRAMES, (rows, 1))
    return BEFORE + at_some_pace(ends + torch.arange(-FRAMES + 1, 1))


def throughout(rows: int, frames: int) -> torch.Tensor:
    return at_some_pace(torch.arange(frames).expand(rows, -1))
