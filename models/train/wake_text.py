"""What is said to teach one wake word: the word in company and alone, and what sounds nearly like it."""

import random
from collections.abc import Iterator

from .alphabet import INDEX, PHONES, VOWELS, bare, spoken
from .lexicon import careless, distance, pronunciations, sounding_like
from .prompts import Prompt, make_prompt
from .text import Writer

FAR_ENOUGH = 2.5  # edits; from closer ones the network learns to refuse real speakers
CALLS = ("hey", "okay", "hello", "hi", "oh", "and", "so")


def positives(word: str, writer: Writer, vocabulary: dict[str, int], rng: random.Random) -> Iterator[Prompt]:
    words = word.split()
    while True:
        kind = rng.random()
        before = [rng.choice(CALLS)] if kind > 0.85 else writer.sentence()[-3:] if kind > 0.77 else []
        after = writer.sentence()[:6] if 0.5 < kind <= 0.8 else []
        yield make_prompt(before + words + after, rng, vocabulary, len(before) + len(words), frozenset(words))


def near_misses(
    word: str, writer: Writer, vocabulary: dict[str, int], rng: random.Random
) -> Iterator[Prompt]:
    """A third real words that sound alike, two thirds syllables that nobody has a word for."""
    target = [phone for part in word.split() for phone in pronunciations()[part][0]]
    likes = sounding_like(target, 600)
    while True:
        if rng.random() < 0.4:
            words = [rng.choice(likes[: rng.choice([30, 150, 600])])]
            words = words + writer.sentence()[:3] if rng.random() < 0.3 else words
            yield make_prompt(words, rng, vocabulary)
        else:
            yield made_up(target, vocabulary, rng)


def made_up(target: list[str], vocabulary: dict[str, int], rng: random.Random) -> Prompt:
    """Phones of the word, with so much changed that nobody can mean the word."""
    phones = mangled(target, rng)
    while distance(careless(phones), careless(target)) < FAR_ENOUGH:
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
