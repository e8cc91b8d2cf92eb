"""Phones wrong, and how sure that is."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="skipped: torch is not installed")

from train.phones.measure import (
    Measured,
    Said,
    Wrong,
    best_path,
    errors_and_phones,
    groups_of,
    table,
    with_noise,
)


def logits(path: list[int]) -> np.ndarray:
    return np.eye(40)[path]


def test_a_repeat_is_one_phone_and_a_blank_parts_two():
    assert best_path(logits([0, 5, 5, 0, 5, 7, 7, 0])) == [5, 5, 7]


def test_errors_are_insertions_deletions_and_replacements():
    said = [[[1, 2]], [[3]]]
    assert errors_and_phones([1, 2, 3], said) == (0, 3)
    assert errors_and_phones([], said) == (3, 3)
    assert errors_and_phones([1, 9, 3, 4], said) == (2, 3)


def test_each_word_counts_in_the_way_that_is_nearest():
    said = [[[1, 2], [5]], [[3, 4, 3], [6]]]
    assert errors_and_phones([5, 3, 4, 3], said) == (0, 4)
    assert errors_and_phones([1, 2, 6], said) == (0, 3)
    assert errors_and_phones([1, 2, 7], said) == (1, 3)


def width(wrong: Wrong) -> float:
    low, high = wrong.interval()
    return high - low


def test_an_interval_holds_the_share_and_narrows_with_recordings():
    few = Wrong(np.array([0, 3, 1, 4]), np.full(4, 10))
    many = Wrong(np.tile(few.errors, 50), np.full(200, 10))
    for wrong in (few, many):
        low, high = wrong.interval()
        assert wrong.share == pytest.approx(0.2)
        assert low < 0.2 < high
    assert width(many) < 0.3 * width(few)


def test_children_and_adults_count_apart_and_together():
    assert groups_of("kids", 6) == ("kids", "kids, children")
    assert groups_of("kids", 18) == ("kids", "kids, adults")
    assert groups_of("books", None) == ("books",)


def test_noise_lies_as_far_below_as_it_is_said_to():
    speech, noise = np.full((50, 40), 60, np.float16), np.full((7, 40), 10, np.float16)
    heard = with_noise(speech, noise, 10.0, 3).astype(float)
    assert heard == pytest.approx(60 + 20 * np.log10(1 + 10**-1.0), abs=0.1)


def test_recordings_are_heard_whole_whatever_they_are_batched_with():
    rng = np.random.default_rng(1)
    said = [
        Said(rng.uniform(-20, 60, (count, 40)).astype(np.float16), [[[1]]], ("all",))
        for count in (31, 400, 90)
    ]
    measured = Measured(said, tail=24)
    seen = {
        row: inputs[at, : len(measured.ended[row])]
        for rows, inputs in measured.batches()
        for at, row in enumerate(rows)
    }
    assert sorted(seen) == [0, 1, 2]
    for row, one in enumerate(said):
        ((alone, inputs),) = Measured([one], tail=24).batches()
        assert alone == [0]
        assert (inputs[0, : len(seen[row])] == seen[row]).all()


def test_a_table_has_a_row_for_each_group():
    wrong = {"a": Wrong(np.array([1]), np.array([4])), "b": Wrong(np.array([0]), np.array([2]))}
    lines = table({"float": wrong}).splitlines()
    assert len(lines) == 4
    assert lines[2].startswith("| a | 1 | 4 | 25.0 % (25.0 to 25.0)")
