"""How much was talked around the speaker, against the same in dB."""

import numpy as np
import pytest
from machines import EAR_FOLDERS, machine
from test_pause import KINDS, mean_db

ROOM = 1 << 8  # more than a talk takes
FRAMES, PIECES, LATEST, LOUDER = 21, 48, 7, 12


class Talk:
    def __init__(self, kind):
        self.machine = machine(kind, EAR_FOLDERS)
        self.self = self.machine.alloc(ROOM)
        self.forget()

    def forget(self):
        self.machine.call("talk_forget", self.self, returns="none")

    def add(self, levels):
        for level in levels:
            self.machine.call("talk_add", self.self, int(level), returns="none")

    def share(self):
        return self.machine.call("talk_share", self.self) / 256


def expected(levels):
    pieces = [mean_db(levels[at : at + FRAMES]) for at in range(0, len(levels) - FRAMES + 1, FRAMES)]
    kept = np.array(pieces[-PIECES - LATEST :])
    return (kept[:-LATEST] >= kept.min() + LOUDER).sum() / PIECES if len(kept) > LATEST else 0


@pytest.mark.parametrize("kind", KINDS)
def test_pieces_well_above_the_quietest_are_talk(kind):
    rng, talk = np.random.default_rng(3), Talk(kind)
    levels, shares = [], []
    for seconds in (1, 2, 4, 4, 8, 20):
        syllables = np.repeat(rng.choice([-60, -30], 5 * seconds), 20)
        more = (syllables + rng.normal(0, 1, len(syllables))).round()
        talk.add(more)
        levels += [*more]
        shares.append(talk.share())
        assert abs(shares[-1] - expected(levels)) <= 2 / PIECES
    assert shares[0] == 0
    assert max(shares) > 0.4


@pytest.mark.parametrize("kind", KINDS)
def test_steady_noise_is_no_talk_and_neither_is_the_word_itself(kind):
    talk = Talk(kind)
    talk.add(np.random.default_rng(4).normal(-30, 2, 2000).round())
    assert talk.share() == 0
    talk.add([-96] * 1200)
    talk.add([0] * FRAMES * LATEST)
    assert talk.share() == 0
    talk.add([0] * FRAMES)
    assert talk.share() == pytest.approx(1 / PIECES, abs=1 / 256)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_forgotten_was_no_talk(kind):
    talk = Talk(kind)
    talk.add([-60] * 100 + [-20] * 800)
    assert talk.share() > 0.6
    talk.forget()
    talk.add([-20] * 800)
    assert talk.share() == 0
