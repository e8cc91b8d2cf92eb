"""Speech in copies: other paces, and in rooms."""

import numpy as np
import pytest

pytest.importorskip("scipy", reason="skipped: scipy is not installed")
soundfile = pytest.importorskip("soundfile", reason="skipped: soundfile is not installed")

from train.phones.recordings import Recording  # noqa: E402
from train.phones.store import Copy, Sequences, changed, decoded, half_decibels, in_room, responses  # noqa: E402
from train.scenes import phone_features  # noqa: E402


def tone(hertz: float = 1000, seconds: float = 1.0) -> np.ndarray:
    return (8000 * np.sin(2 * np.pi * hertz * np.arange(int(16_000 * seconds)) / 16_000)).astype(np.int16)


def test_sequences_come_back_one_by_one(tmp_path):
    written = [np.full((count, 2), count, np.float16) for count in (3, 0, 5)]
    Sequences.write(tmp_path / "some", written)
    read = Sequences(tmp_path / "some")
    assert Sequences.is_there(tmp_path / "some")
    assert [len(one) for one in read] == [3, 0, 5]
    assert (read[2] == 5).all()


def test_recordings_are_decoded_at_16_khz_from_where_they_are_wanted(tmp_path):
    path = tmp_path / "a.wav"
    soundfile.write(path, np.repeat(tone(500, 2.0)[:, None], 2, 1), 32_000)
    samples = decoded(Recording(path, "c", "s", "train", None, skip_seconds=0.25))
    assert samples.dtype == np.int16
    assert len(samples) == 12_000


def test_half_decibels_are_the_bands_that_the_phone_model_hears():
    speech = np.random.default_rng(1).normal(0, 800, 8_000).astype(np.int16)
    rounded = np.floor(half_decibels(speech).astype(np.float32) + 0.5)
    bands = phone_features.bands(phone_features.powers(speech))
    assert np.abs(rounded - bands).max() <= 1
    assert (rounded != bands).mean() < 0.03


def test_a_slower_copy_is_longer_and_lower():
    slow = changed(tone(), Copy("slow", 110, False, 1.0), [], np.random.default_rng(1))
    assert len(slow) == 17_600
    channel = [half_decibels(samples).mean(0).argmax() for samples in (slow, tone())]
    assert channel[0] < channel[1]


def test_a_room_goes_on_after_the_speech_but_begins_with_it(tmp_path):
    response = np.zeros(4_000, np.float32)
    response[100], response[3_000] = 1.0, 0.5
    soundfile.write(tmp_path / "room.flac", response, 16_000)
    (kept,) = responses(tmp_path)
    assert np.square(kept).sum() == pytest.approx(1)
    click = np.zeros(8_000, np.float32)
    click[1_000] = 10_000
    wet = in_room(click, kept, np.random.default_rng(1))
    assert len(wet) == 8_000
    assert np.abs(wet).argmax() == 1_000
    assert wet[3_900] != 0
    assert np.abs(wet[:990]).max() < 1e-3


def test_no_rooms_are_no_responses(tmp_path):
    with pytest.raises(SystemExit, match="no impulse responses"):
        responses(tmp_path)
