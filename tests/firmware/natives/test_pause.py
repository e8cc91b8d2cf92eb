"""The pause before a word, against the same in real numbers; and what a missing one costs a second look."""

import numpy as np
import pytest
from machines import EAR_FOLDERS, machine

KINDS = ["wasm", "native"]
ROOM = 1 << 15  # more than a past takes
KEPT, PAUSE = 600, 21


class Past:
    def __init__(self, kind):
        self.machine = machine(kind, EAR_FOLDERS)
        self.self = self.machine.alloc(ROOM)
        self.machine.call("past_clear", self.self, returns="none")

    def add(self, levels):
        for level in levels:
            self.machine.call("past_add", self.self, 0, 0, int(level), returns="none")

    def missing(self, began, ended):
        return self.machine.call("pause_missing", self.self, began, ended)


def mean_db(levels):
    return 10 * np.log10(np.mean(10 ** (np.asarray(levels) / 10)))


def quietest(levels):
    return min(mean_db(levels[at : at + PAUSE]) for at in range(len(levels) - PAUSE + 1))


def expected(levels, began, ended):
    kept = max(0, len(levels) - KEPT)
    word = mean_db(levels[max(kept, began - 27) : ended])
    possible = min(9, word - quietest(levels[kept:]) - 2)
    return possible - (word - quietest(levels[max(kept, began - 96) : began - 9]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [180, 400, 900])
def test_a_word_is_compared_with_the_quietest_moment_before_it(kind, count):
    rng, heard = np.random.default_rng(count), Past(kind)
    levels = rng.normal(-50, 3, count).round()
    levels[: count - 160] -= 20
    levels[count - 160 : count - 120] -= 5  # something of a pause
    heard.add(levels)
    found = []
    for began, ended in [(count - 80, count - 20), (count - 60, count - 10), (count - 30, count)]:
        found.append(heard.missing(began, ended))
        assert abs(found[-1] - expected(levels, began, ended)) <= 2
    assert found == sorted(found)
    assert found[-1] > 3


@pytest.mark.parametrize("kind", KINDS)
def test_in_a_steady_noise_nothing_is_missing(kind):
    heard = Past(kind)
    heard.add([-30] * 300)
    assert heard.missing(250, 290) <= 0
    heard.add([-60] * PAUSE + [-30] * 150)
    assert heard.missing(440, 470) in (8, 9)  # after a quieter moment the same is a sentence
    heard.add([-30] * KEPT)
    assert heard.missing(1030, 1060) <= 0  # until that is forgotten


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_held_against_a_word_with_which_the_sound_begins(kind):
    heard = Past(kind)
    heard.add([-30] * PAUSE + [-60] * PAUSE + [-30] * 40)
    assert heard.missing(PAUSE + 8, 70) == 0
    assert heard.missing(PAUSE + 9, 70) > 4
    heard.add([-30] * 560)
    assert heard.missing(642 - KEPT - 1, 630) == 0  # no longer there


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_in_the_middle_of_sound_loses_more(kind):
    """By how loud the background is: three dB more or less are a nat, but two nats are the most."""
    from test_word_verifier import LookingEar, words_said

    losses = []
    for background in (0, 1000, 1500, 2000, 2500, 3000, 6000):
        sound = np.concatenate([np.zeros(2 * 16_000), words_said()])
        sound += np.random.default_rng(7).normal(0, background, len(sound))
        sound[:6_000] /= 30  # the room is quieter than that
        events = LookingEar(kind, look_loss=-9.0, with_embedding=False).all_events(
            np.clip(sound, -32768, 32767).astype(np.int16)
        )
        losses += [event["lossNats"] for event in events if 70_000 < event["sample"] < 75_000]
    assert losses == sorted(losses)
    assert losses[:2] == [0, 0]
    assert 0 < losses[2] < losses[3] < losses[6] == 2
