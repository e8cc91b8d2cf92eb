"""The second look's alignment against every way of laying a word's phones over the rows, one by one."""

import itertools
import struct

import numpy as np
import pytest
from machines import EAR_FOLDERS, machine

KINDS = ["wasm", "native"]
CLASSES = 40
NO_FIT = 2**31 - 1
OR = 0x80
ROOM = 1 << 14  # more than an alignment takes


class Alignment:
    def __init__(self, kind):
        self.machine = machine(kind, EAR_FOLDERS)
        self.self = self.machine.alloc(ROOM)
        self.row = self.machine.alloc(4 * CLASSES)
        self.end = self.machine.alloc(12)

    def say(self, data):
        address = self.machine.alloc(max(1, len(data)))
        self.machine.write(address, bytes(data))
        return self.machine.call("alignment_set", self.self, address, len(data))

    def hear(self, losses, first_frame=3, step=3):
        for i, row in enumerate(losses):
            self.machine.write(self.row, np.asarray(row, "<i4").tobytes())
            self.machine.call("alignment_weigh", self.row, returns="none")
            frame = first_frame + i * step
            self.machine.call("alignment_row", self.self, self.row, frame, returns="none")

    def best(self):
        """Loss and frame of the best end."""
        return self.best_and_beginning()[:2]

    def best_and_beginning(self):
        self.machine.call("alignment_best", self.self, self.end, returns="none")
        return struct.unpack("<iII", self.machine.read(self.end, 12))


def counted(losses):
    """What the alignment makes of rows: what the best class itself loses is added, bad fits count more."""
    losses = np.asarray(losses, np.int64)
    halves = losses // 177
    shares = np.where(halves > 15, 0, (354 - losses % 177) * 256 // 354 >> np.minimum(halves, 15))
    total = shares.sum(-1, keepdims=True)
    doubt = np.zeros_like(total)
    while (total >= 512).any():
        doubt += np.where(total >= 512, 177, 0)
        total = np.where(total >= 512, total // 2, total)
    losses = losses + doubt + (total - 256) * 177 // 256
    return losses // 4 + losses * losses * 3 // (16 * 256)


def rows(rng, count):
    """Losses as of a phone model: one class a row loses nothing."""
    losses = rng.integers(0, 2560, (count, CLASSES))
    losses[np.arange(count), rng.integers(0, 8, count)] = 0
    return losses


def least_losses(losses, word):
    """For each row the least loss of any alignment that ends there with the last phone, by trying all."""
    count = len(losses)
    best = [None] * count
    for begin, end in itertools.combinations_with_replacement(range(count), 2):
        for labels in itertools.product([0, *range(1, len(word) + 1)], repeat=end - begin + 1):
            if labels[0] != 1 or labels[-1] != len(word):
                continue
            said = [label for i, label in enumerate(labels) if label and (i == 0 or labels[i - 1] != label)]
            if said != list(range(1, len(word) + 1)):
                continue
            if any(a and b == a + 1 and word[a - 1] & word[b - 1] for a, b in itertools.pairwise(labels)):
                continue  # the same phone twice needs a blank between
            row_losses = [
                losses[begin + i][0] if label == 0 else min(losses[begin + i][c] for c in word[label - 1])
                for i, label in enumerate(labels)
            ]
            total = sum(row_losses)
            best[end] = total if best[end] is None else min(best[end], total)
    return best


def written(word):
    return [
        byte
        for place in word
        for i, byte in enumerate([c | (OR if i else 0) for i, c in enumerate(sorted(place))])
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(6))
def test_finds_the_least_loss_of_all_alignments(kind, seed):
    rng = np.random.default_rng(seed)
    word = [set(rng.integers(1, 8, rng.integers(1, 3)).tolist()) for _ in range(rng.integers(1, 4))]
    losses = rows(rng, 6)
    expected = least_losses(counted(losses), word)
    alignment = Alignment(kind)
    assert alignment.say([*written(word), 0]) == 1
    for i, row in enumerate(losses):
        alignment.hear([row], first_frame=3 * (i + 1))
        fits = [
            (int(loss) // len(word), 3 * (j + 1))
            for j, loss in enumerate(expected[: i + 1])
            if loss is not None
        ]
        least = min((loss for loss, _ in fits), default=NO_FIT)
        assert alignment.best()[0] == least
        if fits:
            assert alignment.best()[1] == max(frame for loss, frame in fits if loss == least)


@pytest.mark.parametrize("kind", KINDS)
def test_takes_the_better_of_two_pronunciations_by_phone(kind):
    alignment = Alignment(kind)
    assert alignment.say([5, 0, 6, 7, 0]) == 1
    row = np.full(CLASSES, 2560)
    row[0], row[5], row[6], row[7] = 0, 900, 1000, 600
    alignment.hear([row, row])
    said = counted(row)
    assert alignment.best()[0] == (said[6] + said[7]) // 2 < said[5]


@pytest.mark.parametrize("kind", KINDS)
def test_one_sound_that_is_plainly_another_loses_more_than_all_being_a_little_off(kind):
    def loss_of(*losses):
        alignment = Alignment(kind)
        assert alignment.say([5, 6, 7, 0]) == 1
        said = np.full((3, CLASSES), 2560)
        said[:, 0] = 0
        said[range(3), (5, 6, 7)] = losses
        alignment.hear(said)
        return alignment.best()[0]

    assert loss_of(0, 1800, 0) > 1.3 * loss_of(600, 600, 600)


@pytest.mark.parametrize("kind", KINDS)
def test_where_all_sounds_are_as_likely_nothing_fits(kind):
    alignment = Alignment(kind)
    assert alignment.say([5, 6, 7, 0]) == 1
    alignment.hear(np.zeros((6, CLASSES), int))
    sure = np.full((6, CLASSES), 2560)
    sure[range(6), (5, 5, 6, 6, 7, 7)] = 0
    nothing = alignment.best()[0]
    alignment.hear(sure, first_frame=300)
    assert nothing > 3 * 256
    assert alignment.best()[0] < 256 // 8


@pytest.mark.parametrize("kind", KINDS)
def test_forgets_ends_after_600_ms_and_all_rows_when_reset(kind):
    alignment = Alignment(kind)
    assert alignment.say([5, 0]) == 1
    good, bad = np.full(CLASSES, 2000), np.full(CLASSES, 2000)
    good[5] = 0
    alignment.hear([good, *[bad] * 19])
    assert alignment.best() == (0, 3)
    alignment.hear([bad], first_frame=63)
    assert alignment.best()[0] > 0
    alignment.hear([good], first_frame=66)
    alignment.machine.call("alignment_reset", alignment.self, returns="none")
    assert alignment.best()[0] == NO_FIT


@pytest.mark.parametrize("kind", KINDS)
def test_lets_no_word_last_longer_than_a_second_and_a_half(kind):
    for blank_rows, fits in [(48, True), (52, False)]:
        alignment = Alignment(kind)
        assert alignment.say([5, 6, 0]) == 1
        first, blank, last = (np.full(CLASSES, 2000) for _ in range(3))
        first[5] = blank[0] = last[6] = 0
        alignment.hear([first, *[blank] * blank_rows, last])
        assert (alignment.best()[0] == 0) == fits


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("data", "fits"),
    [
        ([], 1),
        ([1, 2, 0], 1),
        ([1, OR | 2, 39, 0, 5, 0], 1),
        ([1, 2], 0),
        ([0], 0),
        ([40, 0], 0),
        ([OR | 3, 0], 0),
        ([1] * 24 + [0], 1),
        ([1] * 25 + [0], 0),
        ([1, 0] * 4, 1),
        ([1, 0] * 5, 0),
    ],
)
def test_takes_only_pronunciations_that_are_well_written(kind, data, fits):
    alignment = Alignment(kind)
    assert alignment.say(data) == fits
    alignment.hear(np.zeros((50, CLASSES), int))
    assert (alignment.best()[0] == NO_FIT) == (not fits or not data)


@pytest.mark.parametrize("kind", KINDS)
def test_the_level_is_right_to_a_decibel(kind):
    box = machine(kind, EAR_FOLDERS)
    level, samples = box.alloc(16), box.alloc(2 * 160)
    rng = np.random.default_rng(2)
    for amplitude in [0, 1, 3, 10, 100, 1234, 20000]:
        data = np.clip(rng.normal(0, amplitude, 160), -32768, 32767).astype("<i2")
        box.write(samples, data.tobytes())
        box.call("level_add", level, samples, 160, returns="none")
        mean = int(np.sum(data.astype(np.int64) ** 2)) // 160
        expected = 10 * np.log10(mean / 2**30) if mean else -96
        assert abs(box.call("level_take", level) - max(expected, -96)) <= 1.0
    assert box.call("level_take", level) == -96
