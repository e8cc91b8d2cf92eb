"""`npm run models:train -- phones --people FOLDER`: recordings of people in, a streaming int8 model out."""

import argparse
from pathlib import Path

from ..places import CACHE, MODELS
from .course import Course, Folders

STAGES = ("people", "made", "copies", "teacher", "fit", "quantise", "convert", "report")


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="models:train -- phones", description=__doc__)
    parser.add_argument(
        "--people",
        type=Path,
        action="append",
        required=True,
        help="people.tsv, LibriSpeech, AN4 or Speech Commands; may be given several times",
    )
    parser.add_argument("--untranscribed", type=Path, help="more people; Moonshine writes down what they say")
    parser.add_argument(
        "--skip-seconds", type=float, default=0.0, help="left out at the start of each of these"
    )
    parser.add_argument(
        "--made", type=float, default=0.0, metavar="HOURS", help="of sentences said by engines, besides"
    )
    parser.add_argument(
        "--from", dest="start", type=Path, metavar="FILE", help="a converted model to go on from"
    )
    parser.add_argument("--rooms", type=Path, help="impulse responses of rooms")
    parser.add_argument("--sounds", type=Path, help="sounds to be heard beside speech")
    parser.add_argument("--noise", type=Path, help="a recording for the report alone")
    parser.add_argument(
        "--seconds", type=float, default=5_400, help="of fitting, in all (default %(default)s)"
    )
    parser.add_argument(
        "--peak", type=float, default=2.5e-3, help="of the learning rate (default %(default)s)"
    )
    parser.add_argument("--stage", default=",".join(STAGES), help="comma-separated, in order")
    parser.add_argument("--cache", type=Path, default=CACHE / "phones")
    parser.add_argument("--out", type=Path, default=MODELS, help="folder of the model folders")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> None:
    given = read_arguments(arguments)
    folders = Folders(
        given.people, given.untranscribed, given.skip_seconds, given.rooms, given.sounds, given.noise
    )
    course = Course(
        given.cache,
        given.out,
        folders,
        given.seconds,
        given.peak,
        given.seed,
        given.made,
        given.start,
    )
    for stage in given.stage.split(","):
        if stage not in STAGES:
            raise SystemExit(f"no stage '{stage}': there is {', '.join(STAGES)}")
        getattr(course, stage)()
