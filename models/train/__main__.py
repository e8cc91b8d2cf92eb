"""`python -m train phones` and `python -m train wake --word jarvis`: text in, a streaming int8 model out.

Stages: sources, synth, augment, fit, quantise, convert. Each leaves its result in the cache; the first three
are skipped when it is there, `fit` goes on from it. Synth and augment may run at the same time.
"""

import argparse
from pathlib import Path

from .settings import settings_for

HERE = Path(__file__).parent


class Run:
    def __init__(self, arguments: argparse.Namespace):
        from .jobs import phone_jobs, wake_jobs

        changes = {"synth_seconds": arguments.synth_seconds, "fit_seconds": arguments.fit_seconds}
        self.settings = settings_for(arguments.scale, arguments.what, **changes)
        self.cache, self.out, self.seed, self.word = (
            arguments.cache,
            arguments.out,
            arguments.seed,
            arguments.word,
        )
        self.is_phones = arguments.what == "phones"
        self.name = "phones" if self.is_phones else self.word.replace(" ", "-").replace("'", "")
        self.jobs = phone_jobs(self.settings) if self.is_phones else wake_jobs(self.name, self.settings)
        self.device = arguments.device or best_device()
        weights = self.cache / "weights"
        weights.mkdir(parents=True, exist_ok=True)
        self.float_weights, self.int8_weights = (
            weights / f"{self.name}.float.pt",
            weights / f"{self.name}.npz",
        )

    def sources(self) -> None:
        from .sources import fetch

        fetch(self.cache / "sources")

    def synth(self) -> None:
        from .jobs import prompts_of
        from .spoken import load_vocabulary
        from .synth import synthesise

        sources, settings = self.cache / "sources", self.settings
        vocabulary = load_vocabulary(sources / "config.json")
        for job in self.jobs:
            out = self.cache / "speech" / job.folder
            if not (out / "done").exists():
                synthesise(
                    prompts_of(job, self.word, sources / "text", vocabulary, self.seed),
                    self.speakers(job.speakers),
                    out,
                    self.seed,
                    seconds=job.seconds,
                    tokens_a_batch=settings.tokens_a_batch,
                    batches_a_shard=1 if job.prompts else settings.batches_a_shard,
                    pool_size=settings.pool_size,
                )

    def speakers(self, name: str):
        if name == "hibari":
            from .hibari_voices import HibariSpeakers

            return HibariSpeakers()
        from .kokoro import Kokoro
        from .voices import KokoroSpeakers, Voices

        sources = self.cache / "sources"
        return KokoroSpeakers(Kokoro(sources / "kokoro.onnx", self.device), Voices(sources / "voices.npz"))

    def augment(self) -> None:
        from .shards import augment as augment_shards

        settings = self.settings
        for job in self.jobs:
            features = self.cache / "features" / job.folder
            if not (features / "done").exists():
                augment_shards(
                    self.cache / "speech" / job.folder,
                    features,
                    self.seed,
                    copies=job.copies,
                    keep_lead=job.keep_lead,
                    workers=settings.workers,
                    noise_minutes=settings.noise_minutes,
                    room_count=settings.room_count,
                )

    def fit(self) -> None:
        settings = self.settings
        if self.is_phones:
            from .fit_phones import train as train_phones

            train_phones(
                self.shards("phones"),
                self.float_weights,
                self.device,
                self.seed,
                seconds=settings.fit_seconds,
                frames_a_batch=settings.frames_a_batch,
                held_out_rows=settings.held_out_rows,
            )
        else:
            from .fit_wake import train as train_wake

            train_wake(
                self.wake_data(),
                self.phones_of_word(),
                self.float_weights,
                self.device,
                self.seed,
                seconds=settings.fit_seconds,
                batch=settings.wake_batch,
            )

    def quantise(self) -> None:
        if self.is_phones:
            from .fit_phones import quantise as quantise_phones

            quantise_phones(
                self.float_weights,
                self.shards("phones"),
                self.int8_weights,
                self.device,
                held_out_rows=self.settings.held_out_rows,
            )
        else:
            from .fit_wake import quantise as quantise_wake

            quantise_wake(
                self.float_weights,
                self.wake_data(),
                self.phones_of_word(),
                self.int8_weights,
                self.device,
                self.seed,
                batch=self.settings.wake_batch,
            )

    def convert(self) -> None:
        from .convert import convert_phones, convert_wake

        convert_model = convert_phones if self.is_phones else convert_wake
        convert_model(self.int8_weights, self.out / self.name / f"{self.name}.tflite")

    def shards(self, folder: str) -> list[Path]:
        found = sorted((self.cache / "features" / folder).glob("????.npz"))
        if not found:
            raise SystemExit(
                f"no features of {folder} in {self.cache}: run the stages synth and augment first"
            )
        return found

    def wake_data(self) -> dict[str, list[list[Path]]]:
        """Shards of each folder, by kind. What was spoken for the phone model is used as other speech."""
        data: dict[str, list[list[Path]]] = {"positives": [], "near": [], "other": []}
        for job in self.jobs:
            data[job.kind].append(self.shards(job.folder))
        if (self.cache / "features" / "phones" / "done").exists():
            data["other"].append(self.shards("phones"))
        return data

    def phones_of_word(self) -> list[int]:
        from .alphabet import INDEX, bare
        from .lexicon import pronunciations

        return [INDEX[bare(phone)] for part in self.word.split() for phone in pronunciations()[part][0]]


STAGES = {
    "sources": Run.sources,
    "synth": Run.synth,
    "augment": Run.augment,
    "fit": Run.fit,
    "quantise": Run.quantise,
    "convert": Run.convert,
}


def best_device() -> str:
    try:
        import torch
    except ImportError:  # converting needs none
        return "cpu"
    return "cuda" if torch.cuda.is_available() else "cpu"


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    parser.add_argument("what", choices=["phones", "wake"])
    parser.add_argument("--word", default="jarvis", help="the wake word or phrase")
    parser.add_argument("--stage", default=",".join(STAGES), help="comma-separated, in order")
    parser.add_argument("--scale", default="laptop", choices=["toy", "laptop", "gpu"])
    parser.add_argument("--cache", type=Path, default=HERE / "cache")
    parser.add_argument("--out", type=Path, default=HERE.parent, help="folder of the model folders")
    parser.add_argument("--device", choices=["cpu", "cuda"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--synth-seconds", type=float, help="instead of the scale's own")
    parser.add_argument("--fit-seconds", type=float, help="instead of the scale's own")
    return parser.parse_args()


def main() -> None:
    arguments = read_arguments()
    run = Run(arguments)
    for stage in arguments.stage.split(","):
        if stage not in STAGES:
            raise SystemExit(f"no stage '{stage}': there is {', '.join(STAGES)}")
        STAGES[stage](run)


main()
