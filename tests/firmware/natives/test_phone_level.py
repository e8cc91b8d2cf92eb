"""The level at which the phone model hears: held so that loud and quiet speech look alike."""

import numpy as np
import pytest
from machines import EAR_FOLDERS, machine
from test_features import Ears, bundled_recording, clipped

KINDS = ["wasm", "native"]
CHANNELS, SECOND = 40, 100
MARGIN, LEAST = 20, -64  # half decibels


class Level:
    def __init__(self, kind):
        self.machine = machine(kind, EAR_FOLDERS)
        self.self, self.bands, self.input = (self.machine.alloc(64) for _ in range(3))
        self.reset()

    def reset(self):
        self.machine.call("phone_level_reset", self.self, returns="none")

    def follow(self, bands):
        self.machine.write(self.bands, np.asarray(bands, np.int8).tobytes())
        self.machine.call("phone_level_follow", self.self, self.bands, returns="none")

    def apply(self, bands):
        self.machine.write(self.bands, np.asarray(bands, np.int8).tobytes())
        self.machine.call("phone_level_apply", self.self, self.bands, self.input, returns="none")
        return np.frombuffer(self.machine.read(self.input, CHANNELS), np.int8)

    def held(self):
        return -int(self.apply(np.zeros(CHANNELS))[0])

    def steady(self, value, frames):
        """What is held after so many frames of the same."""
        for _ in range(frames):
            self.follow(np.full(CHANNELS, value))
        return self.held()

    def hear(self, frames):
        inputs = []
        for frame in frames:
            self.follow(frame)
            inputs.append(self.apply(frame))
        return np.array(inputs, int)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_frame_sets_the_level(kind):
    level = Level(kind)
    assert level.steady(-30, 1) == -30 + MARGIN
    level.steady(60, SECOND)
    level.reset()
    assert level.steady(-30, 1) == -30 + MARGIN


@pytest.mark.parametrize("kind", KINDS)
def test_the_level_rises_in_a_fifth_of_a_second_and_falls_in_seconds(kind):
    level = Level(kind)
    level.steady(-30, SECOND)
    assert 40 <= level.steady(50, 20) <= 47
    assert level.steady(50, SECOND) in (49, 50)
    assert level.steady(50 - MARGIN, 60 * SECOND) in (49, 50)  # within the margin it stays
    assert 34 <= level.steady(-30, SECOND) <= 40
    assert level.steady(-30, 60 * SECOND) == -30 + MARGIN


@pytest.mark.parametrize("kind", KINDS)
def test_silence_is_not_blown_up(kind):
    level = Level(kind)
    assert level.steady(-128, 60 * SECOND) == LEAST
    assert (level.apply(np.full(CHANNELS, -128)) == -128 - LEAST).all()
    level.steady(100, SECOND)
    assert (level.apply(np.full(CHANNELS, -128)) == -128).all()
    level.steady(-128, 60 * SECOND)
    assert level.held() == LEAST
    assert (level.apply(np.full(CHANNELS, 127)) == 127).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("decibels", [-30, -20, 6])
def test_speech_looks_alike_however_loud(kind, decibels):
    said, louder, bands = bundled_recording(), [], []
    Ears(kind).push(said, plain=bands)
    Ears(kind).push(clipped(said * 10 ** (decibels / 20)), plain=louder)
    reference, changed = Level(kind).hear(bands), Level(kind).hear(louder)
    apart = (changed - reference)[reference > -40] / 2  # all but what is 20 dB below the level
    assert np.sqrt(np.mean(apart**2)) < 1
    assert abs(np.mean(apart)) < 0.25
    assert reference.min() > -128 and reference.max() < 127
