"""The speech recogniser that writes down what people say."""

import pytest

numpy = pytest.importorskip("numpy", reason="skipped: numpy is not installed")

from train.voices.moonshine import (  # noqa: E402
    END,
    LAYERS,
    SHORTEST,
    START,
    TOGETHER,
    TOKENS_A_SECOND,
    Moonshine,
)

SECOND = 16_000


class Encoder:
    def run(self, _, feed):
        """What was heard of a line is its loudest sample."""
        return [feed["input_values"].max(1)[:, None, None]]


class Decoder:
    """Says as many tokens of each line as it was loud, then that it has ended."""

    def __init__(self):
        self.counts = []

    def run(self, _, feed):
        loud, latest = feed["encoder_hidden_states"][:, 0, 0], feed["input_ids"][:, 0]
        self.counts = [] if not feed["use_cache_branch"][0] else self.counts
        self.counts.append(len(loud))
        assert (latest == START).all() == (len(self.counts) == 1)
        logits = numpy.zeros((len(loud), 1, 10), "float32")
        is_over = len(self.counts) > loud
        logits[numpy.arange(len(loud)), 0, numpy.where(is_over, END, 5)] = 1
        return [logits, *[numpy.zeros((len(loud), 1, 1, 1), "float32")] * (4 * LAYERS)]


class Tokenizer:
    def decode(self, tokens):
        return " ".join(f"T{token}" for token in tokens)


@pytest.fixture
def recogniser():
    made = Moonshine.__new__(Moonshine)
    made.encoder, made.decoder, made.tokenizer = Encoder(), Decoder(), Tokenizer()
    return made


def line(loudness: float, seconds: float = 2.0) -> "numpy.ndarray":
    return numpy.full(int(seconds * SECOND), loudness, "float32")


def test_nothing_is_said_in_less_than_a_tenth_of_a_second(recogniser):
    assert recogniser.words([numpy.ones(SHORTEST - 1, "float32")]) == [[]]


def test_each_line_keeps_its_own_words_whatever_is_heard_beside_it(recogniser):
    louds = [3, 1, 0, 7, 2, 5, 4, 6, 1, 8, 3]
    assert len(louds) > TOGETHER
    lines = [line(loud, 2 + 0.1 * (at * 7 % 11)) for at, loud in enumerate(louds)]
    assert [len(words) for words in recogniser.words(lines)] == louds


def test_a_line_that_never_ends_is_cut_by_its_own_length(recogniser):
    short, long = recogniser.words([line(99, 1), line(99, 3)])
    assert len(short) == int(TOKENS_A_SECOND) + 5
    assert len(long) == int(3 * TOKENS_A_SECOND) + 5


def test_words_are_lower_case(recogniser):
    assert recogniser.words([line(2)]) == [["t5", "t5"]]
