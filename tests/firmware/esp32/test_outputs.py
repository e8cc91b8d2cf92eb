"""The loudspeaker's task and the ring's wires, over drivers that only pretend."""

import ctypes

import pytest
from building import NATIVES, build_library
from chip import load, wait_until

AMPLIFIER = 18
RATE = 16000
FLUSH_MS = 60  # what the driver keeps


@pytest.fixture
def library():
    return load()


class Loudspeaker:
    def __init__(self, library, rate=RATE):
        self.library = library
        self.handle = ctypes.c_void_p(library.probe_loudspeaker(rate, AMPLIFIER))

    def play(self, number, volume=50):
        assert self.library.loudspeaker_play(self.handle, number, volume)

    def ended(self):
        return self.library.probe_cues_ended()

    def played(self):
        count = self.library.fake_i2s_played(None, ctypes.c_size_t(0))
        samples = (ctypes.c_int16 * max(count, 1))()
        self.library.fake_i2s_played(samples, ctypes.c_size_t(count))
        return list(samples)[:count]


def rendered(number, volume, rate=RATE):
    """A cue as the natives compute it, taken in one go."""
    natives = ctypes.CDLL(str(build_library("cues", sorted((NATIVES / "cues").glob("*.c")))))
    natives.cue_bytes.restype = natives.cue_render.restype = ctypes.c_size_t
    player = ctypes.create_string_buffer(natives.cue_bytes())
    assert natives.cue_init(player, number, rate, volume)
    samples = (ctypes.c_int16 * (10 * rate))()
    count = natives.cue_render(player, samples, ctypes.c_size_t(len(samples)))
    return list(samples)[:count]


@pytest.mark.parametrize(("number", "rate"), [(0, 16000), (3, 16000), (1, 48000)])
def test_plays_a_cue_to_its_end_and_then_turns_the_amplifier_off(library, number, rate):
    loudspeaker = Loudspeaker(library, rate)
    assert library.fake_gpio_output(AMPLIFIER) == 0
    loudspeaker.play(number)
    wait_until(lambda: loudspeaker.ended() == 1, "the cue has ended")
    assert library.fake_gpio_output(AMPLIFIER) == 0
    cue, played = rendered(number, 50, rate), loudspeaker.played()
    assert played[: len(cue)] == cue
    assert not any(played[len(cue) :])
    assert len(played) - len(cue) >= rate * FLUSH_MS // 1000
    library.loudspeaker_close(loudspeaker.handle)


def test_tells_the_end_of_every_cue_also_of_those_that_others_cut_short(library):
    loudspeaker = Loudspeaker(library)
    for number in (0, 1, 2, 3):
        loudspeaker.play(number)
    assert library.loudspeaker_stop(loudspeaker.handle)
    wait_until(lambda: loudspeaker.ended() == 4, "all cues have ended")
    library.loudspeaker_close(loudspeaker.handle)
    assert loudspeaker.ended() == 4
    assert library.fake_gpio_output(AMPLIFIER) == 0


def test_closing_it_ends_what_sounds(library):
    loudspeaker = Loudspeaker(library)
    loudspeaker.play(4, 100)
    library.loudspeaker_close(loudspeaker.handle)
    library.loudspeaker_close(loudspeaker.handle)
    calls = library.fake_i2s_calls().decode().splitlines()
    assert calls[-2:] == ["disable out", "delete out"]
    assert loudspeaker.ended() <= 1


def test_takes_no_more_requests_than_it_has_room_for(library):
    loudspeaker = Loudspeaker(library)
    taken = [library.loudspeaker_play(loudspeaker.handle, 0, 10) for _ in range(1000)]
    assert 0 in taken
    library.loudspeaker_close(loudspeaker.handle)


def sent(library):
    wire = ctypes.create_string_buffer(4096)
    count = library.fake_wire_bytes(wire, ctypes.c_size_t(4096))
    return wire.raw[:count]


def test_sends_pictures_by_the_remote_control_peripheral_in_the_leds_time(library):
    ring = ctypes.c_void_p(library.probe_ring(21, -1))
    assert library.fake_wire_calls().decode().splitlines() == [
        "rmt pin 21 at 10000000 Hz, 1024 symbols with DMA",
        "bits 3/9 8/4 msb 1",
    ]
    picture = bytes(range(36))
    assert library.ring_output_is_free(ring, 0)
    assert library.ring_output_send(ring, picture, ctypes.c_size_t(36)) == 0
    assert sent(library) == picture
    library.ring_output_close(ring)
    assert library.fake_wire_calls().decode().splitlines()[-2:] == ["delete channel", "delete encoder"]


def test_does_without_dma_where_somebody_else_has_it(library):
    library.fake_rmt_take_dma()
    assert library.probe_ring(21, -1)
    lines = library.fake_wire_calls().decode().splitlines()
    assert lines[:2] == [
        "rmt pin 21 at 10000000 Hz, 1024 symbols with DMA",
        "rmt pin 21 at 10000000 Hz, 64 symbols",
    ]


def test_sends_pictures_by_spi_where_the_leds_have_a_clock_and_waits_for_the_last_one(library):
    ring = ctypes.c_void_p(library.probe_ring(21, 14))
    assert library.fake_wire_calls().decode().splitlines() == ["spi 2 pins 21 14", "device at 8000000 Hz"]
    picture = bytes(range(60))
    assert library.ring_output_is_free(ring, 0)
    assert library.ring_output_send(ring, picture, ctypes.c_size_t(60)) == 0
    assert sent(library) == picture
    assert library.ring_output_send(ring, picture, ctypes.c_size_t(60)) != 0
    assert library.ring_output_is_free(ring, 10)
    assert library.ring_output_send(ring, picture, ctypes.c_size_t(60)) == 0
    library.ring_output_close(ring)
    assert library.fake_wire_calls().decode().splitlines()[-2:] == ["remove device", "free spi 2"]
