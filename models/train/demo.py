"""The recording that `npm start` plays: an evening in a kitchen, spoken by Kokoro. `python -m train.demo`

The table LINES says who says what, and when. The same table, seed and PyTorch on one core give the same file.
"""

import argparse
import json
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from scipy.signal import fftconvolve, resample_poly

from .places import CACHE, MODELS
from .scenes.noises import clatter, coloured, hum, water
from .scenes.rooms import RATE, room
from .voices.kokoro import Kokoro
from .voices.spoken import load_vocabulary
from .voices.voices import ROW_LENGTHS
from .words.alphabet import spoken, without_coda_r
from .words.lexicon import pronunciations, stressed

SECONDS = 40.0
MUTE = (18.3, 24.3)  # seconds; the switch closes and opens in silence
SEED = 3
SPEED = 0.95  # unhurried, as people talk to a machine


@dataclass(frozen=True)
class Person:
    voice: str  # Kokoro's name; its first letter is the accent
    place: int  # seed of the room's size and of where the person stands
    level_db: float  # of the loud half of the speech, to full scale: near the speaker or across the room


ANNA = Person("af_heart", place=14, level_db=-20)
GEORGE = Person("bm_george", place=9, level_db=-23)
MICHAEL = Person("am_michael", place=20, level_db=-26)

# When it starts (seconds), who says it, what. A comma or a full stop is a breath.
LINES = [
    (2.2, ANNA, "jarvis ."),
    (3.5, ANNA, "turn on the kitchen light ."),
    (8.0, GEORGE, "jarvis , set a timer for twenty seconds ."),
    (13.6, ANNA, "did you feed the cat this morning ?"),
    (15.9, GEORGE, "i think so ."),
    (19.6, ANNA, "jarvis ."),
    (20.9, ANNA, "what time is it ?"),
    (25.8, MICHAEL, "jarvis ."),
    (27.1, MICHAEL, "set the volume to thirty percent ."),
    (35.0, GEORGE, "jarvis ."),
    (36.3, GEORGE, "stop ."),
]

# Sounds of the kitchen: from and to (seconds), how loud (dB to full scale). The refrigerator never stops.
REFRIGERATOR_DB, AIR_DB = -46, -49
SOUNDS = [
    (clatter, 0.3, 1.9, -40),
    (water, 5.6, 12.4, -41),
    (clatter, 16.4, 18.2, -42),
    (water, 29.8, 33.6, -42),
]
FADE_SECONDS = 0.4


def decibels(value: float) -> float:
    return 10 ** (value / 20)


def rms(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(samples)))) + 1e-9


def loud_rms(samples: np.ndarray) -> float:
    """Of the louder half, so that breaths do not count."""
    blocks = samples[: len(samples) // 320 * 320].reshape(-1, 320)
    loudness = np.sort(np.mean(np.square(blocks), axis=1))
    return float(np.sqrt(loudness[len(loudness) // 2 :].mean())) + 1e-9


def tokens_of(text: str, british: bool, vocabulary: dict[str, int]) -> list[int]:
    """Every word in its most usual pronunciation; marks stand apart from words in `text`."""
    said = ""
    for word in text.split():
        if not word.isalpha():
            said += word
            continue
        phones = pronunciations()[word][0]
        if british:
            phones = without_coda_r(phones)
        said += (" " if said else "") + spoken(phones, british, stressed(word))
    return [0, *(vocabulary[symbol] for symbol in said), 0]


class Cast:
    def __init__(self, sources: Path):
        self.vocabulary = load_vocabulary(sources / "config.json")
        self.kokoro = Kokoro(sources / "kokoro.onnx", "cpu")
        packed = np.load(sources / "voices.npz")
        self.styles = dict(zip((str(name) for name in packed["names"]), packed["styles"], strict=True))

    def say(self, text: str, person: Person) -> np.ndarray:
        """Clean speech at 16 kHz, its ends trimmed to the words."""
        tokens = tokens_of(text, person.voice.startswith("b"), self.vocabulary)
        row = min(int(np.searchsorted(ROW_LENGTHS, len(tokens))), len(ROW_LENGTHS) - 1)
        style = self.styles[person.voice][row].astype(np.float32)
        torch.manual_seed(SEED)
        result = self.kokoro.speak([tokens], style[None], np.array([SPEED]))[0]
        samples = resample_poly(result.samples.astype(np.float64), 2, 3)
        loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
        return samples[max(0, loud[0] - 800) : loud[-1] + 1600]


def kitchen(rng: np.random.Generator) -> np.ndarray:
    count = int(SECONDS * RATE)
    refrigerator, air = hum(SECONDS, rng), coloured(SECONDS, 1, rng)
    out = refrigerator / rms(refrigerator) * decibels(REFRIGERATOR_DB) + air / rms(air) * decibels(AIR_DB)
    for make, start, end, level_db in SOUNDS:
        sound = make(end - start, rng)
        ramp = np.minimum(np.arange(len(sound)), np.arange(len(sound))[::-1]) / (FADE_SECONDS * RATE)
        first = int(start * RATE)
        out[first : first + len(sound)] += sound / rms(sound) * decibels(level_db) * np.minimum(ramp, 1)
    return out[:count]


def record(cast: Cast) -> tuple[np.ndarray, list[tuple[float, float, Person, str]]]:
    """int16 samples, and start, end, talker and words of every line."""
    out, script = kitchen(np.random.default_rng(SEED)), []
    for start, person, text in LINES:
        speech = cast.say(text, person)
        script.append((start, start + len(speech) / RATE, person, text))
        heard = fftconvolve(speech, room(np.random.default_rng(person.place)))
        heard *= decibels(person.level_db) / loud_rms(heard[: len(speech)])
        first = int(start * RATE)
        out[first : first + len(heard)] += heard[: len(out) - first]
    return np.clip(np.round(out * 32767), -32768, 32767).astype(np.int16), script


def write_wav(path: Path, samples: np.ndarray) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.astype("<i2").tobytes())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.demo", description=__doc__)
    parser.add_argument("--sources", type=Path, default=CACHE / "sources", help="left by the stage sources")
    parser.add_argument("--out", type=Path, default=MODELS.parent / "host-sim/tools/replay/recordings")
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # sums in another order would be other samples
    samples, script = record(Cast(arguments.sources))
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_wav(arguments.out / "kitchen.wav", samples)
    mute = {"mute": f"{MUTE[0]}-{MUTE[1]}"}
    (arguments.out / "kitchen.json").write_text(json.dumps(mute) + "\n", encoding="utf-8")
    for start, end, person, text in script:
        print(f"{start:5.2f}-{end:5.2f}  {person.voice:10}  {text}")


if __name__ == "__main__":
    main()
