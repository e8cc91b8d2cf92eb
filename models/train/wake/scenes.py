"""Scenes for a wake word: the word in a room with what comes before and after, and stretches without it.

Backgrounds range from none at all to as loud as the voice, since quiet rooms, too, have to be learnt.
"""

from dataclasses import dataclass

import numpy as np
from scipy.signal import fftconvolve

from ..scenes import mel, phone_features
from ..scenes.augment import Surroundings, at_16_khz, background, microphone, power
from ..scenes.features import HOP_SAMPLES, INPUT_ZERO_POINT, SAMPLE_RATE, features

BEFORE = 240  # frames of a positive up to the word's end
AFTER = 60  # and after it
STREAM = 2000  # frames of a stretch without the word
SETTLED_SECONDS = 1.3  # what the front end's noise estimate takes after a start

# What the networks hear, each int8 [frames, bands], and its value where there is nothing: the wake model, the
# embedding and a phone model of plain channels.
KINDS_OF_FRAMES = {
    "frames": (features, INPUT_ZERO_POINT),
    "mels": (mel.mel, mel.SILENCE),
    "plain": (phone_features.features, phone_features.SILENCE),
}


@dataclass
class Said:
    samples: np.ndarray  # int16 at 24 kHz
    phones: np.ndarray
    mark: float  # second at which the wake word ends, or -1


def positive(
    said: Said, talk: list[np.ndarray], around: Surroundings, rng: np.random.Generator, snr_db: float
) -> dict[str, np.ndarray]:
    """Each of KINDS_OF_FRAMES, [BEFORE + AFTER, bands]; before the microphone's start there is nothing."""
    words, ratio = at_16_khz(said.samples, rng)
    end = int(said.mark * ratio * SAMPLE_RATE)
    has_just_started = rng.random() < 0.35
    lead = rng.uniform(0.02, SETTLED_SECONDS) if has_just_started else rng.uniform(SETTLED_SECONDS, 2.6)
    head = np.zeros(int(lead * SAMPLE_RATE), np.float32)
    if rng.random() < 0.25:
        gap = rng.exponential(0.25)
        head = np.concatenate([head, excerpt(talk, rng), np.zeros(int(gap * SAMPLE_RATE), np.float32)])
    tail = np.zeros(AFTER * HOP_SAMPLES * 2, np.float32)
    if len(words) - end < SAMPLE_RATE // 4 and rng.random() < 0.3:
        words = words[: end + int(rng.exponential(0.12) * SAMPLE_RATE)]
        tail = np.concatenate([excerpt(talk, rng), tail])
    dry = np.concatenate([head, words, tail])[: len(head) + end + (AFTER + 8) * HOP_SAMPLES]
    heard = in_room(dry, power(words[:end]), around, rng, snr_db)
    at = (len(head) + end) // HOP_SAMPLES
    kinds = KINDS_OF_FRAMES.items()
    return {name: around_frame(at, take(heard), nothing) for name, (take, nothing) in kinds}


def around_frame(at: int, frames: np.ndarray, nothing: int) -> np.ndarray:
    """BEFORE frames up to `at` and AFTER from there, `nothing` where there are none."""
    out = np.full((BEFORE + AFTER, frames.shape[1]), nothing, np.int8)
    first = max(0, at - BEFORE)
    kept = frames[first : at + AFTER]
    out[BEFORE - (at - first) :][: len(kept)] = kept
    return out


def excerpt(talk: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Up to two seconds of other speech, as loud as speech is here."""
    other = talk[rng.integers(len(talk))]
    count = int(rng.uniform(0.4, 2) * SAMPLE_RATE)
    start = int(rng.integers(max(1, len(other) - count)))
    return (other[start : start + count] * 10 ** rng.uniform(-0.4, 0.15)).astype(np.float32)


def stretch(
    supply: list[Said], around: Surroundings, rng: np.random.Generator
) -> tuple[np.ndarray, list[tuple[int, int, np.ndarray]]]:
    """16-bit samples for STREAM frames of talk in its surroundings; what is said in which frames."""
    dry, loudness, spans = talk_of(supply, rng)
    snr_db = some_snr_db(rng) if spans else 20
    return in_room(dry, loudness, around, rng, snr_db), spans


def talk_of(
    supply: list[Said], rng: np.random.Generator
) -> tuple[np.ndarray, float, list[tuple[int, int, np.ndarray]]]:
    """`supply`'s utterances, from its end, with pauses, as they were recorded: samples for STREAM frames, the
    power of the loudest, and what is said from which frame to which."""
    total, position, spans = STREAM * HOP_SAMPLES, int(rng.exponential(0.6) * SAMPLE_RATE), []
    dry = np.zeros(total + HOP_SAMPLES * 3, np.float32)
    is_mute = rng.random() < 0.05  # nothing but background
    loudest = 1e-10
    while position < total and supply and not is_mute:
        said = supply.pop()
        words, _ = at_16_khz(said.samples, rng)
        words = words[: len(dry) - position] * 10 ** rng.uniform(-0.45, 0.1)
        dry[position : position + len(words)] += words
        loudest = max(loudest, power(words))
        end = position + len(words)
        spans.append((position // HOP_SAMPLES, end // HOP_SAMPLES, said.phones))
        position = end + int(rng.exponential(rng.choice([0.1, 0.5])) * SAMPLE_RATE)
    return dry, loudest if spans else 0.01, spans


def without_talk(sound: np.ndarray, around: Surroundings, rng: np.random.Generator) -> np.ndarray:
    """16-bit samples for STREAM frames of music or noises: half the time as they are, at any level."""
    dry = at_16_khz(sound, rng)[0][: (STREAM + 3) * HOP_SAMPLES].astype(np.float32)
    if rng.random() < 0.5:
        return in_room(dry, power(dry), around, rng, some_snr_db(rng))
    loud = np.round(dry * 32767 * 10 ** rng.uniform(-1.5, 0.2))
    return np.clip(loud, -32768, 32767).astype(np.int16)


def some_snr_db(rng: np.random.Generator) -> float:
    """Infinite for a recording whose pauses are all zero."""
    kind = rng.random()
    return np.inf if kind < 0.15 else rng.uniform(0, 20) if kind < 0.5 else rng.uniform(20, 80)


def in_room(
    dry: np.ndarray, loudness: float, around: Surroundings, rng: np.random.Generator, snr_db: float
) -> np.ndarray:
    """16-bit samples of it with echoes, background and a microphone's faults."""
    wet = dry
    if rng.random() < 0.75:
        wet = fftconvolve(dry, around.rooms[rng.integers(len(around.rooms))])[: len(dry)].astype(np.float32)
    if np.isfinite(snr_db):
        wet = wet + background(len(wet), around.noises, rng) * np.sqrt(loudness / 10 ** (snr_db / 10))
    return microphone(wet, rng)
