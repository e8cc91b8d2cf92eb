"""The ear's task as it will run on the chip, with drivers, switch and ear that only pretend."""

import itertools
import struct

import pytest
from chip import LISTEN, SAMPLES, SET_GUARD, SET_SENSITIVITY, STOP_LISTENING, TOLD, Chip, wait_until

INVALID_STATE = 0x103
SECOND = 16000


@pytest.fixture
def chip():
    made = Chip()
    yield made
    if made.probe:
        made.end()


def loud(heard):
    """How often each value was heard that is neither silence nor the offset's tail."""
    return {value: heard.count(value) for value in set(heard) if abs(value) > 50}


def test_hears_nothing_before_the_switch_has_read_off_for_long_enough_and_old_buffers_are_gone(chip):
    chip.with_microphone(calm_ms=50, stale=4)
    assert chip.is_muted
    assert chip.power == 0
    chip.start()
    wait_until(lambda: chip.power == 1, "power is given")
    assert chip.elapsed >= 5 * SAMPLES
    for _ in range(4):
        chip.let_hear(1000)
    assert chip.heard == []
    chip.settle()
    assert not chip.is_muted
    chip.let_hear(1000)
    wait_until(lambda: len(chip.heard) == SAMPLES, "one buffer is heard")


def test_a_switch_that_is_on_at_the_start_keeps_the_microphone_cut():
    chip = Chip(switch_on=True).with_microphone()
    chip.start()
    wait_until(lambda: chip.elapsed > 50 * SAMPLES, "half a second is over")
    assert (chip.is_muted, chip.power, chip.heard) == (True, 0, [])
    assert "enable in" not in chip.calls
    chip.switch(False)
    chip.open()
    chip.end()


def test_the_switch_cuts_the_power_before_its_interrupt_ends_and_nothing_more_is_heard(chip):
    chip.with_microphone()
    chip.start()
    chip.open()
    chip.let_hear(2000)
    wait_until(lambda: 2000 in chip.heard, "sound is heard")
    chip.switch(True)
    assert chip.power == 0
    assert chip.is_muted
    heard = chip.heard
    chip.deliver(3000)  # was captured as the switch moved: in the driver already, or not any more
    wait_until(lambda: not chip.library.fake_i2s_is_enabled(), "the microphone stands still")
    chip.settle()
    assert chip.heard == heard
    assert chip.calls[-1] == "disable in"
    assert not chip.deliver(3000)


def test_stops_within_one_buffer_though_the_driver_has_more(chip):
    chip.with_microphone()
    chip.start()
    chip.open()
    chip.switch(True)
    for value in (3001, 3002, 3003, 3004):
        chip.deliver(value)
    wait_until(lambda: not chip.library.fake_i2s_is_enabled(), "the microphone stands still")
    assert loud(chip.heard) == {}


def test_a_pulse_that_is_over_before_anybody_looks_still_mutes(chip):
    chip.with_microphone(calm_ms=50)
    chip.start()
    chip.open()
    chip.switch(True)
    chip.switch(False)
    assert chip.power == 0
    chip.deliver(3000)
    wait_until(lambda: not chip.library.fake_i2s_is_enabled(), "the microphone stands still")
    chip.open()
    assert loud(chip.heard) == {}
    assert [line for line in chip.asked if line.startswith("muted")] == [
        "muted 1",
        "muted 0",
        "muted 1",
        "muted 0",
    ]


def test_a_pulse_whose_interrupt_is_late_lets_nothing_through_either(chip):
    chip.with_microphone(calm_ms=50)
    chip.start()
    chip.open()
    chip.library.fake_gpio_hold_interrupts(1)
    chip.switch(True)
    chip.switch(False)
    chip.deliver(3000)
    wait_until(lambda: not chip.library.fake_i2s_is_enabled(), "the microphone stands still")
    chip.library.fake_gpio_hold_interrupts(0)
    chip.open()
    assert loud(chip.heard) == {}


def test_a_mute_makes_events_void_that_javascript_has_not_taken(chip):
    chip.with_microphone(slot_bits=16)
    chip.start()
    chip.open()
    told = chip.library.probe_told(chip.probe)
    chip.deliver(0, 16)
    buffer = [0] * SAMPLES
    buffer[5] = TOLD
    raw = struct.pack(f"<{SAMPLES}h", *buffer)
    chip.library.fake_i2s_deliver(raw, len(raw))
    wait_until(lambda: chip.library.probe_told(chip.probe) > told, "JavaScript is told")
    chip.switch(True)
    assert chip.events() == []
    chip.switch(False)
    chip.open()
    assert chip.events() == []


def test_tells_javascript_of_events_and_gives_them_once(chip):
    chip.with_microphone(slot_bits=16)
    chip.start()
    chip.open()
    raw = struct.pack("<h", TOLD) + bytes(2 * SAMPLES - 2)
    told = chip.library.probe_told(chip.probe)
    chip.library.fake_i2s_deliver(raw, len(raw))
    wait_until(lambda: chip.library.probe_told(chip.probe) > told, "JavaScript is told")
    assert [event["type"] for event in chip.events()] == ["told"]
    assert chip.events() == []


def test_javascript_can_add_a_mute_but_cannot_take_the_switch_s_away(chip):
    chip.with_microphone()
    chip.start()
    chip.open()
    chip.set_muted(True)
    assert chip.is_muted
    wait_until(lambda: chip.power == 0, "the power is cut")
    chip.switch(True)
    chip.set_muted(False)
    wait_until(lambda: chip.library.fake_i2s_is_enabled() == 0, "the microphone stands still")
    chip.settle()
    chip.settle()
    assert (chip.is_muted, chip.power) == (True, 0)
    chip.switch(False)
    chip.open()


def test_counts_samples_that_nobody_read_and_says_so_and_they_pass_on_the_clock(chip):
    chip.with_microphone()
    chip.start()
    chip.open()
    before, lost, delivered = chip.elapsed, 0, 0
    while lost == 0:  # faster than the task reads
        delivered += sum(chip.deliver(0) for _ in range(12))
        lost = sum(event["lostSamples"] for event in chip.events() if event["type"] == "audioOverran")
    wait_until(lambda: chip.library.fake_i2s_waiting() == 0, "the rest is taken")
    chip.settle()
    assert lost % SAMPLES == 0
    assert chip.elapsed - before >= delivered * SAMPLES
    assert {event["type"] for event in chip.events()} <= {"audioOverran"}


def test_the_clock_goes_on_while_muted(chip):
    chip.with_microphone()
    chip.start()
    chip.open()
    chip.switch(True)
    wait_until(lambda: not chip.library.fake_i2s_is_enabled(), "the microphone stands still")
    before = chip.elapsed
    wait_until(lambda: chip.elapsed >= before + 10 * SAMPLES, "a tenth of a second is over")


def test_a_microphone_that_gives_nothing_is_a_fault_told_once(chip):
    chip.with_microphone()
    chip.start()
    wait_until(lambda: chip.elapsed > 250 * SAMPLES, "two seconds and more are over")
    faults = [event for event in chip.events() if event["type"] == "fault"]
    assert [fault["what"] for fault in faults] == ["the microphone gives no samples"]


def test_requests_are_done_in_their_order_before_the_next_buffer(chip):
    chip.with_microphone()
    chip.ask(SET_SENSITIVITY, 2)
    chip.ask(LISTEN, 1234)
    chip.ask(SET_GUARD, 1)
    chip.ask(STOP_LISTENING)
    chip.start()
    wait_until(lambda: len(chip.asked) >= 5, "the ear was asked")
    assert chip.asked[:5] == ["muted 1", "sensitivity 2", "listen 1234", "guard 1", "stop 0"]


def test_interrupts_of_pins_are_served_on_the_ear_s_core(chip):
    chip.with_microphone()
    assert chip.start() == 0
    assert chip.library.fake_gpio_core() == 1


def test_refuses_to_start_where_the_switch_s_interrupt_would_come_to_another_core():
    chip = Chip(served_elsewhere=True).with_microphone()
    assert chip.start() == INVALID_STATE
    assert chip.power == 0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"slot_bits": 32}, "standard in 32 of 32 bits mode 1 mask 1 ws 32 rate 16000 pins -1 4 5 -1 6"),
        (
            {"slot_bits": 16, "channel": 1},
            "standard in 16 of 16 bits mode 1 mask 2 ws 16 rate 16000 pins -1 4 5 -1 6",
        ),
        (
            {"slot_bits": 16, "channel": 2},
            "standard in 16 of 16 bits mode 2 mask 3 ws 16 rate 16000 pins -1 4 5 -1 6",
        ),
        ({"pdm": 1, "channel": 0}, "pdm 16 bits mode 1 mask 2 rate 16000 pins 4 6"),
        ({"pdm": 1, "channel": 1}, "pdm 16 bits mode 1 mask 1 rate 16000 pins 4 6"),
        ({"pdm": 1, "channel": 2}, "pdm 16 bits mode 2 mask 3 rate 16000 pins 4 6"),
    ],
)
def test_opens_the_bus_as_the_board_says(chip, options, expected):
    chip.with_microphone(**options)
    assert chip.calls == ["new in port 0 primary", expected]


def test_a_loudspeaker_on_the_same_lines_runs_before_the_microphone_and_gives_its_clock(chip):
    chip.with_microphone(slot_bits=16, channel=2, shared_data=9)
    assert chip.calls == [
        "new outin port 0 primary",
        "standard out 16 of 16 bits mode 1 mask 1 ws 16 rate 16000 pins -1 4 5 9 -1",
        "enable out",
        "standard in 16 of 16 bits mode 2 mask 3 ws 16 rate 16000 pins -1 4 5 -1 6",
    ]
    chip.start()
    chip.open()
    chip.end()
    chip.end()
    assert chip.calls[-2:] == ["disable in", "delete in"]
    assert "disable out" not in chip.calls


def test_ending_it_leaves_the_microphone_cut(chip):
    chip.with_microphone()
    chip.start()
    chip.open()
    assert chip.power == 1
    chip.end()
    assert chip.power == 0
    assert chip.calls[-2:] == ["disable in", "delete in"]


def wav(samples):
    data = struct.pack(f"<{len(samples)}h", *samples)
    form = struct.pack("<HHIIHH", 1, 1, 16000, 32000, 2, 16)
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def test_a_clip_in_steps_is_heard_from_its_first_sample_and_bit_for_bit(chip):
    samples = [(17 * i) % 4001 - 2000 for i in range(20 * SAMPLES + 50)]
    chip.with_clip(wav(samples))
    chip.start()
    steps = 0
    while not chip.library.probe_clip_is_over(chip.probe):
        chip.step()
        steps += 1
    assert steps == 20
    assert chip.heard == samples[: 20 * SAMPLES]
    assert chip.elapsed == 20 * SAMPLES


@pytest.mark.parametrize(("amplitude", "level_db"), [(8192, -12), (3, -81), (0, -96)])
def test_the_level_is_that_of_a_whole_second(chip, amplitude, level_db):
    chip.with_clip(wav([amplitude, -amplitude] * (SECOND // 2)))
    chip.start()
    for _ in range(99):
        chip.step()
    assert chip.level_db is None
    chip.step()
    assert chip.level_db == level_db


def test_a_mute_takes_the_level_at_once_and_what_was_heard_before_is_in_no_later_one(chip):
    loud, quiet = [8192, -8192], [3, -3]
    chip.with_clip(wav(loud * (70 * SAMPLES) + quiet * SECOND))
    chip.start()
    for _ in range(140):
        chip.step()
    assert chip.level_db == -12
    chip.set_muted(True)
    assert chip.level_db is None
    chip.step()
    chip.set_muted(False)
    for _ in range(99):
        chip.step()
        assert chip.level_db is None
    for _ in range(20):
        chip.step()
    assert chip.level_db == -81


def test_a_clip_in_real_time_plays_on_while_a_mute_keeps_it_out(chip):
    samples = [1000 + i // SAMPLES for i in range(200 * SAMPLES)]
    chip.with_clip(wav(samples), in_steps=False)
    chip.start()
    wait_until(lambda: len(chip.heard) > 20 * SAMPLES, "it is heard")
    chip.set_muted(True)
    wait_until(lambda: chip.is_muted, "it is muted")
    before = chip.elapsed
    wait_until(lambda: chip.elapsed > before + 20 * SAMPLES, "it plays on")
    chip.set_muted(False)
    wait_until(lambda: chip.elapsed > 300 * SAMPLES, "it is over")
    heard = chip.heard
    values = sorted(set(heard))
    gaps = [b - a for a, b in itertools.pairwise(values) if b - a > 1]
    assert values[:3] == [0, 1001, 1002]  # the buffer before the gate opened is the only one that is lost
    assert any(gap >= 20 for gap in gaps[1:])
    assert heard[-1] == 0


def test_other_recordings_than_the_ear_s_are_no_clip(chip):
    stereo = bytearray(wav([0] * 100))
    stereo[22] = 2
    for file in (b"", b"RIFF", bytes(stereo), wav([0] * 100)[:-20]):
        assert chip.with_clip(bytes(file)).probe is None
