"""Recordings as the network will hear them, decoded once: half decibels of every channel, for each copy of
the speech.

A copy is the same speech said at another pace and pitch, or in a room. Everything after it (noise, level,
masks) costs little and is done anew for each batch, in mix.py.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import fftconvolve, resample_poly

from ..scenes.phone_features import OF_POWER_1, SAMPLE_RATE, powers
from .recordings import Recording

LOUDEST = 30_000
LONGEST_ROOM_S = 1.0
BEFORE_DIRECT = 16  # samples of a room's response that are kept before its highest
NEARER = (0.15, 0.8)  # what is left of the room where the speaker is nearer than it was measured at


@dataclass(frozen=True)
class Copy:
    name: str
    percent: int  # of the time that it took
    in_room: bool
    share: float  # how often it is taken, against the others

    @property
    def stretch(self) -> float:
        return self.percent / 100


COPIES = (
    Copy("as-it-is", 100, False, 1.0),
    Copy("quick", 90, False, 0.5),
    Copy("slow", 110, False, 0.5),
    Copy("room", 100, True, 1.0),
    Copy("room-quick", 93, True, 0.7),
    Copy("room-slow", 107, True, 0.7),
)


class Sequences:
    """An array [steps, size] for each recording in turn, all in one file; half decibels, or what a teacher
    made of them."""

    def __init__(self, path: Path):
        self.frames = np.load(path.with_suffix(".npy"))
        self.ends = np.cumsum(np.load(path.with_suffix(".counts.npy")))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, index: int) -> np.ndarray:
        return self.frames[self.ends[index - 1] if index else 0 : self.ends[index]]

    @staticmethod
    def is_there(path: Path) -> bool:
        return path.with_suffix(".npy").exists()

    @staticmethod
    def write(path: Path, all_frames: list[np.ndarray]) -> None:
        np.save(path.with_suffix(".counts.npy"), [len(frames) for frames in all_frames])
        np.save(path.with_suffix(".npy"), np.concatenate(all_frames))


def decoded(recording: Recording) -> np.ndarray:
    """int16 at 16 kHz, one channel."""
    return sound(recording.path)[int(recording.skip_seconds * SAMPLE_RATE) :]


def sound(path: Path) -> np.ndarray:
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(1)
    return as_int16((mono if rate == SAMPLE_RATE else resample_poly(mono, SAMPLE_RATE, rate)) * 32768)


def as_int16(samples: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(samples), -32768, 32767).astype(np.int16)


def half_decibels(samples: np.ndarray) -> np.ndarray:
    """float16: a sixteenth of a half decibel at most is lost, less than one step in a hundred changes by
    it."""
    return (20 * np.log10(powers(samples)) + OF_POWER_1).astype(np.float16)


def write_copy(copy: Copy, said: list[np.ndarray], rooms: list[np.ndarray], out: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    Sequences.write(out, [half_decibels(changed(samples, copy, rooms, rng)) for samples in said])


def changed(samples: np.ndarray, copy: Copy, rooms: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    real = samples.astype(np.float32)
    if copy.percent != 100:
        real = resample_poly(real, copy.percent, 100)
    if copy.in_room:
        real = in_room(real, rooms[rng.integers(len(rooms))], rng)
    return as_int16(real)


def in_room(samples: np.ndarray, response: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    if rng.random() < 0.5:
        response = response * rng.uniform(*NEARER)
        response[BEFORE_DIRECT] += 1
    heard = fftconvolve(samples, response)[BEFORE_DIRECT : BEFORE_DIRECT + len(samples)]
    return heard * min(2.0, LOUDEST / (np.abs(heard).max(initial=0) + 1))


def responses(folder: Path) -> list[np.ndarray]:
    """Impulse responses of rooms, each of energy 1, from shortly before the direct sound on."""
    found = []
    for path in sorted(folder.rglob("*.flac")) + sorted(folder.rglob("*.wav")):
        real = sound(path).astype(np.float32)
        first = max(0, int(np.abs(real).argmax()) - BEFORE_DIRECT)
        kept = real[first : first + int(LONGEST_ROOM_S * SAMPLE_RATE)]
        found.append(kept / np.sqrt(np.square(kept).sum()))
    if not found:
        raise SystemExit(f"{folder}: no impulse responses (.flac or .wav)")
    return found
