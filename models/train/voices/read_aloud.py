"""`npm run models:train -- read TABLE.tsv…`: has each line's text spoken by voices that no model learnt
from, for `commands:score -- --said TABLE.tsv` and `--near`. What was spoken before is not spoken again."""

import csv
from pathlib import Path

from ..arguments import of_read
from .readers import READERS, write_reading


def texts_of(table: Path) -> list[str]:
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if "text" not in (rows.fieldnames or []):
            raise SystemExit(f"{table}: its first line names no column text")
        return [row["text"] for row in rows if row["text"]]


def file_name(text: str) -> str:
    """`commands:score` finds a reading by this name: keep in step with host-sim/tools/score/readings.ts."""
    return "-".join(text.lower().replace("'", "").split()) + ".wav"


def main(arguments: list[str]) -> None:
    given = of_read(arguments)
    texts = dict.fromkeys(text for table in given.tables for text in texts_of(table))
    for voice in given.voices.split(",") if given.voices else READERS:
        if voice not in READERS:
            raise SystemExit(f"no voice '{voice}': there is {', '.join(READERS)}")
        folder = given.out / voice
        folder.mkdir(parents=True, exist_ok=True)
        wanted = {folder / file_name(text): text for text in texts}
        missing = {path: text for path, text in wanted.items() if not path.exists()}
        if missing:
            read = READERS[voice]()
            for path, text in missing.items():
                write_reading(path, read(text))
        print(f"{folder}: {len(missing)} spoken, {len(wanted) - len(missing)} there already", flush=True)
