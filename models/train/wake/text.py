"""What is said to teach one wake word: the word, and what sounds nearly like it."""

import random
from collections.abc import Iterator

from ..words.alphabet import INDEX, PHONES, VOWELS, bare, spoken
from ..words.lexicon import TOO_NEAR, careless, distance, pronunciations, sounding_like
from ..words.prompts import Prompt, make_prompt
from ..words.text import Writer
from .phrase import Phrase

# Edits for each sound of the phrase, and at least: from closer ones the network learns to refuse people.
FAR_SHARE, FAR_LEAST = 0.4, 2.5  # of made-up syllables
REAL_FAR_SHARE = 0.3  # of real words
CALLS = ("hey", "okay", "hello", "hi", "oh", "and", "so")
SHARED_ENDS = 3  # phones that a word has in common with the beginning or the end of the phrase


def positives(
    phrase: Phrase,
    writer: Writer,
    vocabulary: dict[str, int],
    rng: random.Random,
    has_accent: bool = False,
) -> Iterator[Prompt]:
    """Mostly the word alone; other speech before and after it is added with the scene."""
    words = phrase.text.split()
    while True:
        kind = rng.random()
        before = [rng.choice(CALLS)] if kind > 0.9 else writer.sentence()[-3:] if kind > 0.82 else []
        after = writer.sentence()[:5] if 0.6 < kind <= 0.86 else []
        said, count = before + words + after, len(before) + len(words)
        yield make_prompt(said, rng, vocabulary, count, frozenset(words), has_accent=has_accent)


def alone(phrase: Phrase, vocabulary: dict[str, int], rng: random.Random) -> Iterator[Prompt]:
    words = phrase.text.split()
    while True:
        yield make_prompt(words, rng, vocabulary, len(words), frozenset(words))


def near_misses(
    phrase: Phrase, writer: Writer, vocabulary: dict[str, int], rng: random.Random
) -> Iterator[Prompt]:
    """Words that sound alike, words and phrases that share a part, syllables that nobody has a word for."""
    real = RealNearMisses(phrase, rng)
    while True:
        kind = rng.random()
        if kind < 0.45:
            yield made_up(phrase, vocabulary, rng)
            continue
        words = real.alike() if kind < 0.65 else real.sharing() if kind < 0.8 else real.pair()
        if rng.random() < 0.4:
            words = writer.sentence()[-3:] + words if rng.random() < 0.5 else words + writer.sentence()[:3]
        if is_far(phrase, words):
            yield make_prompt(words, rng, vocabulary)


class RealNearMisses:
    def __init__(self, phrase: Phrase, rng: random.Random):
        self.rng, self.parts = rng, phrase.text.split()
        self.likes = sounding_like(phrase.phones, 600)
        first, last = careless(phrase.phones)[:SHARED_ENDS], careless(phrase.phones)[-SHARED_ENDS:]
        said = {word: careless(ways[0]) for word, ways in pronunciations().items()}
        self.starting = [word for word, way in said.items() if alike(way[:SHARED_ENDS], first)]
        self.ending = [word for word, way in said.items() if alike(way[-SHARED_ENDS:], last)]
        half = len(phrase.phones) // 2
        self.first_likes = sounding_like(phrase.phones[:half], 80)
        self.second_likes = sounding_like(phrase.phones[half:], 80)
        self.part_likes = [sounding_like(pronunciations()[part][0], 60) for part in self.parts]

    def alike(self) -> list[str]:
        return [self.rng.choice(self.likes[: self.rng.choice([30, 150, 600])])]

    def sharing(self) -> list[str]:
        ends = [words for words in (self.starting, self.ending) if words] or [self.likes]
        return [self.rng.choice(self.rng.choice(ends))]

    def pair(self) -> list[str]:
        """Part of a phrase without the rest, or with something else in its place."""
        rng = self.rng
        if len(self.parts) == 1:
            return [rng.choice(self.first_likes), rng.choice(self.second_likes)]
        words, at = list(self.parts), rng.randrange(len(self.parts))
        words[at] = rng.choice(self.part_likes[at])
        return [words[1 - at]] if len(words) == 2 and rng.random() < 0.35 else words


def alike(first: list[str], second: list[str]) -> bool:
    return [bare(p) for p in first] == [bare(p) for p in second]


def is_far(phrase: Phrase, words: list[str]) -> bool:
    """Whether nowhere in these words is something that somebody's accent may make of the phrase."""
    said = careless([phone for word in words for phone in pronunciations()[word][0]])
    target, reach = careless(phrase.phones), 1
    spans = (
        said[start : start + length]
        for length in range(len(target) - reach, len(target) + reach + 1)
        for start in range(max(1, len(said) - length + 1))
    )
    limit = max(TOO_NEAR, REAL_FAR_SHARE * len(target))
    return all(distance(span, target) >= limit for span in spans)


def far_enough(phrase: Phrase) -> float:
    return max(FAR_LEAST, FAR_SHARE * len(phrase.phones))


def made_up(phrase: Phrase, vocabulary: dict[str, int], rng: random.Random) -> Prompt:
    """Phones of the word, with so much changed that nobody can mean the word."""
    target = phrase.phones
    phones = mangled(target, rng)
    while distance(careless(phones), careless(target)) < far_enough(phrase):
        phones = mangled(target, rng)
    text = spoken(phones, british=False, stressed=True) + rng.choice([".", "?", "!", ","])
    return Prompt([0, *(vocabulary[s] for s in text), 0], [INDEX[bare(p)] for p in phones], british=False)


def mangled(target: list[str], rng: random.Random) -> list[str]:
    """The word with a part missing or several phones replaced."""
    phones = list(target)
    is_cut = rng.random() < 0.3
    if is_cut:
        keep = rng.randint(len(phones) // 3, max(2, 2 * len(phones) // 3))
        phones = phones[:keep] if rng.random() < 0.5 else phones[-keep:]
    for _ in range(rng.randint(0, 2) if is_cut else rng.randint(2, 4)):
        at = rng.randrange(len(phones))
        is_vowel = bare(phones[at]) in VOWELS
        others = [p for p in PHONES if (p in VOWELS) == is_vowel and p != bare(phones[at])]
        stress = phones[at][-1] if phones[at][-1].isdigit() else "1"
        phones[at] = rng.choice(others) + (stress if is_vowel else "")
    return phones
