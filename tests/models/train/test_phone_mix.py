"""Batches for the phone model: what was said stays where it is said to be."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="skipped: torch is not installed")

from train.phones.mix import Difficulty, Mixer, Utterance, stretched
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


def test_the_same_seed_makes_the_same_batch():
    first, second = (mixer(5).batch(np.arange(3), Difficulty.at(1)) for _ in range(2))
    assert (first.inputs == second.inputs).all()
    assert (first.leads != mixer(6).batch(np.arange(3), Difficulty.at(1)).leads).any()


def test_speech_is_where_its_lead_says_and_lasts_as_long_as_its_copy():
    clean = Difficulty(0, 30, 40, 0, 0.5, 0)
    for seed in range(5):
        batch = mixer(seed).batch(np.arange(3), clean)
        for row in range(3):
            lead, count = int(batch.leads[row]), int(batch.frames[row])
            assert abs(count - FRAMES[row] * batch.stretches[row]) <= 1
            loud = batch.inputs[row, lead : lead + count : 10].mean()
            quiet = batch.inputs[row, lead + 5 : lead + count : 10].mean()
            assert loud > quiet + 30


def test_a_row_counts_until_the_network_has_seen_all_of_it():
    batch = mixer().batch(np.arange(3), Difficulty.at(0.5))
    assert (batch.lengths == (batch.leads + batch.frames + TAIL) // 3).all()
    assert batch.inputs.shape[1] >= 3 * batch.lengths.max()
    assert batch.inputs.dtype == np.int8


def test_in_each_round_every_utterance_is_drawn_and_batches_stay_small():
    drawn = mixer().order({"books": 2.0}, 800)
    assert sorted(np.concatenate(drawn).tolist()) == [0, 0, 1, 1, 2, 2]
    assert all(sum(FRAMES[row] for row in rows) <= 800 for rows in drawn)


def test_noise_is_louder_the_harder_it_gets():
    def quiet_parts(hard: Difficulty) -> float:
        batch = mixer(3).batch(np.array([2] * 8), hard)
        return np.mean(
            [batch.inputs[row, lead + 5 : lead + 250 : 10].mean() for row, lead in enumerate(batch.leads)]
        )

    low, high = (quiet_parts(Difficulty(1.0, snr, snr + 1, 0, 0, 0)) for snr in (40, 5))
    assert high > low + 20


def test_masks_hide_channels_and_moments():
    shown, hidden = (
        mixer(4).batch(np.array([2] * 8), Difficulty(0, 30, 40, masks, 0, 0)).inputs for masks in (0.15, 1)
    )
    assert (hidden == SILENCE).mean() > (shown == SILENCE).mean()


def test_a_slower_pace_is_longer_and_otherwise_the_same():
    rising = np.repeat(np.arange(100, dtype=np.float32)[:, None], 40, 1)
    slow = stretched(rising, 1.1)
    assert len(slow) == 110
    assert slow[55, 0] == pytest.approx(50, abs=0.01)
    assert stretched(rising, 1.0) is rising
