"""Batches for the student, each anew: speech in some copy, noise at some level, a microphone, the level
held, masks.

All of it happens on half decibels of power: the power of a sum of sounds is nearly the sum of their powers.
"""

from dataclasses import dataclass, field

import numpy as np

from ..networks.shapes import STACK
from ..scenes.phone_features import CHANNELS, SILENCE
from .kernels import heard_at_level
from .noise import DB, NEPER, Noise

LEAD = (3, 60)  # frames before somebody speaks
# a speaker listens for seconds to nothing but the room: of some, frames before and after what is said
PAUSED = 0.3
BEFORE, AFTER = (60, 300), (20, 220)
REPLAY = (50, 250)  # frames that are heard at the level of the last of them, as when listening begins
PACES = (0.88, 1.15)  # of some, besides the copy's own; the pitch stays
CUT_BEFORE, CUT_AFTER = 0.1, 0.2  # shares of recordings that begin or end in digital silence
NOTHING = -300.0
KNOCKS = 0.1  # share of scenes with one
FAR_LEVELS_DB = (-20, 30)
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
        return Difficulty(0.8 * h, 30 - 27 * h, 45 - 17 * h, 0.3 + 0.7 * h, 0.8 * h, min(1.0, 0.3 + 0.7 * h))


@dataclass
class Utterance:
    """What is drawn from: the same speech in each copy."""

    corpus: str
    labels: list[int]  # the way it was said, as far as is known
    ways: list[list[list[int]]]  # in which each word may be said
    index: int  # in the bands of each copy
    frames: int


@dataclass
class Rows:
    """What a batch is made of: which utterances, and for how many frames nobody speaks around each."""

    utterances: np.ndarray
    before: np.ndarray
    after: np.ndarray

    def __len__(self) -> int:
        return len(self.utterances)

    def __getitem__(self, rows) -> "Rows":
        return Rows(self.utterances[rows], self.before[rows], self.after[rows])


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
    noise: Noise = field(init=False)

    def __post_init__(self):
        self.noise = Noise(self.sounds, self.anybody, self.rng)

    def anybody(self) -> np.ndarray:
        one = self.utterances[self.rng.integers(len(self.utterances))]
        return self.copies[0][1][one.index].astype(np.float32)

    def order(self, weights: dict[str, float], frames_a_batch: int) -> list[Rows]:
        """All utterances, those of a corpus as often as its weight says, in batches of about the same
        length."""
        rows = self.with_pauses(
            [
                index
                for index, utterance in enumerate(self.utterances)
                for _ in range(int(weights.get(utterance.corpus, 1.0) + self.rng.random()))
            ]
        )
        frames = np.array([self.utterances[i].frames for i in rows.utterances])
        lengths = rows.before + rows.after + frames * np.exp(self.rng.normal(0, 0.05, len(rows)))
        by_length = np.argsort(lengths)
        batches, first = [], 0
        for at in range(1, len(rows) + 1):
            longest = lengths[by_length[at]] * 1.1 + self.tail if at < len(rows) else np.inf
            if (at + 1 - first) * longest > frames_a_batch:
                batches.append(rows[by_length[first:at]])
                first = at
        self.rng.shuffle(batches)
        return batches

    def with_pauses(self, utterances: list[int]) -> Rows:
        rng, count = self.rng, len(utterances)
        is_paused = rng.random(count) < PAUSED
        before = np.where(is_paused, rng.integers(*BEFORE, count), rng.integers(*LEAD, count))
        return Rows(np.array(utterances), before, np.where(is_paused, rng.integers(*AFTER, count), 0))

    def batch(self, rows: Rows, hard: Difficulty) -> Batch:
        taken = [self.copy(self.utterances[i], hard) for i in rows.utterances]
        paces = [self.pace(hard) for _ in taken]
        said = [
            self.varied(stretched(bands.astype(np.float32), pace), hard)
            for (bands, _), pace in zip(taken, paces, strict=True)
        ]
        frames = np.array([len(one) for one in said])
        ends = rows.before + frames + rows.after + self.tail
        wide = -(-int(ends.max()) // STACK) * STACK
        scenes = [self.scene(one, lead, wide, hard) for one, lead in zip(said, rows.before, strict=True)]
        inputs = self.at_level(np.stack(scenes))
        self.mask(inputs, hard)
        counts = np.array([len(self.utterances[i].labels) for i in rows.utterances], np.int32)
        labels = np.zeros((len(rows), max(1, counts.max())), np.int32)
        for row, i in enumerate(rows.utterances):
            labels[row, : counts[row]] = self.utterances[i].labels
        lengths = ends.astype(np.int32) // STACK
        stretches = np.array([copy.stretch * pace for (_, copy), pace in zip(taken, paces, strict=True)])
        return Batch(inputs, lengths, labels, counts, rows.utterances, rows.before, frames, stretches)

    def copy(self, utterance: Utterance, hard: Difficulty):
        shares = np.array([copy.share * (hard.rooms if copy.in_room else 1) for copy, _ in self.copies])
        copy, bands = self.copies[self.rng.choice(len(shares), p=shares / shares.sum())]
        return bands[utterance.index], copy

    def pace(self, hard: Difficulty) -> float:
        return self.rng.uniform(*PACES) if self.rng.random() < 0.5 * hard.variation else 1.0

    def varied(self, bands: np.ndarray, hard: Difficulty) -> np.ndarray:
        """Another throat: channels stretched and shifted."""
        rng, strength = self.rng, hard.variation
        place = np.arange(CHANNELS) * np.exp(rng.normal(0, 0.05 * strength)) + rng.normal(0, 1.2 * strength)
        place = np.clip(place, 0, CHANNELS - 1.001)
        below = place.astype(int)
        part = (place - below).astype(np.float32)
        return bands[:, below] * (1 - part) + bands[:, below + 1] * part

    def scene(self, said: np.ndarray, lead: int, wide: int, hard: Difficulty) -> np.ndarray:
        rng, means = self.rng, said.mean(1)
        floor = said[means <= np.percentile(means, QUIETEST_SHARE)].mean(0)
        scene = floor + self.noise.steady[rng.integers(0, len(self.noise.steady), wide)]
        scene[lead : lead + len(said)] = said
        scene += self.noise.curve(8 * hard.variation)
        if lead > 8 and rng.random() < KNOCKS:
            knock = self.knock(said)
            first = rng.integers(0, lead - len(knock))
            scene[first : first + len(knock)] = knock
        ends = [slice(0, lead), slice(lead + len(said), wide)]
        cut = [end for end, share in zip(ends, (CUT_BEFORE, CUT_AFTER), strict=True) if rng.random() < share]
        for end in cut:
            scene[end] = NOTHING
        if rng.random() < hard.noise_share:
            power = np.exp(said / NEPER).sum(1)
            speech = power[power > power.mean() / 4].mean()
            snr_db = rng.uniform(hard.least_snr_db, hard.most_snr_db)
            noise = self.noise.some(wide) + NEPER * np.log(speech) - DB * snr_db
            scene = NEPER * np.logaddexp(scene / NEPER, noise / NEPER)
            if rng.random() < 0.5:
                scene += self.noise.curve(3 * hard.variation)
            for end in cut if rng.random() < 0.5 else ():  # the noise is part of the recording
                scene[end] = NOTHING
        return scene + rng.normal(0, 10)

    def at_level(self, scenes: np.ndarray) -> np.ndarray:
        """int8 inputs. Half of the rows begin at a level held before: about the one that they end at, or
        what something much louder or quieter has left. Some replay their beginning."""
        rng, rows = self.rng, len(scenes)
        bands = np.clip(np.floor(scenes + 0.5), SILENCE, 127).astype(np.int8)
        replays = np.where(rng.random(rows) < 0.4, rng.integers(*REPLAY, rows), 0)
        inputs, ends = heard_at_level(bands, replays)
        warm = rng.random(rows) < 0.5
        apart_db = np.where(rng.random(rows) < 0.5, rng.uniform(*FAR_LEVELS_DB, rows), rng.normal(0, 5, rows))
        inputs[warm] = heard_at_level(bands[warm], replays[warm], (ends + DB * apart_db)[warm])[0]
        return inputs

    def knock(self, said: np.ndarray) -> np.ndarray:
        """A few frames of something loud before somebody speaks."""
        loud = (said.max(0) + said.max()) / 2 + DB * self.rng.uniform(-5, 20)
        return np.tile(loud + self.noise.curve(15), (self.rng.integers(2, 8), 1))

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
