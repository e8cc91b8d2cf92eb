"""The speaker's own sounds: the same samples on every machine, no clicks, and quiet when told."""

import numpy as np
import pytest
from machines import machine

FOLDERS = ["firmware/natives/cues"]
KINDS = ["wasm", "native"]
MILLISECONDS = {
    "listening": 120,
    "done": 280,
    "notUnderstood": 420,
    "failed": 520,
    "timer": 1200,
    "alarm": 1600,
    "muted": 180,
    "unmuted": 180,
}
NAMES = list(MILLISECONDS)
RATE = 16000


class Cue:
    def __init__(self, kind):
        self.machine = machine(kind, FOLDERS)
        self.self = self.machine.alloc(self.machine.call("cue_bytes", returns="size"))
        self.samples = self.machine.alloc(2 * 48000 * 2)

    def number(self, name):
        address = self.machine.alloc(len(name) + 1)
        self.machine.write(address, name.encode() + b"\0")
        return self.machine.call("cue_of_name", address)

    def begin(self, name, rate=RATE, volume=100):
        return self.machine.call("cue_init", self.self, self.number(name), rate, volume)

    def render(self, count):
        got = self.machine.call("cue_render", self.self, self.samples, count, returns="size")
        return np.frombuffer(self.machine.read(self.samples, 2 * got), "<i2").astype(int)

    def whole(self, name, rate=RATE, volume=100):
        assert self.begin(name, rate, volume) == 1
        return self.render(2 * rate)


@pytest.mark.parametrize("name", NAMES)
def test_is_the_same_on_both_machines_in_pieces_of_any_size(name):
    rng = np.random.default_rng(1)
    whole = Cue("wasm").whole(name)
    native = Cue("native")
    assert native.begin(name) == 1
    pieces = [native.render(int(rng.integers(0, 300))) for _ in range(400)]
    assert np.array_equal(np.concatenate(pieces), whole)
    assert len(native.render(100)) == 0


@pytest.mark.parametrize("rate", [8000, 16000, 44100, 48000])
@pytest.mark.parametrize("name", NAMES)
def test_sounds_at_any_rate_without_a_click(name, rate):
    cue = Cue("native")
    samples = cue.whole(name, rate)
    assert len(samples) == MILLISECONDS[name] * rate // 1000
    assert 8000 < np.abs(samples).max() < 32000  # to be heard, and nothing is cut off
    # no step is larger than its notes' steepest slope: at most two notes of up to 1319 Hz at once
    assert np.abs(np.diff(samples, prepend=0, append=0)).max() < 2 * 12000 * 2 * np.pi * 1400 / rate


@pytest.mark.parametrize("name", NAMES)
def test_sounds_the_same_notes_at_any_rate(name):
    low, high = (np.abs(np.fft.rfft(Cue("native").whole(name, rate))) for rate in (16000, 48000))
    milliseconds = len(low) * 2 // 16
    assert abs(int(low.argmax()) - int(high.argmax())) * 1000 / milliseconds < 10  # Hz


@pytest.mark.parametrize("kind", KINDS)
def test_loudness_goes_with_the_square_of_the_volume(kind):
    loudest = [np.abs(Cue(kind).whole("done", volume=volume)).max() for volume in (0, 50, 100)]
    assert loudest[0] == 0
    assert abs(loudest[1] * 4 - loudest[2]) <= 8


@pytest.mark.parametrize("kind", KINDS)
def test_stops_within_five_milliseconds_without_a_click(kind):
    cue = Cue(kind)
    assert cue.begin("timer") == 1
    before = cue.render(1600)
    cue.machine.call("cue_stop", cue.self, returns="none")
    after = cue.render(RATE)
    assert len(after) == 5 * RATE // 1000
    joined = np.concatenate([before, after, [0]])
    assert np.abs(np.diff(joined)[-len(after) - 1 :]).max() < 2 * 12000 * 2 * np.pi * 1400 / RATE
    assert np.abs(after[-8:]).max() < np.abs(before[-80:]).max() / 4


@pytest.mark.parametrize("kind", KINDS)
def test_refuses_what_is_out_of_range_and_stays_silent(kind):
    cue = Cue(kind)
    assert [cue.number(name) for name in NAMES] == list(range(len(NAMES)))
    assert cue.number("don") == cue.number("donee") == cue.number("") == -1
    for number, rate, volume in [
        (-1, RATE, 50),
        (len(NAMES), RATE, 50),
        (0, 7999, 50),
        (0, 48001, 50),
        (0, RATE, 101),
    ]:
        assert cue.machine.call("cue_init", cue.self, number, rate, volume) == 0
        assert len(cue.render(100)) == 0
