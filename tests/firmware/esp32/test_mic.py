"""Samples from the bus to the ear, bit-exact with a model of the same words in Python."""

import ctypes

import numpy as np
import pytest
from building import NATIVES, build_library

LEFT, RIGHT, AVERAGE = 0, 1, 2


class Format(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_int) for name in ("slot_bits", "channels", "channel", "gain_bits", "keep_offset")
    ]


@pytest.fixture(scope="module")
def natives():
    library = ctypes.CDLL(str(build_library("mic", sorted((NATIVES / "mic").glob("*.c")))))
    library.mic_frame_bytes.restype = ctypes.c_size_t
    return library


def convert(natives, form, bus, parts):
    state = (ctypes.c_uint8 * 64)()
    natives.mic_samples_init(state, ctypes.byref(form))
    out = []
    for part in np.array_split(bus.reshape(-1, form.channels), parts):
        data = np.ascontiguousarray(part)
        samples = (ctypes.c_int16 * max(len(part), 1))()
        natives.mic_samples_convert(state, data.ctypes.data_as(ctypes.c_void_p), samples, len(part))
        out += list(samples)[: len(part)]
    return out


def modelled(form, bus):
    """The mean follows by 1/128 of what is left of 24 bits; that is rounded to 16 and clipped."""
    out, mean, first = [], 0, True
    for frame in bus.reshape(-1, form.channels).tolist():
        wide = [sample << 8 if form.slot_bits == 16 else sample >> 8 for sample in frame]
        if form.channels == 2:
            wide = [wide[0], wide[1], (wide[0] + wide[1]) >> 1]
        sample = wide[0 if form.channels == 1 else form.channel]
        if not form.keep_offset:
            mean = sample << 7 if first else mean
            sample -= mean >> 7
            mean += sample
        first = False
        shift = 8 - form.gain_bits
        rounded = (sample + (1 << shift >> 1)) >> shift
        out.append(max(-32768, min(32767, rounded)))
    return out


@pytest.mark.parametrize("slot_bits", [16, 32])
@pytest.mark.parametrize(("channels", "channel"), [(1, LEFT), (2, LEFT), (2, RIGHT), (2, AVERAGE)])
@pytest.mark.parametrize("gain_bits", [0, 3, 8])
@pytest.mark.parametrize("keep_offset", [0, 1])
def test_is_the_same_as_its_model_however_it_is_cut_into_buffers(
    natives, slot_bits, channels, channel, gain_bits, keep_offset
):
    rng = np.random.default_rng(slot_bits + channels + channel + gain_bits)
    kind = np.int16 if slot_bits == 16 else np.int32
    limits = np.iinfo(kind)
    bus = np.concatenate(
        [
            rng.integers(limits.min, limits.max, 400 * channels, dtype=kind, endpoint=True),
            np.full(200 * channels, limits.min, kind),
            np.full(200 * channels, limits.max, kind),
        ]
    )
    form = Format(slot_bits, channels, channel, gain_bits, keep_offset)
    expected = modelled(form, bus)
    for parts in (1, 7, 50):
        assert convert(natives, form, bus, parts) == expected


def test_takes_an_offset_away_from_the_first_sample_on_and_leaves_the_rest(natives):
    time = np.arange(16000)
    tone = 8000 * np.sin(2 * np.pi * 440 * time / 16000)
    bus = ((tone + 5000) * 65536).astype(np.int32)
    out = np.array(convert(natives, Format(32, 1, LEFT, 0, 0), bus, 100), float)
    assert np.abs(out - tone)[:20].max() < 700
    assert abs(out[4000:].mean()) < 10
    assert np.abs(out[4000:] - tone[4000:]).max() < 450  # 440 Hz keeps its size, and turns by 2.6 degrees


def test_leaves_a_recording_as_it_is(natives):
    bus = np.random.default_rng(1).integers(-32768, 32767, 5000, dtype=np.int16, endpoint=True)
    assert convert(natives, Format(16, 1, LEFT, 0, 1), bus, 3) == bus.tolist()
