"""The command lines of training: what each command can be given, and its help, which needs no package."""

import argparse
from pathlib import Path

from .places import CACHE, MODELS
from .wake.jobs import SCALES

STAGES = ("people", "made", "copies", "teacher", "fit", "quantise", "convert", "report")
VOICES = ("natural", "bent")  # of negatives


def of_phones(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="models:train -- phones",
        description="Recordings of people in, a streaming int8 model out.",
    )
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
    parser.add_argument(
        "--share",
        type=float,
        default=1.0,
        help="of the way from that model to where fitting ends, at which the weights lie that are converted "
        "(default %(default)s)",
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


def of_wake(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="wake:train",
        description="Words in letters in, wake models with their cards out.",
    )
    parser.add_argument("words", nargs="+", help='each a wake word or a phrase in quotes, as "hey earshot"')
    parser.add_argument("--scale", default="laptop", choices=SCALES, help="toy runs through in a few minutes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--out", type=Path, default=MODELS, help="folder of the model folders")
    parser.add_argument(
        "--keep-points", action="store_true", help="measure a finished word anew, as its model.json has it"
    )
    parser.add_argument(
        "--keep-verifier", action="store_true", help="the same, and its verifier as it is: nothing is learnt"
    )
    parser.add_argument("--check", action="store_true", help="only say whether the words are good ones")
    return parser.parse_args(given)


def of_negatives(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="models:train -- negatives",
        description="What to count false wakes on, without a wake word.",
    )
    parser.add_argument("out", type=Path, help="folder for FLAC files of five minutes")
    parser.add_argument("--hours", type=float, default=30, help="in all")
    parser.add_argument("--voices", choices=VOICES, default="natural", help="of the made-up speech")
    parser.add_argument("--without", nargs="*", default=["computer", "jarvis", "snowboy", "earshot"])
    parser.add_argument("--seed", type=int, default=1001)
    parser.add_argument("--cache", type=Path, default=CACHE)
    return parser.parse_args(given)


def of_embedding(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="models:train -- embedding",
        description="Google's speech embedding, taught to hear through echoes and noise.",
    )
    parser.add_argument("--scale", default="laptop", choices=SCALES, help="toy runs through in a few minutes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--out", type=Path, default=MODELS, help="folder of the model folders")
    parser.set_defaults(keep_points=False, keep_verifier=False)
    return parser.parse_args(given)


def of_read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="models:train -- read",
        description="Has each line's text spoken by unlike voices, for commands:score.",
    )
    parser.add_argument("tables", type=Path, nargs="+", help="tab-separated, with a column `text`")
    parser.add_argument("--voices", help="comma-separated (default: all)")
    parser.add_argument("--out", type=Path, default=CACHE / "read")
    return parser.parse_args(arguments)


def of_voice(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="models:train -- voice",
        description="Has every clip of the speaker's vocabulary spoken, and packs them.",
    )
    parser.add_argument("--talker", default="af_heart", help="one of Kokoro's (default %(default)s)")
    parser.add_argument("--speed", type=float, default=1.1, help="(default %(default)s)")
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--out", type=Path, default=MODELS / "voice", help="folder of voice.bin")
    return parser.parse_args(arguments)
