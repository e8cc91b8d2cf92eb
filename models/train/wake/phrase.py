"""Is this a good wake word? How it is said, and what speaks against it."""

import subprocess
from collections import Counter
from dataclasses import dataclass

from ..places import TRAIN
from ..words.alphabet import VOWELS, bare, without_coda_r
from ..words.lexicon import careless, distance, pronunciations

FEWEST_PHONES = 5  # with fewer, any sentence has something like it
FEWEST_SYLLABLES = 2
SHORT_PHONES = 7
MOST_WAYS = 4  # that the ear looks for
COMMON = 25  # among this many times a word stands in the cookies' million words, people say it all day
TOO_LIKE = 1.5  # edits between two phrases that wake each other


class UnfitPhrase(ValueError):
    """A phrase that must not become a wake word, and what would do instead."""


@dataclass(frozen=True)
class Phrase:
    text: str
    says: tuple[tuple[str, ...], ...]  # ways to say it, phones with stress digits, the usual one first

    @property
    def name(self) -> str:
        return self.text.replace(" ", "-").replace("'", "")

    @property
    def phones(self) -> list[str]:
        return list(self.says[0])

    def bare_ways(self) -> list[list[str]]:
        """Every way without stress, with and without the R that many do not say, none twice."""
        ways = [tuple(bare(p) for p in way) for way in self.says]
        ways += [tuple(bare(p) for p in without_coda_r(list(way))) for way in self.says]
        return [list(way) for way in dict.fromkeys(ways)]

    def merged_ways(self) -> list[list[str]]:
        """The same for the manifest: ways of one length are one, with `IH|AH` where either may stand."""
        merged: dict[int, list[list[str]]] = {}
        for way in self.bare_ways():
            places = merged.setdefault(len(way), [[] for _ in way])
            for place, phone in zip(places, way, strict=True):
                if phone not in place:
                    place.append(phone)
        return [["|".join(place) for place in places] for places in list(merged.values())[:MOST_WAYS]]


EVERY_WORD = Phrase("", ())  # of a run that wants only what all words share


def learn(word: str) -> list[list[str]]:
    """Pronunciations of a word, made up where the dictionary has none, and added to it."""
    known = pronunciations()
    if word not in known:
        known[word] = compound(word) or letter_to_sound(word)
    return known[word]


def compound(word: str) -> list[list[str]] | None:
    """`snowboy` is snow and boy: two words of the dictionary, the longer the shorter one the better."""
    known = pronunciations()
    cuts = sorted(range(3, len(word) - 2), key=lambda cut: -min(cut, len(word) - cut))
    for cut in cuts:
        if word[:cut] in known and word[cut:] in known:
            second = [p.replace("1", "2") for p in known[word[cut:]][0]]
            return [[*known[word[:cut]][0], *second]]
    return None


def letter_to_sound(word: str) -> list[list[str]]:
    """By the rules that the grammar has for words of no dictionary."""
    script = TRAIN / "say-word.ts"
    said = subprocess.run(["npx", "tsx", str(script), word], capture_output=True, text=True, cwd=TRAIN)
    if said.returncode:
        raise UnfitPhrase(f"'{word}': {said.stderr.strip().splitlines()[-1]}")
    return [line.split() for line in said.stdout.splitlines()]


def read_phrase(text: str) -> Phrase:
    words = text.lower().replace("-", " ").split()
    if not words or not all(
        word.replace("'", "").isascii() and word.replace("'", "").isalpha() for word in words
    ):
        raise UnfitPhrase(f"'{text}': a wake word is made of English words in letters, as in \"hey earshot\"")
    ways = [[]]
    for word in words:
        ways = [way + variant for way in ways for variant in learn(word)]
    return Phrase(" ".join(words), tuple(tuple(way) for way in ways[:6]))


def check(phrase: Phrase, others: list[Phrase], running: Counter) -> list[str]:
    """Warnings; raises UnfitPhrase for the hopeless. `running`: how often a word stands in ordinary text."""
    phones, syllables = phrase.phones, sum(bare(p) in VOWELS for p in phrase.phones)
    has_call = phrase.text.startswith(("hey ", "okay "))
    advice = "Add a word to it." if has_call or syllables < FEWEST_SYLLABLES else f'Try "hey {phrase.text}".'
    if len(phones) < FEWEST_PHONES or syllables < FEWEST_SYLLABLES:
        raise UnfitPhrase(
            f"'{phrase.text}' is too short: {len(phones)} sounds in {syllables} syllables; at least "
            f"{FEWEST_PHONES} in {FEWEST_SYLLABLES} are needed. {advice}"
        )
    for other in others:
        if distance(careless(phones), careless(other.phones)) < TOO_LIKE:
            raise UnfitPhrase(f"'{phrase.text}' sounds like '{other.text}', which wakes already. {advice}")
    warnings = []
    words = phrase.text.split()
    if all(running[word] >= COMMON for word in words):
        said = f"'{phrase.text}' is everyday speech ('{words[-1]}' {running[words[-1]]} times in the texts)"
        warnings.append(f"{said}: it will wake when it is only talked about. {advice}")
    if len(phones) == FEWEST_PHONES or (syllables == FEWEST_SYLLABLES and len(phones) < SHORT_PHONES):
        warnings.append(f"'{phrase.text}' is short: expect more false wakes than with three syllables.")
    near = common_likes(phrase, running)
    if near:
        warnings.append(f"'{phrase.text}' is near to everyday words: {', '.join(near)}.")
    return warnings


def common_likes(phrase: Phrase, running: Counter) -> list[str]:
    """Everyday words that differ from the phrase in less than two sounds."""
    if " " in phrase.text:
        return []
    target, near = careless(phrase.phones), []
    for word, count in running.items():
        if count < COMMON or word == phrase.text or word not in pronunciations():
            continue
        said = careless(pronunciations()[word][0])
        if abs(len(said) - len(target)) <= 2 and distance(target, said) <= TOO_LIKE:
            near.append((distance(target, said), -count, word))
    return [word for _, _, word in sorted(near)[:5]]
