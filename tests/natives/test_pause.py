"""The pause before a word, against the same in real numbers; and what a missing one costs a second look."""

import numpy as np
import pytest
from machines import machine

FOLDERS = ["host-sim/engine", *(f"firmware/natives/{name}" for name in ("features", "decoder", "ear"))]
KINDS = ["wasm", "native"]
ROOM = 1 << 15  # more than a past takes
KEPT, PAUSE, UNKNOWN = 256, 21, 127


class Past:
    def __init__(self, kind):
        self.machine = machine(kind, FOLDERS)
        self.self, self.frame = self.machine.alloc(ROOM), self.machine.alloc(80)
        self.machine.call("past_clear", self.self, returns="none")

    def add(self, levels):
        for level in levels:
            self.machine.call("past_add", self.self, self.frame, 0, int(level), returns="none")

    def contrast(self, began, ended):
        return self.machine.call("pause_contrast", self.self, began, ended)


def mean_db(levels):
    return 10 * np.log10(np.mean(10 ** (np.asarray(levels) / 10)))


def expected(levels, began, ended):
    before = levels[max(0, began - 96) : began - 9]
    quietest = min(mean_db(before[at : at + PAUSE]) for at in range(len(before) - PAUSE + 1))
    return mean_db(levels[max(0, began - 27) : ended]) - quietest


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [180, 250, 400])
def test_a_word_is_compared_with_the_quietest_moment_before_it(kind, count):
    rng, heard = np.random.default_rng(count), Past(kind)
    levels = np.clip(rng.normal(-50, 18, count), -96, 0).round()
    levels[count - 150 : count - 110] -= 25  # a pause
    levels = np.clip(levels, -96, 0)
    heard.add(levels)
    for began, ended in [(count - 80, count - 20), (count - 60, count), (count - 120, count - 100)]:
        if began - 96 >= count - KEPT:
            assert abs(heard.contrast(began, ended) - expected(levels, began, ended)) <= 1.5


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_as_loud_before_as_in_the_word_is_no_pause(kind):
    heard = Past(kind)
    heard.add([-30] * 200)
    assert abs(heard.contrast(150, 190)) <= 1
    heard.add([-50] * 30 + [-20] * 60)
    assert heard.contrast(200 + 50, 290) in (29, 30)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_held_against_a_word_with_which_the_sound_begins(kind):
    heard = Past(kind)
    heard.add([-30] * 80)
    assert heard.contrast(PAUSE + 8, 70) == UNKNOWN
    assert heard.contrast(PAUSE + 9, 70) != UNKNOWN
    heard.add([-30] * 400)
    assert heard.contrast(480 - KEPT - 1, 470) == UNKNOWN  # no longer there
    assert heard.contrast(480 - KEPT + PAUSE + 9, 470) != UNKNOWN


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_in_the_middle_of_sound_loses_more(kind):
    """By how loud the background is: three dB more or less are a nat, but two nats are the most."""
    from test_verifier import LookingEar, words_said

    losses = []
    for background in (0, 2000, 2500, 3000, 6000):
        sound = words_said() + np.random.default_rng(7).normal(0, background, len(words_said()))
        events = LookingEar(kind, look_loss=-9.0, with_embedding=False).all_events(
            np.clip(sound, -32768, 32767).astype(np.int16)
        )
        [loss] = [event["lossNats"] for event in events if 41_000 < event["sample"] < 43_000]
        losses.append(loss)
    assert losses[:2] == [0, 0]
    assert 0 < losses[2] < losses[3] < losses[4]
    assert 1.9 < losses[4] <= 2
