"""Prompts: what Kokoro is asked to say, with the phones that it then says."""

import random
from dataclasses import dataclass

from .alphabet import INDEX, bare, spoken, without_coda_r
from .lexicon import accented, choose, slurred, stressed

ACCENTED = 0.12  # of the prompts are said with sounds that other languages lend to English
WRITTEN_R = 0.6  # of the British ones keep the label of an R that is not said, as dictionaries do


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
    as_written: bool = False,
    has_accent: bool = False,
) -> Prompt:
    """`wake_words`: after how many words the wake word has been said; `loosely`: words to be slurred.

    `as_written`: some say the words in an accent that the labels do not show, as a dictionary would not;
    `has_accent`: all do.
    """
    british = rng.random() < 0.2
    keeps_r = as_written and rng.random() < WRITTEN_R
    accent = accented(rng) if has_accent or (as_written and rng.random() < ACCENTED) else {}
    text, phones, mark = "", [], -1
    for position, word in enumerate(words):
        said = slurred(choose(word, rng), rng) if word in loosely else choose(word, rng)
        written = said
        if british:
            said = without_coda_r(said)
            written = written if keeps_r else said
        said = [accent.get(bare(phone), bare(phone)) + phone[len(bare(phone)) :] for phone in said]
        text += spoken(said, british, stressed(word))
        phones += [INDEX[bare(phone)] for phone in written]
        if position + 1 == wake_words:
            mark = len(text)
        last = position + 1 == len(words)
        text += rng.choice([".", ".", "?", "!", "", ","]) if last else ", " if rng.random() < 0.06 else " "
    tokens = [0, *(vocabulary[symbol] for symbol in text), 0]
    return Prompt(tokens, phones, british, mark, tuple(words))
