"""The mute protocol in C, in a world in which the switch moves at any moment, also while the protocol looks
at it and while it moves the power. (tests/firmware/mute checks the protocol itself in every order of its
steps.)"""

import ctypes
from collections import deque
from itertools import pairwise

import numpy as np
import pytest
from machines import build_native

HEAR, DROP, BEGAN, ENDED = range(4)
BUFFER_BYTES = 64
BUFFER_MS = 10
CALM_MS = 30
QUEUED = 2  # whole buffers that the driver keeps; one more is being filled


class Hardware(ctypes.Structure):
    _fields_ = (
        ("asks", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)),
        ("cut", ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int)),
        ("context", ctypes.c_void_p),
    )


@pytest.fixture(scope="module")
def library():
    """The C, and `mute_edge` as a function: the header has it inline, for the interrupt's sake."""
    return ctypes.CDLL(str(build_native(["firmware/natives/mute", "tests/firmware/natives/mute_edge"])))


class Mute:
    """A mute whose switch and power are Python's."""

    def __init__(self, library, asks=lambda: 0, cut=lambda off: None, calm_ms=CALM_MS, stale=QUEUED + 1):
        self.library = library
        self.memory = ctypes.create_string_buffer(256)
        self.hardware = Hardware(
            Hardware._fields_[0][1](lambda _: asks()), Hardware._fields_[1][1](lambda _, off: cut(off)), None
        )
        library.mute_init(self.memory, ctypes.byref(self.hardware), calm_ms, stale)

    def admit(self, data, elapsed_ms=BUFFER_MS):
        """The verdict on a buffer, and what is left in it."""
        buffer = ctypes.create_string_buffer(bytes(data), len(data)) if data else None
        verdict = self.library.mute_admit(self.memory, buffer, ctypes.c_size_t(len(data)), elapsed_ms)
        return verdict, buffer.raw if data else b""

    def edge(self):
        self.library.mute_edge_of_test(self.memory)

    def request(self, muted):
        self.library.mute_request(self.memory, muted)

    @property
    def is_on(self):
        return bool(self.library.mute_is_on(self.memory))

    @property
    def era(self):
        return self.library.mute_era(self.memory)

    def is_current(self, era):
        return bool(self.library.mute_is_current(self.memory, era))

    def verdicts(self, count):
        return [self.admit(b"\1" * BUFFER_BYTES)[0] for _ in range(count)]

    def open(self):
        for _ in range(100):
            if self.admit(b"\1" * BUFFER_BYTES)[0] == ENDED:
                return
        raise AssertionError("it does not open")


def test_is_muted_at_first_and_opens_when_calm_and_the_old_buffers_are_gone(library):
    mute = Mute(library)
    assert mute.is_on
    assert mute.verdicts(7) == [DROP, DROP, DROP, DROP, DROP, ENDED, HEAR]
    assert not mute.is_on


def test_leaves_a_buffer_that_may_be_heard_as_it_is_and_zeroes_any_other(library):
    mute = Mute(library)
    assert mute.admit(b"\7" * BUFFER_BYTES) == (DROP, bytes(BUFFER_BYTES))
    mute.open()
    assert mute.admit(b"\7" * BUFFER_BYTES) == (HEAR, b"\7" * BUFFER_BYTES)
    mute.edge()
    assert mute.admit(b"\7" * BUFFER_BYTES) == (BEGAN, bytes(BUFFER_BYTES))


def test_one_edge_is_enough_even_when_the_switch_reads_off_again(library):
    mute = Mute(library)
    mute.open()
    mute.edge()
    assert mute.is_on
    assert mute.verdicts(8) == [BEGAN, DROP, DROP, DROP, DROP, DROP, ENDED, HEAR]


def test_a_switch_that_reads_on_is_enough_without_any_interrupt(library):
    switch = [0]
    mute = Mute(library, asks=lambda: switch[0])
    mute.open()
    switch[0] = 1
    assert mute.verdicts(50) == [BEGAN] + [DROP] * 49
    switch[0] = 0
    assert mute.verdicts(7) == [DROP] * 5 + [ENDED, HEAR]


def test_every_bounce_begins_the_wait_anew(library):
    mute = Mute(library)
    mute.open()
    mute.edge()
    for _ in range(5):
        assert not {ENDED, HEAR} & set(mute.verdicts(3))
        mute.edge()
    assert mute.verdicts(8) == [DROP] * 6 + [ENDED, HEAR]


def test_opens_without_a_mark_when_time_passes_but_no_buffer_comes_and_then_drops_the_old_ones(library):
    mute = Mute(library)
    assert [mute.admit(b"", 10)[0] for _ in range(50)] == [DROP] * 50
    assert mute.is_on
    assert mute.verdicts(4) == [DROP, DROP, ENDED, HEAR]


def test_a_long_pause_counts_as_calm_but_never_overflows(library):
    mute = Mute(library, calm_ms=0xFFFFFFFF)
    for _ in range(3):
        assert mute.admit(b"", 0x7FFFFFFF)[0] == DROP
    assert mute.verdicts(4) == [DROP, DROP, ENDED, HEAR]


def test_javascript_adds_a_mute_but_cannot_take_the_switchs_away(library):
    switch = [1]
    mute = Mute(library, asks=lambda: switch[0])
    mute.request(1)
    mute.request(0)
    assert set(mute.verdicts(100)) == {DROP}
    switch[0] = 0
    mute.open()
    mute.request(1)
    assert mute.is_on
    assert mute.verdicts(100) == [BEGAN] + [DROP] * 99
    mute.request(0)
    assert mute.is_on
    mute.open()
    assert not mute.is_on


def test_a_mute_by_javascript_between_two_buffers_is_not_missed(library):
    mute = Mute(library)
    mute.open()
    mute.request(1)
    mute.request(0)
    assert mute.admit(b"\1" * BUFFER_BYTES)[0] == BEGAN


def test_an_event_is_out_of_date_as_soon_as_a_mute_was_asked_for(library):
    mute = Mute(library)
    mute.open()
    for ask in (mute.edge, lambda: mute.request(1)):
        era = mute.era
        assert mute.is_current(era)
        ask()
        assert not mute.is_current(era)
        mute.request(0)
        mute.open()
        assert not mute.is_current(era)


def test_cuts_the_power_at_the_edge_and_gives_it_back_when_calm(library):
    powers = []
    mute = Mute(library, cut=powers.append)
    assert powers == [1]
    mute.open()
    assert powers == [1, 0]
    mute.edge()
    assert powers == [1, 0, 1]
    mute.open()
    assert powers[-1] == 0


def test_power_stays_off_when_the_switch_moves_just_as_it_is_given_back(library):
    powers = []

    def cut(off):
        powers.append(off)
        if not off and len(powers) < 3:
            mute.edge()

    mute = Mute(library, cut=cut)
    assert mute.verdicts(3) == [DROP] * 3
    assert powers[-1] == 1


class World:
    """A microphone, a driver's queue and a switch that moves whenever it is not looked for."""

    def __init__(self, library, seed, looks=True):
        self.random = np.random.default_rng(seed)
        self.switch = self.edge_waits = self.scripted = False
        self.taint = False  # whether the buffer being filled holds a sample of a muted moment
        self.driver = deque(maxlen=QUEUED)
        self.muted_moments = self.heard = self.leaks = 0
        self.power_off = True
        self.looks = looks
        self.mute = Mute(library, self.asks, self.cut)

    def asks(self):
        self.something()
        asks = self.switch or self.edge_waits
        self.something()
        return int(asks and self.looks)

    def cut(self, off):
        self.something()
        self.power_off = bool(off)
        self.something()

    def move(self):
        self.switch = not self.switch
        self.edge_waits = True
        self.taint |= self.switch

    def something(self):
        """An instant in which any party but the ear task may have its turn."""
        what = self.random.random()
        if what < 0.01:
            self.move()
        elif what < 0.02:
            self.move()
            self.move()
        elif what < 0.03:
            self.scripted = not self.scripted
            self.mute.request(int(self.scripted))
            self.taint |= self.scripted
        elif what < 0.3 and self.edge_waits and hasattr(self, "mute"):
            self.mute.edge()  # acknowledged last
            self.edge_waits = False
        elif what < 0.6:
            self.driver.append(self.taint)
            self.taint = self.switch or self.scripted

    def turn(self):
        """One look of the ear task; its verdict."""
        self.something()
        tainted = self.driver.popleft() if self.driver else None
        data = b"" if tainted is None else bytes([2 if tainted else 1]) * BUFFER_BYTES
        verdict, left = self.mute.admit(data)
        self.muted_moments += tainted is True
        if verdict == HEAR and data:
            self.heard += 1
            self.leaks += tainted
            assert left == data
        else:
            assert left == bytes(len(data))
        return verdict


@pytest.mark.parametrize("seed", range(4))
def test_hears_nothing_of_any_muted_moment(library, seed):
    world = World(library, seed)
    verdicts = [world.turn() for _ in range(15000)]
    assert world.leaks == 0
    assert world.muted_moments > 500
    assert world.heard > 100
    edges = [verdict for verdict in verdicts if verdict in (BEGAN, ENDED)]
    assert len(edges) > 20
    assert all(before != after for before, after in pairwise(edges))


def test_would_notice_if_the_switch_were_not_looked_at(library):
    world = World(library, 1, looks=False)
    for _ in range(15000):
        world.turn()
    assert world.leaks > 0
