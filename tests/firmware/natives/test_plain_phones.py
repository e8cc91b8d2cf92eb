"""A phone model of plain channels hears them at the level that is held, the past at that of the present."""

import sys

import numpy as np
import pytest
from hearing import BAD_PHONE_FEATURES, NOISE_REDUCED, OK, PLAIN
from machines import EAR_FOLDERS, ROOT, machine
from test_features import Ears, clipped
from test_phone_level import Level
from test_word_verifier import HOP, KINDS, LookingEar, loudness, woken, words_said

CHANNELS, STRIDE, KEPT = 40, 3, 256


def plain_phones(step=1 / 32, zero=-128):
    """Class 1 where it is as loud as speech, else the blank."""
    gains, biases = np.zeros(40), np.full(40, -8.0)
    gains[1], biases[1], biases[0] = 1, -3.0 * STRIDE * CHANNELS, 0.0
    return loudness(40, STRIDE, 0.1, 0, gains, biases, step, zero)


class PlainEar(LookingEar):
    def __init__(self, kind):
        super().__init__(kind, with_embedding=False)
        assert self.set_commands(plain_phones(), PLAIN) == OK
        self.input = self.kept[-1].inputs[0].address

    def inputs(self, samples):
        """After each 10 ms, what the model's input holds: a stride of frames."""
        found = []
        for start in range(0, len(samples), HOP):
            self.hear(samples[start : start + HOP])
            held = self.machine.read(self.input, STRIDE * CHANNELS)
            found.append(np.frombuffer(held, np.int8).reshape(STRIDE, CHANNELS))
        return found


def heard_at(kind, bands, now, frame):
    """A frame at the level of another."""
    level = Level(kind)
    for each in bands[: now + 1]:
        level.follow(each)
    return level.apply(bands[frame]).tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_a_look_hears_its_past_at_the_level_of_the_present_and_then_goes_on_live(kind):
    samples, bands = words_said(), []
    Ears(kind).push(samples, plain=bands)
    inputs = PlainEar(kind).inputs(samples)
    hop = next(hop for hop, input in enumerate(inputs) if np.any(input))
    now = hop - 2  # the first frame comes with the third hop
    replayed = [heard_at(kind, bands, now, frame) for frame in range(now - 5, now + 1)]
    assert all(row in replayed for row in inputs[hop].tolist())
    assert heard_at(kind, bands, now - 5, now - 5) not in inputs[hop].tolist()  # the level has risen since
    for later in range(1, 30):
        (changed,) = np.flatnonzero((inputs[hop + later] != inputs[hop + later - 1]).any(axis=1))
        assert inputs[hop + later][changed].tolist() == heard_at(kind, bands, now + later, now + later)


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_is_found_however_loud_the_second_look_hears_it(kind):
    said = words_said()
    loud = woken(PlainEar(kind).all_events(said))
    assert len(loud) == 1
    quiet = woken(PlainEar(kind).all_events(clipped(said * 0.25)))
    assert quiet == loud


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_mute_nothing_is_left_of_the_level(kind):
    loud, said = np.random.default_rng(1).normal(0, 9000, 32000).astype(np.int16), words_said()
    muted = PlainEar(kind)
    muted.inputs(loud)
    muted.mute_and_open()
    assert np.array_equal(muted.inputs(said), PlainEar(kind).inputs(said))


@pytest.mark.parametrize("kind", KINDS)
def test_plain_channels_come_in_steps_of_a_thirty_second(kind):
    ear = LookingEar(kind)
    assert ear.set_commands(plain_phones(step=1 / 16), PLAIN) == BAD_PHONE_FEATURES
    assert ear.set_commands(plain_phones(step=1 / 16), PLAIN) == BAD_PHONE_FEATURES
    assert ear.set_commands(plain_phones(zero=0), PLAIN) == BAD_PHONE_FEATURES
    assert ear.set_commands(plain_phones(), 2) == BAD_PHONE_FEATURES
    assert ear.set_commands(plain_phones(step=1 / 16), NOISE_REDUCED) == OK
    assert ear.set_commands(plain_phones(), PLAIN) == OK


class Past:
    def __init__(self, kind):
        self.machine = machine(kind, EAR_FOLDERS)
        self.self, self.frame = self.machine.alloc(1 << 15), self.machine.alloc(CHANNELS)
        self.call("past_clear")

    def call(self, function, *arguments, returns="none"):
        return self.machine.call(function, self.self, *arguments, returns=returns)

    def add(self, *values):
        for value in values:
            self.machine.write(self.frame, bytes([value % 128] * CHANNELS))
            self.call("past_add", self.frame, 0, -50)

    def add_nothing(self):
        self.call("past_add", 0, 0, -50)

    def frames(self, count):
        """Those that are there, by their number, of so many so far."""
        oldest = self.call("past_oldest", returns="int")
        places = [(at, self.call("past_phones", at, returns="size")) for at in range(oldest, count)]
        return {at: self.machine.read(place, CHANNELS)[0] for at, place in places}


@pytest.mark.parametrize("kind", KINDS)
def test_the_past_has_the_last_frames_that_the_phone_model_would_have_heard(kind):
    past = Past(kind)
    past.add(1, 2, 3)
    assert past.frames(3) == {0: 1, 1: 2, 2: 3}
    past.add_nothing()
    assert past.frames(4) == {}
    past.add(*range(5, 300))
    assert past.frames(299) == {at: (at + 1) % 128 for at in range(299 - KEPT, 299)}
    past.call("past_forget_phones")
    past.add(7)
    assert past.frames(300) == {299: 7}


def test_training_hears_a_replay_as_the_speaker_does():
    sys.path.insert(0, str(ROOT / "models"))
    from train.scenes import phone_features

    samples, bands = words_said(), []
    Ears("native").push(samples, plain=bands)
    bands, frames = np.array(bands), 230
    inputs = phone_features.inputs(bands, phone_features.levels(bands, replayed=frames))
    for frame in (0, 150, 229, 230, 260):
        assert inputs[frame].tolist() == heard_at("native", bands, max(frame, frames - 1), frame)
