"""What the phone model learns from, by source, as if it were one."""

import random
import shutil

import numpy as np
import pytest

pytest.importorskip("torch", reason="skipped: torch is not installed")

from train.phones.made import row_of
from train.phones.speech_sources import AllSources, SpeechSource
from train.phones.store import COPIES, Sequences
from train.words.alphabet import INDEX
from train.words.prompts import make_prompt


def said(*seconds: float) -> list[np.ndarray]:
    rng = np.random.default_rng(1)
    return [rng.integers(-2000, 2000, int(16_000 * length)).astype(np.int16) for length in seconds]


@pytest.fixture
def sources(tmp_path):
    people, engine = SpeechSource(tmp_path), SpeechSource(tmp_path / "engine")
    people.write(said(0.5, 0.3), [{"corpus": "books"}, {"corpus": "books"}])
    engine.write(said(0.4), [{"corpus": "engine"}])
    return [people, engine]


def test_is_there_once_it_is_written(tmp_path, sources):
    assert all(source.is_there for source in sources)
    assert not SpeechSource(tmp_path / "another").is_there


def test_utterances_of_all_sources_follow_each_other(sources):
    for source in sources:
        source.write_copies([COPIES[0]], None, 1)
    together = AllSources(sources, COPIES[0].name)
    assert len(together) == 3
    assert [len(together[row]) for row in range(3)] == [48, 28, 38]
    assert (together[2] == Sequences(sources[1].at(COPIES[0].name))[0]).all()


def test_a_source_without_a_view_has_empty_ones(sources):
    Sequences.write(sources[0].at("views"), [np.ones((4, 128), np.float16), np.ones((2, 128), np.float16)])
    together = AllSources(sources, "views")
    assert [together[row].shape for row in range(3)] == [(4, 128), (2, 128), (0, 128)]


def test_copies_that_are_there_are_kept(sources):
    sources[0].write_copies([COPIES[0]], None, 1)
    Sequences.write(sources[0].at(COPIES[0].name), [np.zeros((1, 40), np.float16)] * 2)
    sources[0].write_copies([COPIES[0]], None, 1)
    assert len(AllSources(sources[:1], COPIES[0].name)[0]) == 1


def prompt(*words: str):
    vocabulary = {symbol: 1 for symbol in map(chr, range(32, 1000))}
    return make_prompt(list(words), random.Random(1), vocabulary)


def test_an_engine_that_is_told_the_phones_says_them_in_one_way():
    asked = prompt("triple", "shot")
    assert row_of("hibari", asked)["ways"] == [[list(asked.phones)]]


@pytest.mark.skipif(shutil.which("flite") is None, reason="skipped: flite is not installed")
def test_an_engine_with_a_reading_of_its_own_may_say_each_word_in_any_way():
    ways = row_of("espeak", prompt("either", "cat"))["ways"]
    assert len(ways) == 2 and len(ways[0]) > 1
    assert ways[1] == [[INDEX[phone] for phone in ("K", "AE", "T")]]
