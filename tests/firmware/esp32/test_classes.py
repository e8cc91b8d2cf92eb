"""The chip's JavaScript classes: every board's data is understood, and what is wrong is said."""

import ctypes
import json
import struct

import pytest
from building import ROOT
from chip import wait_until
from javascript import Machine, Thrown

BOARDS = {
    path.parent.name: json.loads(path.read_text())["config"]["board"]
    for path in sorted(ROOT.glob("boards/*/manifest.json"))
}
MIC = {"bus": "i2s", "clock": 4, "select": 5, "data": 6, "role": "primary", "slotBits": 32, "channel": "left"}
RING = {"pin": 21, "led": "ws2812", "pixels": 3, "order": "GRB", "first": 0, "brightnessLimitPercent": 100}
LOUDSPEAKER = {**MIC, "clock": 15, "select": 16, "data": 17, "slotBits": 16, "sampleRate": 16000}
MUTE = {"pin": 7, "active": "high", "pull": "up"}
TOLD = 7777


@pytest.fixture
def machine():
    return Machine()


def i2s_calls(machine):
    return machine.library.fake_i2s_calls().decode().splitlines()


def wav(samples):
    data = struct.pack(f"<{len(samples)}h", *samples)
    form = struct.pack("<HHIIHH", 1, 1, 16000, 32000, 2, 16)
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("name", BOARDS)
def test_every_board_s_ear_and_loudspeaker_open_on_its_pins(machine, name):
    board = BOARDS[name]
    mic, loudspeaker = board["mic"], board["loudspeaker"]
    ear = machine.new("ear", {"microphone": mic, "mute": board["mute"], "loudspeaker": loudspeaker})
    if "absent" not in loudspeaker:
        machine.new("loudspeaker", loudspeaker)
    opened = i2s_calls(machine)
    role = "primary" if mic["role"] == "primary" else "secondary"
    is_shared = loudspeaker.get("clock") == mic["clock"]
    assert opened[0] == f"new {'out' if is_shared else ''}in port 0 {role}"
    inputs = [line for line in opened if line.startswith("standard in")]
    pins = [mic.get("masterClock", -1), mic["clock"], mic["select"], -1, mic["data"]]
    assert len(inputs) == 1
    assert inputs[0].endswith("pins " + " ".join(map(str, pins)))
    assert f"of {mic['slotBits']} bits mode {2 if mic['channel'] == 'both' else 1} " in inputs[0]
    if "absent" not in loudspeaker:
        outputs = [line for line in opened if line.startswith("standard out")]
        pins = [
            loudspeaker.get("masterClock", -1),
            loudspeaker["clock"],
            loudspeaker["select"],
            loudspeaker["data"],
            -1,
        ]
        assert len(outputs) == 1
        assert outputs[0].endswith(f"rate {loudspeaker['sampleRate']} pins " + " ".join(map(str, pins)))
    assert ear.muted() is True
    ear.close()


@pytest.mark.parametrize("name", BOARDS)
def test_every_board_s_ring_lights(machine, name):
    board = BOARDS[name]["ring"]
    ring = machine.new("ring", board)
    assert ring.pixel_count() == board["pixels"]
    assert ring.show(bytes(3 * board["pixels"])) is True
    ring.close()


def without(options, name):
    return {key: value for key, value in options.items() if key != name}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "TypeError: ear: microphone is missing"),
        *(({"microphone": without(MIC, name)}, f"TypeError: microphone: {name} is missing") for name in MIC),
        ({"microphone": {**MIC, "bus": "spdif"}}, "RangeError: microphone: bus must be i2s|pdm"),
        (
            {"microphone": {**MIC, "clock": 49}},
            "RangeError: microphone: clock must be a whole number, 0 to 48",
        ),
        (
            {"microphone": {**MIC, "data": 1.5}},
            "RangeError: microphone: data must be a whole number, 0 to 48",
        ),
        ({"microphone": {**MIC, "slotBits": 24}}, "RangeError: microphone: slotBits must be 16|32"),
        ({"microphone": {**MIC, "role": "primar"}}, "RangeError: microphone: role must be secondary|primary"),
        ({"microphone": {**MIC, "channel": "up"}}, "RangeError: microphone: channel must be left|right|both"),
        (
            {"microphone": {**MIC, "gainBits": 9}},
            "RangeError: microphone: gainBits must be a whole number, 0 to 8",
        ),
        ({"microphone": {**MIC, "power": {"pin": 8}}}, "TypeError: power: active is missing"),
        ({"microphone": MIC, "mute": {"pin": 7}}, "TypeError: mute: active is missing"),
        ({"microphone": MIC, "mute": without(MUTE, "pull")}, "TypeError: mute: pull is missing"),
        ({"microphone": MIC, "pace": "slow"}, "RangeError: ear: pace must be realTime|step"),
        ({"microphone": MIC, "clip": b"RIFF"}, "RangeError: the clip is no WAV file"),
        (
            {"microphone": MIC, "clip": bytearray(wav([0] * 200))},
            "TypeError: models, graphs and clips must be",
        ),
        (
            {"microphone": MIC, "loudspeaker": {**LOUDSPEAKER, "clock": 4}},
            "RangeError: loudspeaker: with the microphone's clock it must have its word select, role",
        ),
    ],
)
def test_says_what_is_wrong_with_an_ear_s_options(machine, options, message):
    with pytest.raises(Thrown) as thrown:
        machine.new("ear", options)
    assert str(thrown.value).startswith(message)


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("ring", without(RING, "pixels"), "TypeError: ring: pixels is missing"),
        ("ring", {**RING, "first": 3}, "RangeError: ring: first must be a whole number, 0 to 2"),
        ("ring", {**RING, "order": "RGBW"}, "RangeError: ring: order must be RGB|RBG|GRB|GBR|BRG|BGR"),
        ("ring", {**RING, "led": "apa102"}, "TypeError: ring: clock is missing"),
        ("ring", {**RING, "currentLimitMilliamps": 0}, "RangeError: ring: currentLimitMilliamps must be"),
        ("loudspeaker", without(LOUDSPEAKER, "sampleRate"), "TypeError: loudspeaker: sampleRate is missing"),
        (
            "loudspeaker",
            {**LOUDSPEAKER, "sampleRate": 96000},
            "RangeError: loudspeaker: sampleRate must be a whole number, 8000",
        ),
        (
            "loudspeaker",
            {**LOUDSPEAKER, "enable": {"pin": -1, "active": "low"}},
            "RangeError: enable: pin must be a whole",
        ),
    ],
)
def test_says_what_is_wrong_with_other_options(machine, kind, options, message):
    with pytest.raises(Thrown) as thrown:
        machine.new(kind, options)
    assert str(thrown.value).startswith(message)


@pytest.mark.parametrize(
    ("kind", "options", "method"),
    [
        ("ear", {"microphone": MIC}, "take_event"),
        ("ring", RING, "pixel_count"),
        ("loudspeaker", LOUDSPEAKER, "stop"),
    ],
)
def test_closing_twice_is_closing_once_and_nothing_works_afterwards(machine, kind, options, method):
    device = machine.new(kind, options)
    device.call(method)
    device.close()
    device.close()
    with pytest.raises(Thrown, match=f"Error: the {kind} is closed"):
        device.call(method)


@pytest.fixture
def ear(machine):
    made = machine.new(
        "ear", {"microphone": MIC, "mute": MUTE, "clip": wav([0] * 480 + [TOLD] * 160), "pace": "step"}
    )
    yield made
    made.close()


POINTS = struct.pack("<15i", *[32768, 5, 8192, 384, 896] * 2, 16384, 3, 8192, 384, 896)
WORD = {
    "name": "jarvis",
    "model": b"ok model",
    "points": bytearray(POINTS),
    "pronunciations": bytearray(b"\1\2\3"),
}
PHONES = {"model": b"ok phones", "blankPenaltyNats": 2, "lookAheadMs": 180, "features": "plain"}
COMMANDS = {"phones": PHONES, "graph": b"ok graph"}


def test_an_ear_takes_models_before_it_starts_and_none_afterwards(machine, ear):
    ear.configure({"wakeWords": [WORD]})
    before = ear.external_bytes()
    judged = {**WORD, "wordVerifier": b"ok verifier"}
    ear.configure({"wakeWords": [judged], "embedding": b"ok embedding"})
    assert ear.external_bytes() == before + 200
    ear.configure({"commands": COMMANDS})
    assert ear.external_bytes() == before + 200300
    assert ear.internal_bytes() > 10000
    ear.start()
    assert ear.stack_left_bytes() == 4321
    for method, *arguments in [("start",), ("configure", {"commands": COMMANDS}), ("configure", {})]:
        with pytest.raises(Thrown, match="Error: the ear has started"):
            ear.call(method, *arguments)


def test_another_grammar_or_word_takes_no_memory(ear):
    judged = {**WORD, "wordVerifier": b"ok verifier"}
    ear.configure({"wakeWords": [judged], "embedding": b"ok embedding", "commands": COMMANDS})
    before = (ear.internal_bytes(), ear.external_bytes())
    for swap in range(50):
        model = bytes(swap % 3)
        phones = {**PHONES, "model": b"ok phones" + model}
        ear.configure({"commands": {"phones": phones, "graph": b"ok graph of %d" % swap}})
        with pytest.raises(Thrown, match="not a graph"):
            ear.configure({"commands": {**COMMANDS, "graph": b"no graph"}})
        ear.configure({"wakeWords": [{**judged, "model": b"ok model" + model}], "embedding": b"ok" + model})
        with pytest.raises(Thrown, match="not a model"):
            ear.configure({"wakeWords": [{**judged, "model": b"no model"}]})
    assert (ear.internal_bytes(), ear.external_bytes()) == before


def test_an_ear_takes_all_of_its_models_from_one_object(ear):
    before = ear.external_bytes()
    words = [{**WORD, "wordVerifier": b"ok verifier"}]
    ear.configure({"wakeWords": words, "embedding": b"ok embedding", "commands": COMMANDS})
    assert ear.external_bytes() == before + 200300  # the decoder and three models


def with_word(**changed):
    return {"wakeWords": [{**WORD, **changed}]}


def with_phones(**changed):
    return {"commands": {**COMMANDS, "phones": {**PHONES, **changed}}}


@pytest.mark.parametrize(
    ("method", "arguments", "message"),
    [
        ("configure", [with_word(model=b"no model")], "RangeError: jarvis: not a model"),
        ("configure", [with_word(model=bytearray(b"ok"))], "TypeError: models, graphs and clips must be"),
        ("configure", [with_word(points=bytearray(59))], "RangeError: jarvis: points must have 60 bytes"),
        ("configure", [with_word(points=bytearray(60))], "RangeError: refused"),
        ("configure", [with_word(name="j" * 40)], "RangeError: refused"),
        *(
            ("configure", [{"wakeWords": [without(WORD, name)]}], f"TypeError: wake word: {name} is missing")
            for name in WORD
        ),
        (
            "configure",
            [{"wakeWords": [WORD] * 5}],
            "RangeError: wakeWords: length must be a whole number, 0 to 4",
        ),
        ("configure", [{"wakeWords": {}}], "TypeError: wakeWords: length is missing"),
        (
            "configure",
            [{"wakeWords": [WORD], "embedding": b"no model"}],
            "RangeError: embedding: not a model",
        ),
        (
            "configure",
            [with_word(wordVerifier=b"no model")],
            "RangeError: word verifier of jarvis: not a model",
        ),
        ("configure", [with_word(wordVerifier=b"ok model")], "RangeError: refused"),
        ("configure", [with_phones(model=b"no phones")], "RangeError: phones: not a model"),
        ("configure", [with_phones(blankPenaltyNats=3)], "RangeError: refused"),
        (
            "configure",
            [with_phones(lookAheadMs=2001)],
            "RangeError: phones: lookAheadMs must be a whole number, 0 to 2000",
        ),
        (
            "configure",
            [with_phones(features="fancy")],
            "RangeError: phones: features must be noise-reduced|plain",
        ),
        *(
            ("configure", [{"commands": without(COMMANDS, name)}], f"TypeError: commands: {name} is missing")
            for name in COMMANDS
        ),
        ("configure", [{"commands": {**COMMANDS, "graph": b"no graph"}}], "RangeError: not a graph"),
        ("configure", [], "TypeError: 1 arguments are needed"),
        ("listen", [float("nan")], "RangeError: listening begins at a sample, not at NaN"),
        ("set_guard", ["ajar"], "RangeError: the ear knows no 'ajar'"),
        ("step", [], "Error: only a started ear with a clip in steps steps"),
    ],
)
def test_an_ear_says_what_it_cannot_take(ear, method, arguments, message):
    with pytest.raises(Thrown) as thrown:
        ear.call(method, *arguments)
    assert str(thrown.value).startswith(message)


def test_an_ear_hears_a_clip_step_by_step_and_calls_back(machine, ear):
    called = machine.function()
    machine.set(ear.slot, "onReadable", called)
    ear.start()
    ear.listen(100)
    ear.set_guard("guarded")
    for _ in range(3):
        assert ear.step() is True
    assert ear.elapsed_samples() == 480
    assert ear.level_db() is None
    assert ear.take_event() is None
    before = machine.calls_of(called)
    assert ear.step() is True
    assert machine.calls_of(called) == before + 1
    assert json.loads(ear.take_event()) == {"type": "told", "sample": 640}
    assert ear.step() is False
    assert machine.library.fake_ear_asked().decode().splitlines()[-2:] == ["listen 100", "guard 1"]


def test_a_mute_of_javascript_and_the_switch_show(machine, ear):
    assert (ear.muted(), ear.switch_muted()) == (True, False)
    ear.start()
    assert ear.muted() is False
    ear.set_muted(True)
    assert ear.muted() is True
    ear.set_muted(False)
    for _ in range(3):
        ear.step()
    assert ear.muted() is False
    machine.library.fake_gpio_input(7, 1)
    assert (ear.muted(), ear.switch_muted()) == (True, True)


def test_a_message_under_way_when_the_ear_is_closed_does_no_harm(machine, ear):
    called = machine.function()
    machine.set(ear.slot, "onReadable", called)
    ear.start()
    for _ in range(4):
        ear.step()
    ear.close()
    assert machine.calls_of(called) == 0


def test_a_ring_shows_pictures_in_its_order_from_its_first_pixel(machine):
    ring = machine.new("ring", {**RING, "first": 1, "gamma": False})
    assert ring.show(bytes([1, 2, 3, 4, 5, 6, 7, 8, 9])) is True
    wire = (ctypes.c_uint8 * 9)()
    assert machine.library.fake_wire_bytes(wire, ctypes.c_size_t(9)) == 9
    assert bytes(wire) == bytes([8, 7, 9, 2, 1, 3, 5, 4, 6])
    with pytest.raises(Thrown, match="RangeError: a picture of this ring has 9 bytes"):
        ring.show(bytes(12))
    ring.close()
    assert machine.library.fake_wire_bytes(wire, ctypes.c_size_t(9)) == 9
    assert bytes(wire) == bytes(9)


def test_a_loudspeaker_plays_and_tells_the_end(machine):
    loudspeaker = machine.new("loudspeaker", LOUDSPEAKER)
    ended = machine.function()
    machine.set(loudspeaker.slot, "onEnded", ended)
    loudspeaker.play("done", 50)
    wait_until(lambda: machine.calls_of(ended) == 1, "the cue has ended")
    with pytest.raises(Thrown, match="RangeError: no such cue"):
        loudspeaker.play("gong", 50)
    with pytest.raises(Thrown, match="RangeError: the volume must be 0 to 100 percent"):
        loudspeaker.play("done", 101)
    loudspeaker.close()


def test_what_somebody_types_at_the_serial_port_is_read_in_pieces_and_cleaned(machine):
    def read():
        return machine.call("xs_serial_read", machine.function())

    assert read() is None
    typed = ctypes.create_string_buffer(b"sensitivity")
    machine.library.fake_type(typed)
    assert read() == "sensitivity"
    assert read() is None
    typed = ctypes.create_string_buffer(b"\x1b\xc3\xa4low\x7f\r\n" + b"x" * 40)
    machine.library.fake_type(typed)
    assert read() == "low\r\n" + "x" * 27
    assert read() == "x" * 13
    assert read() is None
