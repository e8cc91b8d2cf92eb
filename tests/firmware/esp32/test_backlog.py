"""What is said while the ear is busy with the past waits, and is heard in order."""

import ctypes
import json

import numpy as np
import pytest
import test_ear
from building import CHIP, HERE, PORTABLE, ROOT, build_library
from chip import LOOKS, SAMPLES, Chip, wait_until
from machines import EAR_FOLDERS, NativeMachine
from test_ear import HOP
from test_word_verifier import RATE, LookingEar, constant, woken, words_said

STEP_BUFFERS = 6  # 60 ms of sound come in while a model takes one step
DURING = ctypes.CFUNCTYPE(None, ctypes.c_int)


def buffers(count, seed=1):
    return [bytes(row) for row in np.random.default_rng(seed).integers(-3000, 3000, (count, SAMPLES), "<i2")]


LOOK = np.array([LOOKS] + [0] * (SAMPLES - 1), "<i2").tobytes()


@pytest.fixture
def chip():
    made = Chip().with_microphone(slot_bits=16)
    made.start()
    made.open()
    yield made
    made.end()


def give(chip, raw):
    assert chip.library.fake_i2s_deliver(raw, ctypes.c_size_t(len(raw)))


def look(chip, steps, during):
    """The ear looks back, `during` each step of which something happens; returns the steps that it took."""
    taken = []

    def step(number):
        taken.append(number)
        during(number)

    callback = DURING(step)
    chip.library.fake_ear_look(steps, callback)
    give(chip, LOOK)
    wait_until(lambda: chip.library.fake_ear_looks_over() == 1, "the look is over")
    chip.kept = callback
    return taken


def heard_from_look(chip):
    """Nothing yet where the look is over and its own buffer has still to be counted as heard."""
    heard = chip.heard
    return heard[heard.index(LOOKS) :] if LOOKS in heard else []


def heard_without_look(sounds):
    """By an ear that is never busy."""
    chip = Chip().with_microphone(slot_bits=16)
    chip.start()
    chip.open()
    chip.library.fake_ear_look(0, None)
    for raw in (LOOK, *sounds):
        give(chip, raw)
        wait_until(lambda: chip.library.fake_i2s_waiting() == 0, "it is taken")
    wait_until(lambda: len(heard_from_look(chip)) >= SAMPLES * (1 + len(sounds)), "it is heard")
    chip.end()
    return heard_from_look(chip)


def overrun(chip):
    return sum(event["lostSamples"] for event in chip.events() if event["type"] == "audioOverran")


def test_hears_every_sample_that_came_during_a_second_and_a_half_of_looking_back(chip):
    sounds = buffers(25 * STEP_BUFFERS)
    coming = iter(sounds)
    steps = look(chip, 25, lambda _: [give(chip, next(coming)) for _ in range(STEP_BUFFERS)])
    assert len(steps) == 25
    wait_until(lambda: len(heard_from_look(chip)) == SAMPLES * (1 + len(sounds)), "all is heard")
    assert overrun(chip) == 0
    assert heard_from_look(chip) == heard_without_look(sounds)


def test_tells_what_was_lost_when_a_look_lasts_longer_than_the_backlog(chip):
    sounds = buffers(40 * STEP_BUFFERS)
    coming = iter(sounds)
    look(chip, 40, lambda _: [give(chip, next(coming)) for _ in range(STEP_BUFFERS)])
    waiting, in_driver = 200, 10
    wait_until(lambda: len(heard_from_look(chip)) >= SAMPLES * (1 + waiting + in_driver), "all is heard")
    assert overrun(chip) == SAMPLES * (len(sounds) - waiting - in_driver)
    assert heard_from_look(chip) == heard_without_look(sounds[:waiting] + sounds[-in_driver:])


def bringing_sound(chip, then):
    """A step of a look, during which the driver gets sound, and what comes after that."""
    sounds = iter(buffers(100))

    def step(number):
        for _ in range(STEP_BUFFERS):
            give(chip, next(sounds))
        then(number)

    return step


@pytest.mark.parametrize("pulse", [False, True], ids=["a switch that stays on", "a pulse"])
def test_forgets_what_waits_when_the_switch_moves_and_looks_back_no_further(chip, pulse):
    def mute(number):
        if number == 10:
            chip.switch(True)
            if pulse:
                chip.switch(False)

    before = len(chip.heard)
    steps = look(chip, 25, bringing_sound(chip, mute))
    assert steps == list(range(11))
    wait_until(lambda: not chip.library.fake_i2s_is_enabled() or pulse, "the microphone stands still")
    assert chip.asked[-1 if not pulse else 2] == "muted 1"
    chip.switch(False)
    chip.open()
    assert not np.any(chip.heard[before:])
    assert [event["type"] for event in chip.events()] == []


def test_a_mute_by_javascript_forgets_what_waits_too(chip):
    def mute(number):
        if number == 5:
            chip.set_muted(True)

    before = len(chip.heard)
    assert look(chip, 25, bringing_sound(chip, mute)) == list(range(6))
    chip.set_muted(False)
    chip.open()
    assert not np.any(chip.heard[before:])


# The real ear, on a chip whose time is counted


@pytest.fixture(scope="module")
def library():
    portable = [source for folder in EAR_FOLDERS for source in sorted((ROOT / folder).glob("*.c"))]
    sources = [*portable, *PORTABLE, CHIP / "ear_loop.c", HERE / "slow_chip.c"]
    return build_library("slow", sources, ["-O3", "-ffp-contract=off"])


@pytest.fixture
def make_ear(library, monkeypatch):
    monkeypatch.setattr(test_ear, "machine", lambda kind, folders: NativeMachine(library))
    return lambda: LookingEar("native", verifiers=[constant(0.0)])


class SlowChip:
    def __init__(self, ear, samples, model_step_ms, mute_ms=(2**31, 2**31)):
        self.ear, self.machine = ear, ear.machine
        self.samples = self.machine.alloc(2 * len(samples))
        self.machine.write(self.samples, samples.astype("<i2").tobytes())
        count = len(samples) // HOP
        self.self = self.call("make", ear.self, self.samples, count, model_step_ms, *mute_ms, returns="size")
        self.text = self.machine.alloc(1536)

    def call(self, name, *arguments, returns="int"):
        return self.machine.call(f"slow_chip_{name}", *arguments, returns=returns)

    def events(self, on_event=lambda event: None, each_step=lambda: None):
        found, goes_on = [], True
        while goes_on:
            goes_on = self.call("step", self.self)
            each_step()
            while length := self.call("take_event", self.self, self.text, returns="size"):
                found.append(json.loads(self.machine.read(self.text, length)))
                on_event(found[-1])
        return found

    @property
    def most_waiting_ms(self):
        return 10 * self.call("most_waiting", self.self)

    @property
    def is_blank(self):
        return bool(self.call("backlog_is_blank", self.self))


def test_an_ear_that_is_late_for_a_second_and_more_tells_what_one_that_is_in_time_tells(make_ear):
    samples = words_said(3)
    expected = make_ear().all_events(samples)
    chip = SlowChip(make_ear(), samples, model_step_ms=20)
    events = chip.events()
    assert len(woken(expected)) == 3
    assert events == expected
    assert chip.most_waiting_ms >= 1000
    assert chip.is_blank


def test_listening_from_the_wake_word_on_tells_the_same_however_late_the_ear_is(make_ear):
    samples = np.concatenate([words_said(2), np.zeros(8 * RATE, np.int16)])
    told = {}
    for model_step_ms in (0, 20):
        chip = SlowChip(make_ear(), samples, model_step_ms)
        told[model_step_ms] = chip.events(lambda event, chip=chip: listen_on_waking(chip, event))
    assert "speechEnded" in {event["type"] for event in told[0]}
    assert told[20] == told[0]


def listen_on_waking(chip, event):
    if event["type"] == "wakeWordHeard":
        chip.call("listen", chip.self, event["sample"])


@pytest.mark.parametrize("mute_at_ms", [2300, 2600, 3000, 3400, 3800, 4200])
def test_a_mute_at_any_time_forgets_what_waits_and_the_clock_stays_right(make_ear, mute_at_ms):
    samples = words_said(3)
    expected = woken(make_ear().all_events(samples))
    mute_ms = (mute_at_ms, mute_at_ms + 400)
    chip = SlowChip(make_ear(), samples, model_step_ms=20, mute_ms=mute_ms)
    blank = []

    def look():
        if mute_ms[0] + 30 < chip.call("now_ms", chip.self) < mute_ms[1]:
            blank.append(chip.is_blank)

    events = chip.events(each_step=look)
    assert blank
    assert all(blank)
    assert "audioOverran" not in {event["type"] for event in events}
    late = [sample for sample in woken(events) if sample > RATE * mute_at_ms // 1000]
    assert late == pytest.approx(expected[1:], abs=RATE // 10)
