"""Prompts: what Kokoro is asked to say, with the phones that it then says."""

import random
from dataclasses import dataclass

from .alphabet import INDEX, bare, spoken, without_coda_r
from .lexicon import choose, slurred, stressed


@dataclass
class Prompt:
    tokens: list[int]  # Kokoro's symbols, a silence at both ends
    phones: list[int]  # the phone model's labels
    british: bool
    mark: int = -1  # index of the token that ends the wake word; -1 where none is said


def make_prompt(
    words: list[str],
    rng: random.Random,
    vocabulary: dict[str, int],
    wake_words: int = -1,
    loosely: frozenset[str] = frozenset(),
) -> Prompt:
    """`wake_words`: after how many words the wake word has been said; `loosely`: words to be slurred."""
    british = rng.random() < 0.2
    text, phones, mark = "", [], -1
    for position, word in enumerate(words):
        said = slurred(choose(word, rng), rng) if word in loosely else choose(word, rng)
        if british:
            said = without_coda_r(said)
        text += spoken(said, british, stressed(word))
        phones += [INDEX[bare(phone)] for phone in said]
        if position + 1 == wake_words:
            mark = len(text)
        last = position + 1 == len(words)
        text += rng.choice([".", ".", "?", "!", "", ","]) if last else ", " if rng.random() < 0.06 else " "
    tokens = [0, *(vocabulary[symbol] for symbol in text), 0]
    return Prompt(tokens, phones, british, mark)
