"""Batches for the student, each anew: speech in some copy, noise at some level, a microphone, the level
held, masks.

All of it happens on half decibels of power: the power of a sum of sounds is nearly the sum of their powers.
"""

from dataclasses import dataclass, field

import numpy as np

from ..phone_features import CHANNELS, SILENCE
from ..shapes import STACK
from .kernels import heard_at_level

DB = 2.0  # steps a decibel
NEPER = 20 / np.log(10)  # steps for e times the power
LEAD = (3, 60)  # frames before somebody speaks
REPLAY = (50, 250)  # frames that are heard at the level of the last of them, as when listening begins
PACES = (0.88, 1.15)  # of some, besides the copy's own; the pitch stays
CUT_BEFORE, CUT_AFTER = 0.1, 0.2  # shares of recordings that begin or end in digital silence
NOTHING = -300.0
QUIETEST_SHARE = 12  # per cent of the frames, which tell what is there without a word


@dataclass(frozen=True)
class Difficulty:
    """How hard a batch is made; `at(0)` is nearly clean, `at(1)` as hard as it gets."""

    noise_share: float
    least_snr_db: float
    most_snr_db: float
    masks: float
    rooms: float
    variation: float

    @staticmethod
    def at(hardness: float) -> "Difficulty":
        h = hardness
        return Difficulty(0.65 * h, 30 - 24 * h, 45 - 10 * h, 0.3 + 0.7 * h, 0.8 * h, min(1.0, 0.3 + 0.7 * h))


@dataclass
class Utterance:
    """What is drawn from: the same speech in each copy."""

    corpus: str
    labels: list[int]  # the way it was said, as far as is known
    ways: list[list[list[int]]]  # in which each word may be said
    index: int  # in the bands of each copy
    frames: int


@dataclass
class Batch:
    inputs: np.ndarray  # int8 [rows, frames, CHANNELS]
    lengths: np.ndarray  # steps of each row that count
    labels: np.ndarray  # int32 [rows, most]
    counts: np.ndarray
    utterances: np.ndarray  # which ones
    leads: np.ndarray  # frames before they begin
    frames: np.ndarray  # that they last
    stretches: np.ndarray  # of the copy that was taken


@dataclass
class Mixer:
    utterances: list[Utterance]
    copies: list  # (Copy, Sequences)
    sounds: list[np.ndarray]  # half decibels, [frames, CHANNELS] each
    rng: np.random.Generator
    tail: int  # frames after the last that is said: what the network looks ahead
    fading: np.ndarray = field(init=False)
    steady: np.ndarray = field(init=False)

    def __post_init__(self):
        # what power does in a band of a few and of some more bins of noise
        self.fading, self.steady = (
            (NEPER * np.log(self.rng.gamma(k, 1 / k, (4000, CHANNELS)) + 1e-3)).astype(np.float32)
            for k in (4, 12)
        )

    def order(self, weights: dict[str, float], frames_a_batch: int) -> list[np.ndarray]:
        """All utterances, those of a corpus as often as its weight says, in batches of about the same
        length."""
        chosen = [
            index
            for index, utterance in enumerate(self.utterances)
            for _ in range(int(weights.get(utterance.corpus, 1.0) + self.rng.random()))
        ]
        lengths = np.array([self.utterances[i].frames for i in chosen]) * np.exp(
            self.rng.normal(0, 0.05, len(chosen))
        )
        by_length = np.argsort(lengths)
        batches, first = [], 0
        for at in range(1, len(chosen) + 1):
            longest = lengths[by_length[at]] * 1.1 + LEAD[1] if at < len(chosen) else np.inf
            if (at + 1 - first) * longest > frames_a_batch:
                batches.append(np.array(chosen)[by_length[first:at]])
                first = at
        self.rng.shuffle(batches)
        return batches

    def batch(self, chosen: np.ndarray, hard: Difficulty) -> Batch:
        rng, rows = self.rng, len(chosen)
        taken = [self.copy(self.utterances[i], hard) for i in chosen]
        paces = [self.pace(hard) for _ in taken]
        said = [
            self.varied(stretched(bands.astype(np.float32), pace), hard)
            for (bands, _), pace in zip(taken, paces, strict=True)
        ]
        leads = rng.integers(*LEAD, rows)
        frames = np.array([len(one) for one in said])
        wide = -(-int((leads + frames).max() + self.tail) // STACK) * STACK
        scenes = np.stack([self.scene(one, lead, wide, hard) for one, lead in zip(said, leads, strict=True)])
        inputs = self.at_level(scenes)
        self.mask(inputs, hard)
        counts = np.array([len(self.utterances[i].labels) for i in chosen], np.int32)
        labels = np.zeros((rows, max(1, counts.max())), np.int32)
        for row, i in enumerate(chosen):
            labels[row, : counts[row]] = self.utterances[i].labels
        lengths = np.minimum(wide, leads + frames + self.tail).astype(np.int32) // STACK
        stretches = np.array([copy.stretch * pace for (_, copy), pace in zip(taken, paces, strict=True)])
        return Batch(inputs, lengths, labels, counts, chosen, leads, frames, stretches)

    def copy(self, utterance: Utterance, hard: Difficulty):
        shares = np.array([copy.share * (hard.rooms if copy.in_room else 1) for copy, _ in self.copies])
        copy, bands = self.copies[self.rng.choice(len(shares), p=shares / shares.sum())]
        return bands[utterance.index], copy

    def pace(self, hard: Difficulty) -> float:
        return self.rng.uniform(*PACES) if self.rng.random() < 0.5 * hard.variation else 1.0

    def varied(self, bands: np.ndarray, hard: Difficulty) -> np.ndarray:
        """Another throat: channels stretched and shifted."""
        rng, strength = self.rng, hard.variation
        place = np.arange(CHANNELS) * np.exp(rng.normal(0, 0.035 * strength)) + rng.normal(0, 0.9 * strength)
        place = np.clip(place, 0, CHANNELS - 1.001)
        below = place.astype(int)
        part = (place - below).astype(np.float32)
        return bands[:, below] * (1 - part) + bands[:, below + 1] * part

    def scene(self, said: np.ndarray, lead: int, wide: int, hard: Difficulty) -> np.ndarray:
        rng, means = self.rng, said.mean(1)
        floor = said[means <= np.percentile(means, QUIETEST_SHARE)].mean(0)
        scene = floor + self.steady[rng.integers(0, len(self.steady), wide)]
        scene[lead : lead + len(said)] = said
        scene += self.curve(8 * hard.variation)
        ends = rng.random(2) < (CUT_BEFORE, CUT_AFTER)
        if ends[0]:
            scene[:lead] = NOTHING
        if ends[1]:
            scene[lead + len(said) :] = NOTHING
        if rng.random() < hard.noise_share:
            noise = self.noise(wide)
            power = np.exp(said / NEPER).sum(1)
            speech = power[power > power.mean() / 4].mean()
            snr_db = rng.uniform(hard.least_snr_db, hard.most_snr_db)
            noise += NEPER * np.log(speech / np.exp(noise / NEPER).sum(1).mean()) - DB * snr_db
            scene = NEPER * np.logaddexp(scene / NEPER, noise / NEPER)
            if rng.random() < 0.5:
                scene += self.curve(3 * hard.variation)
        return scene + rng.normal(0, 10)

    def curve(self, deviation: float) -> np.ndarray:
        """A microphone's: smooth over the channels."""
        knots = self.rng.normal(0, deviation, 5)
        return np.interp(np.linspace(0, 4, CHANNELS), np.arange(5), knots).astype(np.float32)

    def noise(self, frames: int) -> np.ndarray:
        kind = self.rng.random()
        if kind < 0.5:
            return self.hiss(frames)
        if kind < 0.82 and self.sounds:
            return self.repeated(self.sounds[self.rng.integers(len(self.sounds))], frames) + self.curve(4)
        return self.talk(frames)

    def hiss(self, frames: int) -> np.ndarray:
        """Noise that goes on: coloured, some with hum, some coming and going."""
        rng = self.rng
        noise = self.repeated(self.fading if rng.random() < 0.5 else self.steady, frames)
        white = NEPER * np.log(np.maximum(1, (1 + np.arange(CHANNELS)) ** 1.2))
        colour = self.curve(14) + white * rng.uniform(-0.6, 1)
        if rng.random() < 0.3:
            for _ in range(rng.integers(1, 4)):
                colour[rng.integers(0, 25)] += rng.uniform(5, 35)
        noise = noise + colour
        if rng.random() < 0.3:
            knots = np.arange(frames // 50 + 2)
            noise += np.interp(np.arange(frames), knots * 50, rng.normal(0, 5, len(knots)))[:, None]
        return noise

    def talk(self, frames: int) -> np.ndarray:
        """Others, two to five of them."""
        power = np.full((frames, CHANNELS), 1e-6)
        bands = self.copies[0][1]
        for _ in range(self.rng.integers(2, 6)):
            other = self.utterances[self.rng.integers(len(self.utterances))]
            said = self.repeated(bands[other.index].astype(np.float32), frames)
            power += np.exp(said / NEPER + self.rng.normal(0, 0.5))
        return NEPER * np.log(power)

    def repeated(self, sound: np.ndarray, frames: int) -> np.ndarray:
        first = self.rng.integers(len(sound))
        return np.take(sound, np.arange(first, first + frames), axis=0, mode="wrap").astype(np.float32)

    def at_level(self, scenes: np.ndarray) -> np.ndarray:
        """int8 inputs. Half of the rows begin at about the level that they end at, some replay their
        beginning."""
        rng, rows = self.rng, len(scenes)
        bands = np.clip(np.floor(scenes + 0.5), SILENCE, 127).astype(np.int8)
        replays = np.where(rng.random(rows) < 0.4, rng.integers(*REPLAY, rows), 0)
        inputs, ends = heard_at_level(bands, replays)
        warm = rng.random(rows) < 0.5
        starts = ends[warm] + rng.normal(0, 5 * DB, warm.sum())
        inputs[warm] = heard_at_level(bands[warm], replays[warm], starts)[0]
        return inputs

    def mask(self, inputs: np.ndarray, hard: Difficulty) -> None:
        """Hides some channels and some moments of each row."""
        frames = inputs.shape[1]
        for row in inputs:
            for count, size, widest in ((2, CHANNELS, 7), (1 + frames // 300, frames, 12)):
                for _ in range(count):
                    width = self.rng.integers(1 + int(widest * hard.masks)) if self.rng.random() < 0.6 else 0
                    first = self.rng.integers(0, size + 1 - width)
                    hidden = slice(first, first + width)
                    row[(slice(None), hidden) if size == CHANNELS else hidden] = SILENCE


def stretched(bands: np.ndarray, pace: float) -> np.ndarray:
    """As many times as long."""
    if pace == 1.0:
        return bands
    place = np.minimum(np.arange(int(len(bands) * pace)) / pace, len(bands) - 1.001)
    below = place.astype(int)
    part = (place - below)[:, None].astype(np.float32)
    return bands[below] * (1 - part) + bands[below + 1] * part
