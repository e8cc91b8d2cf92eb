"""`npm run models:train -- embedding`: Google's speech embedding, taught to hear through echoes and noise
what it hears without, to `models/embedding/embedding.tflite`.

Verifiers have to be taught anew for it: `npm run wake:train` does, with what else it has in the cache.
"""

import argparse
import zlib
from pathlib import Path

import torch

from ..arguments import of_embedding as read_arguments
from ..sources import fetch
from ..wake.jobs import WakeJob
from ..wake.phrase import EVERY_WORD
from ..wake.run import WakeRun
from .convert import EmbeddingConverter, correlation
from .fit import Pairs, fit
from .google import google_embedding
from .pairs import PairJob, make_pairs

OWN_SEED = 76  # more than that of wake words' rooms and noises
EVERY = {"talk": 1, "music": 4, "unheard": 8}  # shard of a folder
RANGE_ROWS = {"talk": 30, "music": 6}  # that int8 ranges are measured on


class EmbeddingRun:
    def __init__(self, arguments: argparse.Namespace):
        self.wake = WakeRun(EVERY_WORD, arguments)
        self.seed = arguments.seed + OWN_SEED
        self.cache = arguments.cache / f"embedding-{arguments.scale}-{arguments.seed}"

    def make(self, out: Path) -> None:
        wake = self.wake
        wake.note("sources")
        fetch(wake.sources)
        wake.note("speech")
        wake.speak()
        wake.note("pairs")
        teacher, jobs = google_embedding(), [pair for job in wake.every_job for pair in self.jobs_of(job)]
        make_pairs(jobs, wake.surroundings(wake.talk_around(), self.seed), teacher, wake.workers)
        wake.note("fit")
        pairs, held_out = (self.pairs(is_development) for is_development in (False, True))
        wake.note(f"{pairs.hours:.1f} h of talk")
        torch.set_num_threads(wake.workers)
        network = fit(
            teacher,
            pairs,
            held_out,
            self.cache / "checkpoint",
            batches=wake.settings.embedding_batches,
            seed=self.seed,
            note=wake.note,
        )
        wake.note("convert")
        data = EmbeddingConverter(network, torch.from_numpy(pairs.some(RANGE_ROWS))).convert()
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
        wake.note(f"{out}: {len(data) / 1024:.0f} KiB")
        for kind, (mels, _) in held_out.kinds.items():
            wake.note(f"int8 and floats correlate by {correlation(network, out, mels[0]):.4f} on {kind}")

    def jobs_of(self, job: WakeJob) -> list[PairJob]:
        folder = self.cache / job.folder("")
        seed = zlib.crc32(f"{self.seed} {folder.name}".encode())
        shards = self.wake.speech(job)[:: EVERY["unheard" if job.is_development else job.kind]]
        return [PairJob(job.kind, shard, folder / shard.name, seed) for shard in shards]

    def pairs(self, is_development: bool) -> Pairs:
        found = {
            kind: [pair.out for job in self.wake.jobs(kind, is_development) for pair in self.jobs_of(job)]
            for kind in ("talk", "music")
        }
        return Pairs(found["talk"], found["music"])


def main(given: list[str]) -> int:
    arguments = read_arguments(given)
    EmbeddingRun(arguments).make(arguments.out / "embedding" / "embedding.tflite")
    return 0
