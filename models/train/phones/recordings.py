"""Where recordings of people are, who speaks in them and what is said: four layouts of folders.

`people.tsv` (file, corpus, speaker, split, age, text), LibriSpeech's `*.trans.txt`, AN4's
`etc/*.transcription` and Speech Commands' folders named after their words. Anything else is a folder of
recordings without transcripts.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

SOUNDS = (".flac", ".wav", ".opus", ".ogg", ".sph")
HELD_OUT_EVERY = 10  # talkers of a corpus that holds out nobody itself, and has enough of them
ENOUGH_TALKERS = 20


@dataclass(frozen=True)
class Recording:
    path: Path
    corpus: str
    talker: str
    split: str  # "train", or "dev" for measuring only
    text: str | None  # None: nobody has written it down
    age: int | None = None
    skip_seconds: float = 0.0


def recordings_in(folder: Path) -> list[Recording]:
    """Every transcribed recording below `folder`, whichever layout it has."""
    for read in (listed, librispeech, an4, speech_commands):
        found = list(read(folder))
        if found:
            return with_held_out(found)
    layouts = "people.tsv, LibriSpeech's (*.trans.txt), AN4's (etc/*.transcription) nor Speech Commands'"
    raise SystemExit(f"{folder} has neither the layout of {layouts}")


def untranscribed(folder: Path, skip_seconds: float) -> list[Recording]:
    """All sound below `folder` but the beginnings; what comes before a file name's first hyphen is who
    speaks."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in SOUNDS)
    if not paths:
        raise SystemExit(f"{folder}: no recordings ({', '.join(SOUNDS)})")
    name = folder.name
    return [
        Recording(path, name, path.stem.split("-")[0], "train", None, skip_seconds=skip_seconds)
        for path in paths
    ]


def listed(folder: Path) -> Iterator[Recording]:
    table = folder / "people.tsv"
    if not table.exists():
        return
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            age = int(row["age"]) if row["age"] else None
            yield Recording(
                folder / row["file"], row["corpus"], row["speaker"], row["split"], row["text"], age
            )


def librispeech(folder: Path) -> Iterator[Recording]:
    """`<subset>/<talker>/<chapter>/<talker>-<chapter>.trans.txt`; dev and test subsets are held out."""
    for table in sorted(folder.rglob("*.trans.txt")):
        subset = " ".join(table.parts[:-1])
        split = "dev" if re.search(r"\b(dev|test)\b", subset.replace("-", " ")) else "train"
        for line in table.read_text(encoding="utf-8").splitlines():
            name, _, text = line.partition(" ")
            path = sound_at(table.parent / name)
            if path:
                yield Recording(path, "librispeech", name.split("-")[0], split, text)


def an4(folder: Path) -> Iterator[Recording]:
    """`etc/an4_{train,test}.{fileids,transcription}`, sound below `wav/` or beside `etc/`."""
    for table in sorted(folder.rglob("etc/an4_*.transcription")):
        split = "dev" if "test" in table.stem else "train"
        places = table.with_suffix(".fileids").read_text(encoding="utf-8").split()
        for place, line in zip(places, table.read_text(encoding="utf-8").splitlines(), strict=True):
            text = re.sub(r"</?s>|<sil>|\(.*", " ", line).strip()
            root = table.parent.parent
            path = sound_at(root / "wav" / place) or sound_at(root / place)
            if path:
                yield Recording(path, "an4", Path(place).parent.name, split, text)


def speech_commands(folder: Path) -> Iterator[Recording]:
    """`<word>/<talker>_nohash_<n>.wav`; the lists of the validation and test sets say who is held out."""
    lists = [folder / f"{name}_list.txt" for name in ("validation", "testing")]
    held_out = {line for path in lists if path.exists() for line in path.read_text().split()}
    for path in sorted(folder.glob("*/*_nohash_*.wav")):
        split = "dev" if f"{path.parent.name}/{path.name}" in held_out else "train"
        yield Recording(path, "speech-commands", path.stem.split("_")[0], split, path.parent.name)


def sound_at(stem: Path) -> Path | None:
    beside = (stem.with_name(stem.name + suffix) for suffix in SOUNDS)
    return next((path for path in beside if path.exists()), None)


def with_held_out(recordings: list[Recording]) -> list[Recording]:
    """Every tenth talker of a corpus of many that holds out nobody is held out."""
    held_out = set()
    for corpus in {recording.corpus for recording in recordings}:
        own = [recording for recording in recordings if recording.corpus == corpus]
        talkers = sorted({recording.talker for recording in own})
        if all(recording.split == "train" for recording in own) and len(talkers) >= ENOUGH_TALKERS:
            held_out |= {(corpus, talker) for talker in talkers[::HELD_OUT_EVERY]}
    return [
        replace(recording, split="dev") if (recording.corpus, recording.talker) in held_out else recording
        for recording in recordings
    ]
