"""Recordings are cut in their pauses."""

from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("scipy", reason="skipped: scipy is not installed")

from train.voices.pauses import LEAST, LONGEST, RATE, pieces


def talk(spans: list[tuple[float, float]], seconds: float) -> np.ndarray:
    """Noise in the spans, almost silence elsewhere."""
    rng = np.random.default_rng(1)
    out = rng.normal(0, 1e-4, int(seconds * RATE))
    for start, end in spans:
        a, b = int(start * RATE), int(end * RATE)
        out[a:b] += rng.normal(0, 0.1, b - a)
    return out.astype(np.float32)


SPANS = [(0.2, 2.0), (2.4, 4.8), (5.3, 9.0), (9.4, 13.0), (13.4, 15.8)]


def quiet(edge: np.ndarray) -> bool:
    return float(np.abs(edge).max()) < 0.01


def test_every_cut_lies_in_a_pause():
    found = pieces(talk(SPANS, 16), 0)
    assert len(found) >= 3
    for before, after in pairwise(found):
        assert quiet(before[-400:])
        assert quiet(after[:400])


def test_nothing_is_lost_or_doubled_without_a_skip():
    samples = talk(SPANS, 16)
    assert np.array_equal(np.concatenate(pieces(samples, 0)), samples)


def test_no_piece_is_longer_than_the_longest_or_shorter_than_the_least():
    for piece in pieces(talk(SPANS, 16), 0):
        assert LEAST * RATE < len(piece) <= LONGEST * RATE


def test_the_skipped_seconds_are_in_no_piece():
    samples = talk(SPANS, 16)
    kept = np.concatenate(pieces(samples, 4.0))
    assert 9 * RATE < len(kept) <= 12 * RATE
    assert np.array_equal(kept, samples[-len(kept) :])
    assert quiet(kept[:400])


def test_a_recording_within_the_skip_gives_nothing():
    assert pieces(talk(SPANS[:1], 3), 4.0) == []
