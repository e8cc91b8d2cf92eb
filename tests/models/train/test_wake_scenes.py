"""Scenes of a wake word: where the word ends, what is said in a stretch, and quiet rooms among the loud."""

import numpy as np
import pytest

pytest.importorskip("scipy", reason="skipped: scipy is not installed")
pytest.importorskip("pymicro_features", reason="skipped: pymicro-features is not installed")

from train.scenes.augment import Surroundings
from train.scenes.features import features
from train.scenes.mel import SILENCE
from train.scenes.noises import noise_pool
from train.scenes.rooms import rooms
from train.wake.scenes import AFTER, BEFORE, STREAM, Said, positive, some_snr_db, stretch

TALK = [np.zeros(16_000, np.float32)]


@pytest.fixture(scope="module")
def around():
    speech = [np.random.default_rng(0).standard_normal(16_000).astype(np.float32)]
    return Surroundings(rooms(3, 1), noise_pool(1.4, speech, 1))


def said(seconds: float = 0.7, phones: tuple[int, ...] = (1, 2, 3)) -> Said:
    tone = 8000 * np.sin(np.arange(int(seconds * 24_000)) * 0.1)
    return Said(tone.astype(np.int16), np.array(phones, np.uint8), seconds)


def test_the_word_ends_at_the_same_frame_of_every_scene(around):
    for seed in range(12):
        scene = positive(said(), TALK, around, np.random.default_rng(seed), np.inf)
        shapes = {name: heard.shape for name, heard in scene.items()}
        whole = BEFORE + AFTER
        assert shapes == {"frames": (whole, 40), "mels": (whole, 32), "plain": (whole, 40)}
        for heard in scene.values():
            loud = heard.astype(int).max(1)
            assert loud[BEFORE - 30 : BEFORE - 5].mean() > loud[BEFORE + 40 :].mean() + 20


def test_what_was_before_the_microphone_started_is_silence(around):
    scenes = [positive(said(), TALK, around, np.random.default_rng(seed), 10) for seed in range(40)]
    silent = [bool((scene["frames"][:30] == -128).all()) for scene in scenes]
    assert 5 < sum(silent) < 40
    assert silent == [bool((scene["mels"][:30] == SILENCE).all()) for scene in scenes]
    assert silent == [bool((scene["plain"][:30] == -128).all()) for scene in scenes]


def test_a_stretch_says_who_talks_when_and_leaves_nobody_out(around):
    people = [said(phones=(number,)) for number in range(1, 40)]
    sound, spans = stretch(people, around, np.random.default_rng(3))
    assert features(sound)[:STREAM].shape == (STREAM, 40)
    assert [int(phones[0]) for _, _, phones in spans] == list(range(39, 39 - len(spans), -1))
    assert len(people) == 39 - len(spans)
    assert all(first < last for first, last, _ in spans)


def test_quiet_rooms_are_as_usual_as_loud_ones():
    rng = np.random.default_rng(1)
    drawn = np.array([some_snr_db(rng) for _ in range(1000)])
    assert 0.4 < (drawn >= 20).mean() < 0.7
    assert 0.08 < np.isinf(drawn).mean() < 0.16


def test_the_same_seed_makes_the_same_scene(around):
    first, second = (positive(said(), TALK, around, np.random.default_rng(9), 10) for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in first)
