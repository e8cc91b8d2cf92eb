"""Batches for the phone model: what was said stays where it is said to be."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="skipped: torch is not installed")

from train.phones.mix import Batch, Difficulty, Mixer, Rows, Utterance, stretched
from train.phones.noise import Noise
from train.phones.store import COPIES
from train.scenes.phone_features import SILENCE

FRAMES = (90, 120, 300)
TAIL = 24


class Told(list):
    """Bands of each utterance: quiet, with a loud frame every ten."""

    def __init__(self, stretch: float):
        for count in FRAMES:
            bands = np.full((round(count * stretch), 40), -40, np.float16)
            bands[::10] = 60
            self.append(bands)


def mixer(seed: int = 1) -> Mixer:
    said = [Utterance("books", [3, 4, 5], [[[3, 4, 5]]], row, count) for row, count in enumerate(FRAMES)]
    copies = [(copy, Told(copy.stretch)) for copy in COPIES]
    return Mixer(said, copies, [np.full((50, 40), 20, np.float16)], np.random.default_rng(seed), TAIL)


def batch_of(mixer: Mixer, utterances: list[int], hard: Difficulty) -> Batch:
    return mixer.batch(mixer.with_pauses(utterances), hard)


def test_the_same_seed_makes_the_same_batch():
    first, second = (batch_of(mixer(5), [0, 1, 2], Difficulty.at(1)) for _ in range(2))
    assert (first.inputs == second.inputs).all()
    assert (first.leads != batch_of(mixer(6), [0, 1, 2], Difficulty.at(1)).leads).any()


def test_speech_is_where_its_lead_says_and_lasts_as_long_as_its_copy():
    clean = Difficulty(0, 30, 40, 0, 0.5, 0)
    for seed in range(5):
        batch = batch_of(mixer(seed), [0, 1, 2], clean)
        for row in range(3):
            lead, count = int(batch.leads[row]), int(batch.frames[row])
            assert abs(count - FRAMES[row] * batch.stretches[row]) <= 1
            loud = batch.inputs[row, lead : lead + count : 10].mean()
            quiet = batch.inputs[row, lead + 5 : lead + count : 10].mean()
            assert loud > quiet + 30


def test_a_row_counts_until_the_network_has_seen_all_of_it():
    rows = Rows(np.arange(3), np.array([3, 200, 40]), np.array([0, 100, 30]))
    batch = mixer().batch(rows, Difficulty.at(0.5))
    assert (batch.lengths == (rows.before + batch.frames + rows.after + TAIL) // 3).all()
    assert (batch.leads == rows.before).all()
    assert batch.inputs.shape[1] >= 3 * batch.lengths.max()
    assert batch.inputs.dtype == np.int8


def test_in_each_round_every_utterance_is_drawn_and_batches_stay_small():
    drawn = mixer().order({"books": 2.0}, 800)
    assert sorted(np.concatenate([rows.utterances for rows in drawn]).tolist()) == [0, 0, 1, 1, 2, 2]
    lasts = [[FRAMES[row] for row in rows.utterances] + rows.before + rows.after for rows in drawn]
    assert all(sum(lengths) <= 800 for lengths in lasts)


def test_some_are_said_after_seconds_of_nothing_and_before_more_of_it():
    rows = mixer().with_pauses([0] * 1000)
    assert 0.2 < (rows.before > 100).mean() < 0.4
    assert ((rows.after > 0) == (rows.before >= 60)).all()


def test_noise_of_every_kind_is_as_loud_as_asked_for():
    recorded, talker = np.full((50, 40), 20, np.float16), np.full((30, 40), 9.0)
    noise = Noise([recorded], lambda: talker, np.random.default_rng(2))
    for _ in range(60):
        some = noise.some(400)
        assert some.shape == (400, 40)
        assert np.exp(some * np.log(10) / 20).sum(1).mean() == pytest.approx(1, rel=1e-3)


def test_clatter_is_heard_in_strikes():
    noise = Noise([], lambda: np.zeros((1, 40)), np.random.default_rng(3))
    power = np.concatenate([np.exp(noise.clatter(2000) * np.log(10) / 20).sum(1) for _ in range(5)])
    assert power.max() > 20 * np.median(power)


def test_noise_is_louder_the_harder_it_gets():
    def quiet_parts(hard: Difficulty) -> float:
        batch = batch_of(mixer(3), [2] * 8, hard)
        return np.mean(
            [batch.inputs[row, lead + 5 : lead + 250 : 10].mean() for row, lead in enumerate(batch.leads)]
        )

    low, high = (quiet_parts(Difficulty(1.0, snr, snr + 1, 0, 0, 0)) for snr in (40, 5))
    assert high > low + 20


def test_masks_hide_channels_and_moments():
    shown, hidden = (
        batch_of(mixer(4), [2] * 8, Difficulty(0, 30, 40, masks, 0, 0)).inputs for masks in (0.15, 1)
    )
    assert (hidden == SILENCE).mean() > (shown == SILENCE).mean()


def test_a_slower_pace_is_longer_and_otherwise_the_same():
    rising = np.repeat(np.arange(100, dtype=np.float32)[:, None], 40, 1)
    slow = stretched(rising, 1.1)
    assert len(slow) == 110
    assert slow[55, 0] == pytest.approx(50, abs=0.01)
    assert stretched(rising, 1.0) is rising
