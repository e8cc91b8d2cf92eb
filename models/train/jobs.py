"""What has to be spoken for a model: by whom, how much of it, and the prompts."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from .prompts import Prompt, make_prompt
from .settings import Settings
from .text import Writer, read_fragments
from .wake_text import near_misses, positives


@dataclass(frozen=True)
class Job:
    kind: str  # positives, near or other
    folder: str  # below the cache's speech/ and features/
    speakers: str  # kokoro or hibari
    prompts: int  # 0: until the time is up
    seconds: float
    copies: int  # scenes made of each utterance
    keep_lead: float  # share of scenes whose beginning is not cut off


def phone_jobs(settings: Settings) -> list[Job]:
    return [Job("other", "phones", "kokoro", 0, settings.phone_synth_seconds, settings.copies, 0.12)]


def wake_jobs(name: str, settings: Settings) -> list[Job]:
    """Kokoro has the better voices, hibari the more unlike ones: a model of one alone knows nobody else."""
    slow, fast, copies = settings.wake_synth_seconds, settings.hibari_seconds, settings.wake_copies
    return [
        Job("positives", f"{name}-positives", "kokoro", settings.positives, slow, copies, 0.3),
        Job("near", f"{name}-near", "kokoro", settings.near_misses, slow, copies, 0.3),
        Job("positives", f"{name}-positives-hibari", "hibari", settings.hibari_positives, fast, copies, 0.3),
        Job("near", f"{name}-near-hibari", "hibari", settings.hibari_near_misses, fast, copies, 0.3),
        Job("other", "other-hibari", "hibari", 0, fast, 1, 0.3),
    ]


def prompts_of(job: Job, word: str, texts: Path, vocabulary: dict[str, int], seed: int) -> Iterator[Prompt]:
    rng = random.Random(f"{seed} {job.folder}")
    writer = Writer(read_fragments(texts), rng)
    if job.kind == "positives":
        endless = positives(word, writer, vocabulary, rng)
    elif job.kind == "near":
        endless = near_misses(word, writer, vocabulary, rng)
    else:
        endless = (make_prompt(words, rng, vocabulary) for words in iter(writer.sentence, None) if words)
    return islice(endless, job.prompts) if job.prompts else endless
