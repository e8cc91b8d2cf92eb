"""A microphone that gives one value or nothing but noise is a fault; a room, quiet or loud, is none."""

import numpy as np
import pytest
import soundfile
from machines import SHARED_DATA
from test_ear import HOP, Ear

RATE = 16000
KINDS = ["wasm", "native"]
ROOT_RECORDING = "host-sim/tools/replay/recordings/kitchen.wav"


def faults(kind, samples, chunk=HOP):
    """When and what, in seconds."""
    ear = Ear(kind)
    found = []
    for start in range(0, len(samples), chunk):
        ear.hear(samples[start : start + chunk])
        found += [(e["sample"] / RATE, e["what"]) for e in ear.events() if e["type"] == "fault"]
    return found


def noise(seconds, level, seed=1):
    return np.random.default_rng(seed).normal(0, level, seconds * RATE).clip(-32768, 32767).astype(np.int16)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [0, -1, 32767])
def test_one_value_for_ten_seconds_is_a_fault_told_once(kind, value):
    assert [at for at, what in faults(kind, np.full(35 * RATE, value, np.int16)) if "same value" in what] == [
        10.0
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", [400, 3000, 12000])
def test_loud_even_white_noise_is_a_fault_told_once(kind, level):
    found = faults(kind, noise(25, level))
    assert [(at, "noise" in what) for at, what in found] == [(10.0, True)]


def test_random_bits_of_a_data_line_in_the_air_are_a_fault():
    bits = np.random.default_rng(2).integers(-32768, 32768, 15 * RATE).astype(np.int16)
    assert len(faults("native", bits)) == 1


def test_it_is_told_again_after_the_microphone_was_fine():
    sound = (3000 * np.sin(np.arange(3 * RATE) / 9)).astype(np.int16)
    dead = np.zeros(12 * RATE, np.int16)
    assert [at for at, _ in faults("native", np.concatenate([dead, sound, dead]))] == [10.0, 25.0]


def test_a_mute_begins_the_count_anew():
    ear = Ear("native")
    for second in range(30):
        ear.machine.call("ear_set_muted", ear.self, second % 8 == 0, returns="none")
        for _ in range(100):
            ear.hear(np.zeros(160, np.int16))
    assert list(ear.events()) == []


def test_what_a_microphone_gives_in_a_silent_room_is_no_fault():
    assert faults("native", noise(25, 6)) == []
    assert faults("native", np.tile(np.array([0, 1], np.int16), 15 * RATE)) == []


def test_sounds_of_a_house_are_no_fault():
    rng = np.random.default_rng(3)
    white = rng.normal(0, 3000, 20 * RATE)
    shower = np.convolve(white, np.ones(4) / 4, "same").astype(np.int16)
    hum = (8000 * np.sin(2 * np.pi * 50 * np.arange(20 * RATE) / RATE)).astype(np.int16)
    breaking = (white * (1 + np.sin(np.arange(20 * RATE) / 8000))).clip(-32768, 32767).astype(np.int16)
    for sound in (shower, hum, breaking):
        assert faults("native", sound) == []


def test_recordings_of_people_are_no_fault():
    files = sorted((SHARED_DATA / "read-speech").rglob("*.flac"))[:8] if SHARED_DATA.exists() else []
    samples = [soundfile.read(ROOT_RECORDING, dtype="int16")[0]]
    samples += [soundfile.read(file, dtype="int16")[0] for file in files]
    assert faults("native", np.concatenate(samples)) == []


@pytest.mark.parametrize("chunk", [77, 159, 160])
def test_how_samples_are_handed_in_makes_no_difference(chunk):
    assert [at for at, _ in faults("native", np.zeros(11 * RATE, np.int16), chunk)] == [10.0]
