"""The chip's task with the real ear and the bundled recording in place of the microphone."""

import ctypes
import json

import pytest
from building import FAKES, NATIVES, ROOT, build_library
from chip import SOURCES, wait_until
from hearing import OK, Hearing, WakeWord, point
from machines import EAR_NATIVES, NativeMachine

EAR = [source for name in EAR_NATIVES for source in sorted((NATIVES / name).glob("*.c"))]
INTERPRETER = sorted((ROOT / "host-sim" / "interpreter").glob("*.c"))
PRETENDED = {FAKES / "ear_fake.c", FAKES / "natives_fake.c"}
KITCHEN = (ROOT / "host-sim/tools/replay/recordings/kitchen.wav").read_bytes()
MODEL = (ROOT / "models" / "jarvis" / "jarvis.tflite").read_bytes()
CUTOFF, WINDOW, HOP, HEADER_BYTES = 20000, 5, 160, 44


@pytest.fixture(scope="module")
def library():
    sources = [source for source in dict.fromkeys([*SOURCES, *EAR, *INTERPRETER]) if source not in PRETENDED]
    loaded = ctypes.CDLL(str(build_library("clip", sources, ["-O3", "-ffp-contract=off"])))
    for name in ("probe_clip", "probe_ear"):
        getattr(loaded, name).restype = ctypes.c_void_p
    for name in ("probe_take_event", "ear_take_event", "ear_bytes", "features_bytes"):
        getattr(loaded, name).restype = ctypes.c_size_t
    loaded.probe_elapsed.restype = ctypes.c_double
    return loaded


def add_wake_word(library, ear):
    """Returns what must stay alive as long as the ear."""
    file, arena = ctypes.create_string_buffer(MODEL, len(MODEL)), ctypes.create_string_buffer(1 << 20)
    opened, error = ctypes.c_void_p(), ctypes.create_string_buffer(200)
    sizes = [ctypes.c_size_t(len(MODEL)), ctypes.c_size_t(len(arena))]
    assert library.model_open(file, sizes[0], arena, sizes[1], ctypes.byref(opened), error) == 0
    word = WakeWord("jarvis", opened.value, [point(CUTOFF, WINDOW)] * 3)
    hearing = Hearing(NativeMachine(library._name), ear)
    assert hearing.wake_words([word]) == OK
    return file, arena, hearing


def heard_directly(library):
    """The events of an ear that is simply handed the recording."""
    front_end = ctypes.create_string_buffer(library.features_bytes() + 8)
    memory = ctypes.create_string_buffer(library.ear_bytes() + 8)
    library.ear_init(memory, front_end)
    kept = add_wake_word(library, ctypes.addressof(memory))
    samples, text, lines = KITCHEN[HEADER_BYTES:], ctypes.create_string_buffer(1536), []
    for at in range(0, len(samples) // (2 * HOP) * 2 * HOP, 2 * HOP):
        library.ear_hear(memory, samples[at : at + 2 * HOP], ctypes.c_size_t(HOP))
        while library.ear_take_event(memory, text):
            lines.append(text.value)
    assert kept
    return lines


def clip(library, in_steps):
    file = ctypes.create_string_buffer(KITCHEN, len(KITCHEN))
    probe = ctypes.c_void_p(library.probe_clip(-1, file, ctypes.c_size_t(len(KITCHEN)), in_steps))
    kept = add_wake_word(library, library.probe_ear(probe))
    assert library.probe_start(probe) == 0
    return probe, (file, kept)


def taken(library, probe):
    text = ctypes.create_string_buffer(1536)
    while library.probe_take_event(probe, text):
        yield text.value


def test_a_clip_in_steps_gives_the_events_of_the_recording_byte_for_byte(library):
    expected = heard_directly(library)
    assert "wakeWordHeard" in {json.loads(line)["type"] for line in expected}
    probe, kept = clip(library, in_steps=1)
    lines = []
    while not library.probe_clip_is_over(probe):
        library.probe_step(probe)
        lines += taken(library, probe)
    library.probe_end(probe)
    assert kept
    assert lines == expected


def test_a_clip_in_real_time_gives_the_same_words(library):
    expected = [json.loads(line) for line in heard_directly(library)]
    probe, kept = clip(library, in_steps=0)
    wait_until(lambda: library.probe_clip_is_over(probe), "the clip is over", 120)
    lines = [json.loads(line) for line in taken(library, probe)]
    library.probe_end(probe)
    assert kept
    words = [line.get("word") for line in expected if line["type"] == "wakeWordHeard"]
    assert [line.get("word") for line in lines if line["type"] == "wakeWordHeard"] == words
