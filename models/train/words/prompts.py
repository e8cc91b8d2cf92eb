"""Prompts: what Kokoro is asked to say, with the phones that it then says."""

import random
from dataclasses import dataclass

from .alphabet import INDEX, bare, spoken, without_coda_r
from .lexicon import accented, choose, slurred, stressed


@dataclass
class Prompt:
    tokens: list[int]  # Kokoro's symbols, a silence at both ends
    phones: list[int]  # the phone model's labels
    british: bool
    mark: int = -1  # index of the token that ends the wake word; -1 where none is said
    words: tuple[str, ...] = ()  # for voices that read words


def make_prompt(
    words: list[str],
    rng: random.Random,
    vocabulary: dict[str, int],
    wake_words: int = -1,
    loosely: frozenset[str] = frozenset(),
    has_accent: bool = False,
) -> Prompt:
    """`wake_words`: after how many words the wake word has been said; `loosely`: words to be slurred;
    `has_accent`: said with sounds of another language, which the labels do not show."""
    british = rng.random() < 0.2
    accent = accented(rng) if has_accent else {}
    text, phones, mark = "", [], -1
    for position, word in enumerate(words):
        said = slurred(choose(word, rng), rng) if word in loosely else choose(word, rng)
        said = written = without_coda_r(said) if british else said
        said = [accent.get(bare(phone), bare(phone)) + phone[len(bare(phone)) :] for phone in said]
        text += spoken(said, british, stressed(word))
        phones += [INDEX[bare(phone)] for phone in written]
        if position + 1 == wake_words:
            mark = len(text)
        last = position + 1 == len(words)
        text += rng.choice([".", ".", "?", "!", "", ","]) if last else ", " if rng.random() < 0.06 else " "
    tokens = [0, *(vocabulary[symbol] for symbol in text), 0]
    return Prompt(tokens, phones, british, mark, tuple(words))
