"""What talk before a word costs a second look, and what is no talk to it."""

import numpy as np
import pytest
from test_pause import KINDS
from test_word_verifier import GUARDS, RATE, LookingEar, words_said

SLOPE, TALK = 3.0, 3.5  # WAKE_WORD_LOOK_SLOPE, WAKE_WORD_TALK_LOSS
TALK_SECONDS = 11


def hummed(share):
    """Somebody hums for so much of every second, then is silent for two."""
    hum = 3000 * np.sin(np.arange(RATE) * 0.3) * (np.arange(RATE) < share * RATE)
    sound = np.concatenate([np.tile(hum, TALK_SECONDS), np.zeros(2 * RATE)])
    return (sound + np.random.default_rng(5).normal(0, 3, len(sound))).astype(np.int16)


class Listener(LookingEar):
    """Nothing wakes it until it hears the word."""

    def __init__(self, kind):
        super().__init__(kind, look_loss=-9.0, with_embedding=False)

    def hears_word(self, look_loss=-9.0):
        """What the ear tells of a word that may lose so much."""
        self.set_look_loss(0, look_loss)
        self.all_events(hummed(0)[:RATE])  # the model, set up anew, warms up
        (told,) = self.all_events(words_said()[2 * RATE :])
        return told


@pytest.mark.parametrize("kind", KINDS)
def test_the_more_was_talked_the_less_a_phone_may_lose(kind):
    shares = []
    for hum in (0, 0.3, 0.6):
        told = []
        for more in (None, -0.02, 0.02):
            ear = Listener(kind)
            ear.all_events(hummed(hum))
            if more is None:
                missed = ear.hears_word()
                allowed = SLOPE * (missed["confidence"] - 0.5) - TALK * missed["talk"]
            else:
                told.append(ear.hears_word(missed["lossNats"] - allowed + more)["type"])
        assert told == ["nearMiss", "wakeWordHeard"]
        shares.append(missed["talk"])
    assert shares[0] == 0
    assert 0.2 < shares[1] < shares[2] - 0.2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", ["listen", "guard", "mute", "wake", "nothing"])
def test_what_is_said_to_the_speaker_or_by_it_is_no_talk(kind, act):
    ear = Listener(kind)
    if act == "listen":
        ear.machine.call("ear_listen", ear.self, float(RATE), returns="none")
    for second in range(TALK_SECONDS + 2):
        if act == "guard" and second < TALK_SECONDS:
            ear.machine.call("ear_set_guard", ear.self, GUARDS["closed"], returns="none")
        ear.all_events(hummed(0.6)[second * RATE :][:RATE])
    if act == "mute":
        ear.mute_and_open()
    elif act == "wake":
        assert ear.hears_word(look_loss=9.0)["type"] == "wakeWordHeard"
    talk = ear.hears_word()["talk"]
    assert talk > 0.3 if act in ("wake", "nothing") else talk < 0.1
