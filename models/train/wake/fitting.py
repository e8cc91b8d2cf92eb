"""From scenes in the cache to the float weights of one word."""

import torch

from ..networks.network import Network
from ..networks.shapes import WAKE
from .corpus import Positives, Stretches
from .fit import Examples, fit

KINDS = {"near": "near", "other": "talk", "music": "music"}  # of stretches, and of the jobs that make them


def fit_word(run) -> None:
    if run.weights.exists():
        return
    run.weights.parent.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(run.seed)
    torch.set_num_threads(run.workers)
    examples = Examples(positives_of(run), stretches_of(run), run.settings.batch)
    hours = ", ".join(f"{s.hours:.1f} h of {kind}" for kind, s in examples.stretches.items())
    run.note(f"{len(examples.positives)} scenes with the word, {hours}")
    network = Network(WAKE)
    settings = run.settings
    checkpoint = run.weights.with_suffix(".checkpoint")
    average = fit(
        network,
        examples,
        checkpoint,
        batches=settings.batches,
        peak=settings.peak,
        minings=settings.minings,
        note=run.note,
    )
    torch.save(average.state_dict(), run.weights)
    checkpoint.unlink(missing_ok=True)


def positives_of(run, is_development: bool = False) -> Positives:
    jobs = run.jobs("positives", is_development)
    folders = {job.voice: sorted(run.scenes(job).glob("????.npz")) for job in jobs}
    return Positives(folders, {job.voice: job.share or 1 for job in jobs})


def stretches_of(run, is_development: bool = False) -> dict[str, Stretches]:
    ways = run.phrase.bare_ways()
    shards = {name: run.scene_shards(kind, is_development) for name, kind in KINDS.items()}
    return {name: Stretches(some, ways) for name, some in shards.items() if some}
