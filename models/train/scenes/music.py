"""Music, noises and voices of games out of Debian, for a wake word to sleep through.

All are of Debian's main section, whose licences let anybody have, change and pass them on; no sound of theirs
is in a model or in this repository.
"""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from ..sources import unpack
from ..voices.spoken import SAMPLE_RATE, Spoken
from ..voices.synth import save_shard
from ..words.prompts import Prompt

MINUTES = 20  # of a package, at most, where no other number is said
PACKAGES = {
    "ardentryst": MINUTES,
    "asc-music": MINUTES,
    "colobot-common-sounds": MINUTES,
    "drascula-music": MINUTES,
    "flare-game": MINUTES,
    "frozen-bubble-data": MINUTES,
    "gigalomania-data": MINUTES,
    "hyperrogue-music": MINUTES,
    "klettres-data": 30,  # letters and syllables of some twenty languages
    "marsshooter-data": MINUTES,
    "megaglest-data": 40,  # a third are voices
    "nexuiz-music": 30,
    "openarena-data": MINUTES,
    "planetblupi-music-ogg": MINUTES,
    "powermanga-data": MINUTES,
    "starfighter-data": MINUTES,
    "trackballs-data": MINUTES,
    "ufoai-music": 50,
    "ufoai-sound": MINUTES,
    "warmux-data": MINUTES,
    "xmoto-data": MINUTES,
    "zaz-data": MINUTES,
}
UNHEARD = {
    "lincity-ng-data": MINUTES,
    "pathological": MINUTES,
    "singularity-music": MINUTES,
}  # for development
JUDGES = [  # nothing is learnt from these: wake/negatives.py judges wake words on them
    "asterisk-core-sounds-en-g722",
    "asterisk-core-sounds-es-g722",
    "asterisk-moh-opsound-g722",
    "extremetuxracer-data",
    "hedgewars-data",
    "supertux-data",
    "warzone2100-music",
    "wesnoth-1.16-music",
]
KINDS = (".flac", ".mp3", ".ogg", ".wav")
PIECE_SECONDS = 24  # a scene of 20 s even where it is played faster
PIECES_A_SHARD = 30
LOUDEST = 0.6


def fetch_music(sources: Path, is_development: bool = False) -> Path:
    """Shards of pieces, package after package."""
    out = folder_of(sources, is_development)
    if not (out / "done").exists():
        out.mkdir(parents=True, exist_ok=True)
        packages, number = UNHEARD if is_development else PACKAGES, 0
        rng = np.random.default_rng(len(packages))
        for package, minutes in packages.items():
            number = write_pieces(sounds_of(package, minutes, rng), out, number)
            print(f"{out.name}: {package}", flush=True)
        (out / "done").touch()
    return out


def folder_of(sources: Path, is_development: bool) -> Path:
    return sources / ("music-unheard" if is_development else "music")


def sounds_of(package: str, minutes: float, rng: np.random.Generator) -> list[np.ndarray]:
    """Of each file the same length, less of those that are shorter, and together no more than `minutes`."""
    with tempfile.TemporaryDirectory() as scratch:
        unpack([package], Path(scratch))
        files = [file for path in sorted(Path(scratch).rglob("*")) for file in recordings_in(path)]
        lengths = [soundfile.info(open_again(file)).duration for file in files]
        most = even_share(lengths, minutes * 60)
        sounds = [excerpt(open_again(file), most, rng) for file in files]
    return [sounds[index] for index in rng.permutation(len(sounds))]


def recordings_in(path: Path) -> Iterator[Path | bytes]:
    """The file itself, or what an archive of a game holds."""
    if path.suffix == ".pk3":
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if Path(name).suffix in KINDS:
                    yield archive.read(name)
    elif path.suffix in KINDS and path.is_file():
        yield path


def open_again(file: Path | bytes) -> Path | io.BytesIO:
    return io.BytesIO(file) if isinstance(file, bytes) else file


def even_share(lengths: list[float], total: float) -> float:
    """The most to take of each so that all together give `total`, or everything."""
    left, count = total, len(lengths)
    for length in sorted(lengths):
        if length * count >= left:
            return left / count
        left, count = left - length, count - 1
    return max(lengths, default=0.0)


def excerpt(file: Path | io.BytesIO, seconds: float, rng: np.random.Generator) -> np.ndarray:
    """Mono at SAMPLE_RATE from anywhere in it, with a peak of LOUDEST."""
    with soundfile.SoundFile(file) as sound:
        count = min(sound.frames, int(seconds * sound.samplerate))
        sound.seek(int(rng.integers(sound.frames - count + 1)))
        samples = sound.read(count, dtype="float32", always_2d=True).mean(1)
        samples = resample_poly(samples, SAMPLE_RATE, sound.samplerate)
    return (samples * LOUDEST / (np.abs(samples).max(initial=0) + 1e-6)).astype(np.float32)


def write_pieces(sounds: list[np.ndarray], out: Path, number: int) -> int:
    """All sounds, one after the other, in pieces of one length; the number of the next shard."""
    sound, count = np.concatenate(sounds), PIECE_SECONDS * SAMPLE_RATE
    pieces = sound[: len(sound) // count * count].reshape(-1, count)
    for start in range(0, len(pieces), PIECES_A_SHARD):
        shard = [
            (Prompt([], [], british=False), Spoken(piece, np.zeros(0)))
            for piece in pieces[start : start + PIECES_A_SHARD]
        ]
        save_shard(out / f"{number:04}.npz", shard)
        number += 1
    return number
