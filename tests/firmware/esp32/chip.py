"""The natives of the chip over drivers that only pretend, as a Python test sees and moves them."""

import ctypes
import json
import shutil
import tempfile
import time

from building import CHIP, FAKES, NATIVES, PORTABLE, build_library

SAMPLES = 160
SWITCH, POWER = 7, 8
NO_LEVEL = 1
TOLD = 7777  # a sample that the pretended ear tells of
LOOKS = 8888  # one at which it looks back
LISTEN, STOP_LISTENING, SET_SENSITIVITY, SET_GUARD = 1, 2, 3, 4

NAMES = ("ear_loop", "ear_task", "microphone", "clip_player", "mute_pin", "sound_bus", "loudspeaker")
SOURCES = [
    *FAKES.glob("*.c"),
    *(CHIP / f"{name}.c" for name in (*NAMES, "ring_output", "ring_rmt", "ring_spi")),
    *PORTABLE,
    *(NATIVES / "ear" / name for name in ("event_text.c", "level.c")),
]


def load():
    """A chip fresh from reset: a copy of the library has variables of its own."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(build_library("chip", SOURCES), folder)
        library = ctypes.CDLL(str(copy))
    for name in ("probe_microphone", "probe_clip", "probe_loudspeaker", "probe_ring"):
        getattr(library, name).restype = ctypes.c_void_p
    for name in ("probe_take_event", "fake_ear_heard", "fake_i2s_played", "fake_wire_bytes"):
        getattr(library, name).restype = ctypes.c_size_t
    for name in ("fake_i2s_calls", "fake_ear_asked", "fake_wire_calls"):
        getattr(library, name).restype = ctypes.c_char_p
    library.probe_elapsed.restype = ctypes.c_double
    return library


def wait_until(is_so, what, seconds=20):
    """Gives the other thread time. The tests' own pace does not matter to what they hold."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.0005)


class Chip:
    """An ear's task with a microphone or a clip, and the world around it."""

    def __init__(self, switch_on=False, served_elsewhere=False):
        self.library = load()
        if switch_on:
            self.library.fake_gpio_input(SWITCH, 1)
        if served_elsewhere:
            self.library.fake_gpio_serve_elsewhere()
        self.probe = None

    def with_microphone(
        self, slot_bits=32, channel=0, pdm=0, shared_data=-1, calm_ms=20, stale=3, switch=SWITCH, power=POWER
    ):
        self.frame_bytes = (2 if pdm else slot_bits // 8) * (2 if channel == 2 else 1)
        probe = self.library.probe_microphone(
            switch, power, slot_bits, channel, pdm, shared_data, calm_ms, stale
        )
        self.probe = ctypes.c_void_p(probe)
        return self

    def with_clip(self, wav, in_steps=True):
        self.wav = ctypes.create_string_buffer(wav, len(wav))
        probe = self.library.probe_clip(-1, self.wav, ctypes.c_size_t(len(wav)), int(in_steps))
        self.probe = ctypes.c_void_p(probe) if probe else None
        return self

    def start(self):
        return self.library.probe_start(self.probe)

    def end(self):
        self.library.probe_end(self.probe)

    def switch(self, on):
        self.library.fake_gpio_input(SWITCH, int(on))

    @property
    def power(self):
        return self.library.fake_gpio_output(POWER)

    @property
    def is_muted(self):
        return bool(self.library.probe_is_muted(self.probe))

    @property
    def elapsed(self):
        return int(self.library.probe_elapsed(self.probe))

    @property
    def level_db(self):
        """None while there is none."""
        level = self.library.probe_level_db(self.probe)
        return None if level == NO_LEVEL else level

    @property
    def calls(self):
        return self.library.fake_i2s_calls().decode().splitlines()

    @property
    def asked(self):
        return self.library.fake_ear_asked().decode().splitlines()

    def ask(self, request, number=0.0):
        assert self.library.probe_ask(self.probe, request, ctypes.c_double(number))

    def set_muted(self, muted):
        self.library.probe_set_muted(self.probe, int(muted))

    def step(self):
        self.library.probe_step(self.probe)

    def deliver(self, value, slot_bits=32):
        """One DMA buffer that holds this 16-bit value; returns whether anybody heard it."""
        filled = value << (slot_bits - 16)
        count = SAMPLES * self.frame_bytes // (slot_bits // 8)
        sample = ctypes.c_int32 if slot_bits == 32 else ctypes.c_int16
        buffer = (sample * count)(*[filled] * count)
        return bool(self.library.fake_i2s_deliver(buffer, ctypes.c_size_t(ctypes.sizeof(buffer))))

    def let_hear(self, value, buffers=1):
        """Delivers buffers one after the other, each when the one before has been taken."""
        for _ in range(buffers):
            wait_until(lambda: self.deliver(value), "somebody listens")
            self.settle()

    def _is_open(self):
        """Delivers no faster than it is taken, however slowly the task gets its turns: nothing is lost."""
        if self.library.fake_i2s_waiting() == 0:
            self.deliver(0)
        return not self.is_muted

    def open(self):
        """Delivers silence until the mute has ended and once more: what is heard first loses its offset."""
        wait_until(self._is_open, "the ear opens")
        self.deliver(0)
        wait_until(lambda: self.library.fake_i2s_waiting() == 0, "what was delivered is taken")
        self.settle()

    def settle(self):
        """Until the task has gone on by a step."""
        before = self.elapsed
        wait_until(lambda: self.elapsed > before, "the task has turned round", 30)

    @property
    def heard(self):
        count = self.library.fake_ear_heard(None, ctypes.c_size_t(0))
        samples = (ctypes.c_int16 * max(count, 1))()
        self.library.fake_ear_heard(samples, ctypes.c_size_t(count))
        return list(samples)[:count]

    def events(self):
        text = ctypes.create_string_buffer(1536)
        taken = []
        while self.library.probe_take_event(self.probe, text):
            taken.append(json.loads(text.value))
        return taken
