"""What every voice gives back, and the symbols that all of them read."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SAMPLE_RATE = 24_000


@dataclass
class Spoken:
    samples: np.ndarray  # float32 at 24 kHz
    ends: np.ndarray  # seconds at which each token of the input ends


def load_vocabulary(config: Path) -> dict[str, int]:
    return json.loads(config.read_text(encoding="utf-8"))["vocab"]
