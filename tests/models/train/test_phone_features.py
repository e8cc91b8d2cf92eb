"""The phone model's plain input in training is the speaker's own, bit for bit."""

import numpy as np
import pytest
from train.scenes import phone_features


def heard_by_the_speaker(samples):
    from test_features import Ears
    from test_phone_level import Level

    bands = []
    Ears("native").push(samples, plain=bands)
    return np.array(bands).reshape(-1, 40), Level("native").hear(bands).reshape(-1, 40)


def sounds():
    from test_features import SOUNDS, bundled_recording, clipped

    said = bundled_recording()
    return {
        **SOUNDS,
        **{f"the recording at {gain} dB": clipped(said * 10 ** (gain / 20)) for gain in (0, -30, -50, 10)},
        "less than a window": said[:479],
        "one window": said[:480],
    }


def test_training_hears_every_sound_as_the_speaker_does():
    for name, samples in sounds().items():
        bands, inputs = heard_by_the_speaker(samples)
        assert np.array_equal(phone_features.bands(phone_features.powers(samples)), bands), name
        assert np.array_equal(phone_features.features(samples), inputs), name


def test_many_recordings_at_once_are_each_heard_alone():
    from test_features import bundled_recording

    said = bundled_recording()
    alone = [phone_features.features(said[at : at + 32_000]) for at in (0, 32_000, 320_000)]
    power = np.stack([phone_features.powers(said[at : at + 32_000]) for at in (0, 32_000, 320_000)])
    bands = phone_features.bands(power)
    assert np.array_equal(phone_features.inputs(bands, phone_features.levels(bands)), alone)


def test_powers_of_a_tone_are_those_of_its_definition():
    time = np.arange(16_000) / 16_000
    tone = np.round(20_000 * np.sin(2 * np.pi * 1_000 * time)).astype(np.int16)
    power = phone_features.powers(tone)[50]
    window_power = 480 * 3 / 8  # Hann
    assert power.sum() == pytest.approx(20_000**2 / 2 * window_power * 512 / 2, rel=0.01)


def test_no_band_before_there_is_a_window():
    assert phone_features.features(np.zeros(479, np.int16)).shape == (0, 40)
