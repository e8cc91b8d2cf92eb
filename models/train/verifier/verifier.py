"""From scenes in the cache to the verifier of one word."""

from pathlib import Path

import numpy as np
import torch

from ..places import EMBEDDING
from ..wake.corpus import Stretches
from ..wake.fitting import KINDS
from ..wake.jobs import WakeJob
from .embeddings import embed
from .fit import Examples, Verifier, Windows, fit


def fit_word_verifier(run) -> None:
    if run.verifier_weights.exists():
        return
    embed_scenes(run)
    torch.manual_seed(run.seed)
    torch.set_num_threads(run.workers)
    verifier = fit(examples_of(run), run.settings.verifier_batches, run.note)
    torch.save(verifier.state_dict(), run.verifier_weights)


def read_verifier(run) -> Verifier:
    weights = torch.load(run.verifier_weights, map_location="cpu")
    verifier = Verifier(weights["mean"], weights["deviation"])
    verifier.load_state_dict(weights)
    return verifier.eval()


def embed_scenes(run) -> None:
    """Of all that is learnt from; the development set is embedded where it is measured."""
    jobs = [
        (shard, embeddings(run, job) / shard.name, job.kind)
        for job in run.every_job
        if not job.is_development
        for shard in sorted(run.scenes(job).glob("????.npz"))
    ]
    embed(jobs, EMBEDDING, run.workers)


def embeddings(run, job: WakeJob) -> Path:
    return run.embedded / job.folder(run.phrase.name)


def examples_of(run) -> Examples:
    jobs = run.jobs("positives")
    positives = {job.voice: torch.cat([read(shard)[0] for shard in shards_of(run, job)]) for job in jobs}
    return Examples(positives, {job.voice: job.share for job in jobs}, others_of(run))


def others_of(run) -> dict[str, Windows]:
    found = {}
    for name, kind in KINDS.items():
        parts = [part for job in run.jobs(kind) for part in windows_of(run, job)]
        if parts:
            heard, counts = zip(*parts, strict=True)
            found[name] = Windows(torch.cat(heard), torch.cat(counts))
    return found


def windows_of(run, job: WakeJob):
    """Of each shard its embeddings, and where in them the word is not said."""
    ways = run.phrase.bare_ways()
    for shard in shards_of(run, job):
        heard, at = read(shard)
        yield heard, ~Stretches([run.scenes(job) / shard.name], ways).is_word_at(at)


def shards_of(run, job: WakeJob) -> list[Path]:
    return sorted(embeddings(run, job).glob("????.npz"))


def read(shard: Path) -> tuple[torch.Tensor, torch.Tensor]:
    arrays = np.load(shard)
    return torch.from_numpy(arrays["embeddings"]), torch.from_numpy(arrays["at"].astype(np.int64))
