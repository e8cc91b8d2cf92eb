"""`python -m train phones`: text in, a streaming int8 model out; `python -m train wake …`, `negatives …` and
`embedding …` are in modules of their own.

Stages: sources, synth, augment, fit, quantise, convert, report. Each leaves its result in the cache; the
first three are skipped when it is there, `fit` goes on from it. Synth and augment may run at the same time.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from .phones.settings import settings_for
from .places import CACHE, MODELS, PHONE_MODEL


class Run:
    def __init__(self, arguments: argparse.Namespace):
        from .phones.jobs import phone_jobs

        changes = {"synth_seconds": arguments.synth_seconds, "fit_seconds": arguments.fit_seconds}
        self.settings = settings_for(arguments.scale, **changes)
        self.cache, self.out, self.seed = arguments.cache, arguments.out, arguments.seed
        self.start = arguments.start
        self.recordings, self.skip_seconds = arguments.recordings, arguments.skip_seconds
        self.jobs = phone_jobs(self.settings, self.recordings is not None)
        self.device = arguments.device or best_device()
        weights = self.cache / "weights"
        weights.mkdir(parents=True, exist_ok=True)
        self.float_weights, self.int8_weights = weights / "phones.float.pt", weights / "phones.npz"

    def sources(self) -> None:
        from .sources import fetch

        fetch(self.cache / "sources")

    def synth(self) -> None:
        from .phones.jobs import prompts_of
        from .voices.spoken import load_vocabulary
        from .voices.synth import synthesise

        sources, settings = self.cache / "sources", self.settings
        vocabulary = load_vocabulary(sources / "config.json")
        for job in self.jobs:
            out = self.cache / "speech" / job.folder
            if job.speakers == "people":
                self.listen_to_people(out)
            elif not (out / "done").exists():
                synthesise(
                    prompts_of(job, sources / "text", vocabulary, self.seed),
                    self.speakers(job.speakers),
                    out,
                    self.seed,
                    seconds=job.seconds,
                    tokens_a_batch=settings.tokens_a_batch,
                    batches_a_shard=1 if job.prompts else settings.batches_a_shard,
                    pool_size=settings.pool_size,
                )

    def listen_to_people(self, out: Path) -> None:
        from .networks.restart import as_it_is
        from .voices.moonshine import fetch_moonshine
        from .voices.people import recordings_below, write_people

        if not (out / "done").exists():
            moonshine = self.cache / "sources" / "moonshine"
            fetch_moonshine(moonshine)
            said = recordings_below(self.recordings, self.skip_seconds)
            write_people(said, moonshine, as_it_is(self.start or PHONE_MODEL), out)
            (out / "done").touch()

    def speakers(self, name: str):
        if name == "hibari":
            from .voices.hibari import HibariSpeakers

            return HibariSpeakers()
        if name == "flite":
            from .voices.flite import FliteSpeakers

            return FliteSpeakers()
        from .voices.voices import Voices

        model, voices = (self.cache / "sources" / name for name in ("kokoro.onnx", "voices.npz"))
        if self.device == "cpu":
            from .voices.one_by_one import KokoroOneByOne

            return KokoroOneByOne(model, Voices(voices))
        from .voices.kokoro import Kokoro, KokoroSpeakers

        return KokoroSpeakers(Kokoro(model, self.device), Voices(voices))

    def augment(self) -> None:
        from .phones.shards import augment as augment_shards

        settings = self.settings
        for job in self.jobs:
            features = self.cache / "features" / job.folder
            if not (features / "done").exists():
                augment_shards(
                    self.cache / "speech" / job.folder,
                    features,
                    self.cache / "sources" / "noise.npz",
                    self.seed,
                    copies=job.copies,
                    keep_lead=job.keep_lead,
                    workers=settings.workers,
                    noise_minutes=settings.noise_minutes,
                    room_count=settings.room_count,
                )

    def fit(self) -> None:
        from .phones.fit import train as train_phones

        settings = self.settings
        train_phones(
            self.phone_shards(),
            self.float_weights,
            self.device,
            self.seed,
            seconds=settings.fit_seconds,
            frames_a_batch=settings.frames_a_batch,
            start=self.start,
            peak=settings.tuning_peak if self.start else settings.peak,
        )

    def quantise(self) -> None:
        from .phones.fit import quantise as quantise_phones

        quantise_phones(self.float_weights, self.phone_shards(), self.int8_weights, self.device)

    def convert(self) -> None:
        from .tflite.convert import convert_phones

        convert_phones(self.int8_weights, self.out / "phones" / "phones.tflite")

    def report(self) -> None:
        from .phones.report import report

        report(self.int8_weights, self.out / "phones" / "phones.tflite", self.phone_shards())

    def shards(self, folder: str) -> list[Path]:
        found = sorted((self.cache / "features" / folder).glob("????.npz"))
        if not found:
            raise SystemExit(
                f"no features of {folder} in {self.cache}: run the stages synth and augment first"
            )
        return found

    def phone_shards(self) -> list[Path]:
        return [shard for job in self.jobs for shard in self.shards(job.folder)]


STAGES = {
    "sources": Run.sources,
    "synth": Run.synth,
    "augment": Run.augment,
    "fit": Run.fit,
    "quantise": Run.quantise,
    "convert": Run.convert,
    "report": Run.report,
}


def best_device() -> str:
    try:
        import torch
    except ImportError:  # converting needs none
        return "cpu"
    return "cuda" if torch.cuda.is_available() else "cpu"


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    parser.add_argument("what", choices=["phones"])
    parser.add_argument("--stage", default=",".join(STAGES), help="comma-separated, in order")
    parser.add_argument("--scale", default="laptop", choices=["toy", "laptop", "gpu"])
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--out", type=Path, default=MODELS, help="folder of the model folders")
    parser.add_argument("--device", choices=["cpu", "cuda"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="a phone model (.tflite) to go on from")
    parser.add_argument(
        "--recordings", type=Path, help="folder of people speaking, FLAC or WAV, no transcripts"
    )
    parser.add_argument(
        "--skip-seconds", type=float, default=0.0, help="leave out at the start of each recording"
    )
    parser.add_argument("--synth-seconds", type=float, help="instead of the scale's own")
    parser.add_argument("--fit-seconds", type=float, help="instead of the scale's own")
    return parser.parse_args()


def main() -> None:
    others = {"wake": "wake.run", "negatives": "wake.negatives", "embedding": "embedding.run"}
    if sys.argv[1:] and sys.argv[1] in others:
        module = import_module(f".{others[sys.argv[1]]}", __package__)
        raise SystemExit(module.main(sys.argv[2:]))
    arguments = read_arguments()
    run = Run(arguments)
    for stage in arguments.stage.split(","):
        if stage not in STAGES:
            raise SystemExit(f"no stage '{stage}': there is {', '.join(STAGES)}")
        STAGES[stage](run)


main()
