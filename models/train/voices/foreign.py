"""People who speak other languages: prompts of telephone systems and a game for children, out of Debian.

They say nothing that is a wake word, in voices and microphones that no synthesis has.
"""

import tempfile
from pathlib import Path

import numpy as np
import soundfile
from G722 import G722
from scipy.signal import resample_poly

from ..sources import unpack
from ..words.prompts import Prompt
from .spoken import SAMPLE_RATE, Spoken
from .synth import save_shard

PACKAGES = [
    "asterisk-core-sounds-fr-g722",
    "asterisk-core-sounds-it-g722",
    "asterisk-core-sounds-ru-g722",
    "ktuberling-data",
]
ENGLISH = "sounds/en"
G722_RATE, G722_BITS = 16_000, 64_000
SHARD = 60  # recordings
SHORTEST_SECONDS = 0.3


def write_people(out: Path) -> None:
    """Speech shards of everything in PACKAGES but English."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        unpack(PACKAGES, Path(scratch))
        root = Path(scratch) / "files/usr/share"
        files = [f for kind in ("g722", "ogg", "wav", "opus") for f in sorted(root.rglob(f"*.{kind}"))]
        recordings = [read(file) for file in files if ENGLISH not in str(file)]
    people = [said(samples) for samples in recordings if len(samples) > SHORTEST_SECONDS * SAMPLE_RATE]
    order = np.random.default_rng(1).permutation(len(people))
    for number, start in enumerate(range(0, len(people), SHARD)):
        save_shard(out / f"{number:04}.npz", [people[index] for index in order[start : start + SHARD]])
    (out / "done").touch()


def read(file: Path) -> np.ndarray:
    """Mono samples at SAMPLE_RATE."""
    if file.suffix == ".g722":
        samples = np.asarray(G722(G722_RATE, G722_BITS).decode(file.read_bytes()), np.float32) / 32768
        rate = G722_RATE
    else:
        samples, rate = soundfile.read(file, dtype="float32", always_2d=True)
        samples = samples.mean(1)
    return resample_poly(samples, SAMPLE_RATE, rate).astype(np.float32)


def said(samples: np.ndarray) -> tuple[Prompt, Spoken]:
    """What they say is not known, only that it is no wake word."""
    loud = samples / (np.abs(samples).max() + 1e-6) * 0.6
    return Prompt([], [], british=False), Spoken(loud, np.zeros(0))
