"""What has to be spoken for the phone model: by whom, how much of it, and the prompts."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..words.prompts import Prompt, make_prompt
from ..words.text import Writer, read_fragments
from .settings import Settings


@dataclass(frozen=True)
class Job:
    folder: str  # below the cache's speech/ and features/
    speakers: str  # kokoro, hibari, flite or people
    prompts: int  # 0: until the time is up
    seconds: float
    copies: int  # scenes made of each utterance
    keep_lead: float  # share of scenes whose beginning is not cut off


def phone_jobs(settings: Settings, has_recordings: bool) -> list[Job]:
    """A share of the time each: the better the voice, the slower. People are few, so heard most often."""
    seconds, copies = settings.phone_synth_seconds, settings.copies
    people = [Job("phones-people", "people", 0, 0, settings.people_copies, 0.12)]
    return (people if has_recordings else []) + [
        Job("phones-hibari", "hibari", 0, 0.25 * seconds, copies, 0.12),
        Job("phones-flite", "flite", 0, 0.15 * seconds, copies, 0.12),
        Job("phones", "kokoro", 0, 0.6 * seconds, copies, 0.12),
    ]


def prompts_of(job: Job, texts: Path, vocabulary: dict[str, int], seed: int) -> Iterator[Prompt]:
    rng = random.Random(f"{seed} {job.folder}")
    writer = Writer(read_fragments(texts), rng)
    sentences = (words for words in iter(writer.sentence, None) if words)
    endless = (make_prompt(words, rng, vocabulary, as_written=True) for words in sentences)
    return islice(endless, job.prompts) if job.prompts else endless
