"""Pixels become the bytes that the LEDs want, as a second reading of the data sheets, in Python, has them."""

import struct

import numpy as np
import pytest
from machines import machine

FOLDER = "firmware/natives/ring"
WS2812, SK6812_RGBW, APA102 = range(3)
ORDERS = ["RGB", "RBG", "GRB", "GBR", "BRG", "BGR"]
USUAL = {
    "led": WS2812,
    "order": "GRB",
    "pixels": 12,
    "first": 0,
    "gamma": 0,
    "brightness": 100,
    "limit": 0,
    "channel": 12000,
    "idle": 600,
}


class Ring:
    """ring_wire in a machine."""

    def __init__(self, kind):
        self.machine = machine(kind, [FOLDER])
        self.settings = self.machine.alloc(9 * 4)
        self.rgb = self.machine.alloc(3 * 1024)
        self.wire = self.machine.alloc(5 * 1024)

    def set(self, settings):
        order = ORDERS.index(settings["order"]) if settings["order"] in ORDERS else settings["order"]
        numbers = [order if name == "order" else settings[name] for name in USUAL]
        self.machine.write(self.settings, struct.pack("<9i", *numbers))

    def problem(self, **changes):
        self.set({**USUAL, **changes})
        address = self.machine.call("ring_wire_problem", self.settings, returns="size")
        return self.machine.read(address, 100).split(b"\0")[0].decode() if address else ""

    def render(self, pixels, **changes):
        self.set({**USUAL, "pixels": len(pixels), **changes})
        length = self.machine.call("ring_wire_bytes", self.settings, returns="size")
        self.machine.write(self.rgb, np.asarray(pixels, np.uint8).tobytes())
        self.machine.write(self.wire, b"\xee" * (length + 4))
        self.machine.call("ring_wire_render", self.settings, self.rgb, self.wire, returns="none")
        assert self.machine.read(self.wire + length, 4) == b"\xee" * 4
        return self.machine.read(self.wire, length)


@pytest.fixture(scope="module", params=["native", "wasm"])
def ring(request):
    return Ring(request.param)


def light(value, gamma, brightness):
    """A channel's value on the wire, before any current limit."""
    eighths = round(256 * 255 * (value / 255) ** 2.2) if gamma else 256 * value
    rounded = (eighths * brightness // 100 + 128) // 256
    return max(rounded, 1) if value > 0 and brightness > 0 else rounded


def expected(pixels, **changes):
    """What the wire carries, written from the data sheets and the words in ring_wire.h."""
    is_ = {**USUAL, **changes}
    rows = []
    for pixel in pixels:
        red, green, blue = (light(int(value), is_["gamma"], is_["brightness"]) for value in pixel)
        white = min(red, green, blue) if is_["led"] == SK6812_RGBW else 0
        colors = {"R": red - white, "G": green - white, "B": blue - white}
        rows.append([colors[name] for name in is_["order"]] + [white] * (is_["led"] == SK6812_RGBW))
    total = sum(map(sum, rows))
    if is_["limit"] > 0:
        left = max(0, is_["limit"] - is_["idle"] * len(pixels))
        allowed = left * 255 // is_["channel"]
        if total > allowed:
            rows = [[value * allowed // total for value in row] for row in rows]
    rows = [rows[(place - is_["first"]) % len(rows)] for place in range(len(rows))]
    if is_["led"] != APA102:
        return bytes(value for row in rows for value in row)
    framed = bytes(value for row in rows for value in [255, *row])
    return bytes(4) + framed + bytes(4 + (len(rows) + 15) // 16)


@pytest.mark.parametrize("gamma", [0, 1])
def test_gives_every_value_its_light_at_every_brightness(ring, gamma):
    grays = np.repeat(np.arange(256), 3).reshape(256, 3)
    for brightness in range(101):
        changes = {"gamma": gamma, "brightness": brightness}
        assert ring.render(grays, **changes) == expected(grays, **changes), brightness


@pytest.mark.parametrize("led", [WS2812, SK6812_RGBW, APA102])
@pytest.mark.parametrize("order", ORDERS)
def test_puts_colours_in_order(ring, led, order):
    pixels = [[1, 2, 3], [255, 0, 0], [0, 255, 0], [0, 0, 255], [90, 80, 70]]
    assert ring.render(pixels, led=led, order=order) == expected(pixels, led=led, order=order)


def test_known_frames(ring):
    assert ring.render([[0x11, 0x22, 0x33]]) == bytes([0x22, 0x11, 0x33])
    assert ring.render([[0x11, 0x22, 0x33]], led=SK6812_RGBW) == bytes([0x11, 0, 0x22, 0x11])
    frame = ring.render([[0x11, 0x22, 0x33]], led=APA102, order="BGR")
    assert frame == bytes.fromhex("00000000 ff332211 0000000000")


def test_any_picture_on_any_ring(ring):
    random = np.random.default_rng(20260102)
    for _ in range(1500):
        pixels = random.integers(0, 256, (int(random.integers(1, 70)), 3)) * random.integers(0, 2)
        changes = {
            "led": int(random.integers(3)),
            "order": ORDERS[int(random.integers(6))],
            "first": int(random.integers(len(pixels))),
            "gamma": int(random.integers(2)),
            "brightness": int(random.integers(101)),
            "limit": int(random.choice([0, 1, 50_000, 500_000, 2_000_000, 16_000_000])),
            "channel": int(random.choice([1, 5000, 12_000, 20_000, 100_000])),
            "idle": int(random.choice([0, 600, 1000, 100_000])),
        }
        assert ring.render(pixels, **changes) == expected(pixels, **changes), changes


def test_never_draws_more_than_the_limit(ring):
    white = np.full((24, 3), 255)
    for limit in range(0, 900_000, 7_919):
        wire = ring.render(white, limit=limit)
        assert limit == 0 or sum(wire) * 12_000 / 255 + 24 * 600 <= max(limit, 24 * 600)
    assert sum(ring.render(white, limit=900_000)) == 24 * 3 * 255  # 878.4 mA are enough


def test_what_is_lit_stays_lit_however_dim(ring):
    assert ring.render([[1, 2, 255]], brightness=1, gamma=1) == bytes([1, 1, 3])
    assert ring.render([[1, 2, 255]], brightness=0) == bytes(3)


@pytest.mark.parametrize(
    "changes",
    [
        {"led": 3},
        {"order": 6},
        {"pixels": 0},
        {"pixels": 1025},
        {"first": 12},
        {"first": -1},
        {"brightness": 101},
        {"brightness": -1},
        {"limit": -1},
        {"limit": 16_000_001},
        {"channel": 0},
        {"idle": -1},
    ],
)
def test_says_what_is_out_of_range_and_writes_nothing(ring, changes):
    assert ring.problem() == ""
    assert ring.problem(**changes) != ""
    assert ring.machine.call("ring_wire_bytes", ring.settings, returns="size") == 0
    ring.machine.write(ring.wire, b"\xee" * 64)
    ring.machine.call("ring_wire_render", ring.settings, ring.rgb, ring.wire, returns="none")
    assert ring.machine.read(ring.wire, 64) == b"\xee" * 64
