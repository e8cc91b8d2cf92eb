"""What is said, as phones: the ways in which each word of a transcript may be said, and which of them was."""

import re

from ..voices.flite import said_by_flite
from ..words.alphabet import INDEX, bare
from ..words.lexicon import pronunciations

WAYS = 6  # of a word, at most
HISSING, VOICELESS = {"S", "Z", "SH", "ZH", "CH", "JH"}, {"P", "T", "K", "F", "TH"}
LETTER_A = ["EY1"]  # the dictionary knows the article alone


def words_of(text: str) -> list[str]:
    found = re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))
    return [word for word in (word.strip("'") for word in found) if word]


def ways_of(word: str) -> list[list[int]]:
    """Pronunciations as labels, the most usual first; what no dictionary has is read by flite."""
    known = pronunciations().get(word) or with_possessive(word)
    if not known:
        return [[INDEX[phone] for phone in said_by_flite(word)]]
    if word == "a":
        known = [*known, LETTER_A]
    labels = [[INDEX[bare(phone)] for phone in way] for way in known[:WAYS]]
    return [way for place, way in enumerate(labels) if way not in labels[:place]]


def with_possessive(word: str) -> list[list[str]]:
    if not word.endswith("'s"):
        return []
    return [[*way, *ending_after(bare(way[-1]))] for way in pronunciations().get(word[:-2], [])]


def ending_after(phone: str) -> list[str]:
    if phone in HISSING:
        return ["IH0", "Z"]
    return ["S"] if phone in VOICELESS else ["Z"]


def usual(ways: list[list[list[int]]]) -> list[int]:
    """The labels of a sentence said in the most usual way."""
    return [label for of_word in ways for label in of_word[0]]
