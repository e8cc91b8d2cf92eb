"""Rooms, noise and microphones: seeded, bounded, and as long as they should be."""

import numpy as np
import pytest

pytest.importorskip("scipy", reason="skipped: scipy is not installed")

from train.scenes.augment import Surroundings
from train.scenes.noises import load_recorded, noise_pool
from train.scenes.rooms import rooms


@pytest.fixture(scope="module")
def around():
    speech = [np.random.default_rng(0).standard_normal(16_000).astype(np.float32)]
    return Surroundings(rooms(3, 1), noise_pool(1.4, speech, 1))


def test_noise_has_unit_power_and_no_holes(around):
    for noise in around.noises:
        assert np.isfinite(noise).all()
        assert np.sqrt(np.mean(np.square(noise))) == pytest.approx(1, rel=1e-3)


def test_recorded_sounds_join_the_noise(tmp_path):
    rng = np.random.default_rng(2)
    sounds = [(rng.uniform(-1, 1, count) * 9000).astype(np.int16) for count in (800, 4000, 20_000, 64_000)]
    np.savez(tmp_path / "noise.npz", samples=np.concatenate(sounds), counts=[len(s) for s in sounds])
    recorded = load_recorded(tmp_path / "noise.npz")
    assert [len(sound) for sound in recorded] == [800, 4000, 20_000, 64_000]
    assert all(np.abs(sound).max() == pytest.approx(1) for sound in recorded)
    speech = [rng.standard_normal(16_000).astype(np.float32)]
    pool = noise_pool(2, speech, 1, recorded, rooms(2, 1))
    assert len(pool) == 12
    for noise in pool:
        assert np.sqrt(np.mean(np.square(noise))) == pytest.approx(1, rel=1e-3)


def test_without_a_file_there_are_no_recorded_sounds(tmp_path):
    assert load_recorded(tmp_path / "noise.npz") == []
