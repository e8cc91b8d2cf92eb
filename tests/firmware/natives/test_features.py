"""The features equal those of TensorFlow Lite Micro's audio front end (by pymicro-features) in every bit. The
mel spectrum is what its definition says."""

import ctypes
import ctypes.util
import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import micro_features_cpp as oracle
import numpy as np
import pytest
from machines import ROOT, SHARED_DATA, machine

FOLDER = "firmware/natives/features"
KINDS = ["native", "wasm"]
RATE, WINDOW, HOP, CHANNELS = 16000, 480, 160, 40
BANDS, LOWEST_HZ, HIGHEST_HZ, SILENCE = 32, 60, 3800, -64
CHANNEL_LOWEST_HZ, CHANNEL_HIGHEST_HZ, CHANNEL_SILENCE = 125, 7500, -128
CHANNEL_CLEAR_OF_FLOOR = 70  # half decibels
TRANSFORM = 512
CLEAR_OF_FLOOR = 56  # steps, 35 dB: there the transform's rounding no longer shows
MOST_SAMPLES = 40 * RATE  # in one call of Ears.push
ORACLE_STEP = 0.0390625  # pymicro-features scales the whole numbers by this


class Ears:
    """A features object in a machine, with room for samples and frames."""

    def __init__(self, kind):
        self.machine = machine(kind, [FOLDER])
        self.byte_length = self.machine.call("features_bytes", returns="size")
        self.object = self.machine.alloc(self.byte_length + 64, alignment=8)
        self.samples = self.machine.alloc(2 * MOST_SAMPLES)
        self.frames = self.machine.alloc(2 * CHANNELS * (MOST_SAMPLES // HOP + 1))
        self.ready = self.machine.alloc(4)
        self.bands = self.machine.alloc(CHANNELS)
        self.reset()

    def reset(self):
        self.machine.call("features_reset", self.object, returns="none")

    def mel(self):
        self.machine.call("features_take_mel", self.object, self.bands, returns="none")
        return np.frombuffer(self.machine.read(self.bands, BANDS), np.int8)

    def plain(self):
        self.machine.call("features_take_bands", self.object, self.bands, returns="none")
        return np.frombuffer(self.machine.read(self.bands, CHANNELS), np.int8)

    def push(self, samples, sizes=None, mels=None, plain=None):
        """The frames for the samples, handed over in pushes of the given sizes (by default, all at once).
        Their mel spectra are added to the list `mels`, the plain channels to `plain`, if there is one."""
        samples = np.asarray(samples, dtype="<i2")
        assert len(samples) <= MOST_SAMPLES
        self.machine.write(self.samples, samples.tobytes())
        done, frames = 0, 0
        sizes = sizes or iter(lambda: len(samples), None)
        while done < len(samples):
            count = left = min(next(sizes), len(samples) - done)
            while left > 0:
                frame = self.frames + 2 * CHANNELS * frames
                taken = self.machine.call(
                    "features_push",
                    self.object,
                    self.samples + 2 * (done + count - left),
                    left,
                    frame,
                    self.ready,
                    returns="size",
                )
                assert 0 < taken <= left
                left -= taken
                is_ready = int.from_bytes(self.machine.read(self.ready, 4), "little")
                frames += is_ready
                if is_ready and mels is not None:
                    mels.append(self.mel())
                if is_ready and plain is not None:
                    plain.append(self.plain())
            done += count
        values = np.frombuffer(self.machine.read(self.frames, 2 * CHANNELS * frames), "<u2")
        return values.reshape(-1, CHANNELS)


def oracle_frames(samples):
    frontend, audio, position, frames = oracle.create_frontend(), np.asarray(samples, "<i2").tobytes(), 0, []
    audio += bytes(-len(audio) % (2 * HOP))  # it takes whole hops only
    while position < len(audio):
        features, taken = oracle.process_samples(frontend, audio[position : position + 2 * HOP])
        position += 2 * taken
        if features:
            frames.append(features)
    whole = max(0, (len(samples) - WINDOW) // HOP + 1)
    return np.rint(np.array(frames[:whole]).reshape(-1, CHANNELS) / ORACLE_STEP).astype(np.uint16)


def clipped(samples):
    return np.clip(np.rint(samples), -32768, 32767).astype(np.int16)


def bundled_recording():
    import soundfile

    return soundfile.read(ROOT / "host-sim/tools/replay/recordings/kitchen.wav", dtype="int16")[0]


def synthetic_sounds():
    random = np.random.default_rng(20260101)
    time = np.arange(2 * RATE)
    impulse = np.zeros(RATE, np.int16)
    impulse[700] = 32767
    lone_minimum = np.zeros(RATE, np.int16)
    lone_minimum[[239, 240, 900]] = -32768
    sounds = {
        "silence": np.zeros(RATE),
        "a full-scale square wave": np.where(time // 40 % 2, 32767, -32768),
        "the fastest square wave": np.where(time % 2, 32767, -32768),
        "square waves of every pitch": np.where((time * (1 + time // 400)) // 300 % 2, 32767, -32768),
        "full positive DC": np.full(RATE, 32767),
        "faint DC": np.full(RATE, -1),
        "the least sample throughout": np.full(RATE, -32768),
        "the least sample amid silence": lone_minimum,
        "a single impulse": impulse,
        "a chirp": 32767 * np.sin(2 * np.pi * time**2 / (8 * RATE)),
        "a random walk": np.cumsum(random.integers(-400, 401, 4 * RATE)) % 65536 - 32768,
        "random full-scale signs": random.choice([-32768, 32767], 4 * RATE),
        "silence between bursts": random.normal(0, 9000, 4 * RATE) * (np.arange(4 * RATE) // 4000 % 3 == 0),
    }
    for level in (0.4, 1, 30, 1000, 8000, 40000):
        sounds[f"white noise of {level}"] = random.normal(0, level, 3 * RATE)
    return {name: clipped(samples) for name, samples in sounds.items()}


SOUNDS = synthetic_sounds()


@pytest.fixture(scope="module")
def same_tables_in_the_oracle():
    """The oracle makes its mel weights when it starts, with this machine's log1pf; ours are the chip's."""
    log1pf = ctypes.CDLL(ctypes.util.find_library("m")).log1pf
    log1pf.restype, log1pf.argtypes = ctypes.c_float, [ctypes.c_float]
    if log1pf(7500 / 700) != 2.4608092308044434:
        pytest.skip("the oracle has other weights: log1pf here is not that of newlib and glibc before 2.41")


@pytest.fixture(scope="module", params=KINDS)
def ears(request, same_tables_in_the_oracle):
    return Ears(request.param)


def differences(ours, expected):
    assert ours.shape == expected.shape
    return int(np.count_nonzero(ours != expected))


@pytest.mark.parametrize("name", SOUNDS)
def test_equals_the_oracle_on(ears, name):
    ears.reset()
    assert differences(ears.push(SOUNDS[name]), oracle_frames(SOUNDS[name])) == 0


@pytest.mark.parametrize("size", [1, 7, 159, 161, 479, 481, 5003])
def test_gives_the_same_frames_in_pushes_of(ears, size):
    samples = SOUNDS["a random walk"][: 20000 if size == 1 else None]
    ears.reset()
    assert differences(ears.push(samples, iter(lambda: size, None)), oracle_frames(samples)) == 0


def test_gives_the_same_frames_in_pushes_of_random_sizes(ears):
    random = np.random.default_rng(7)
    ears.reset()
    ours = ears.push(SOUNDS["a chirp"], iter(lambda: int(random.integers(1, 700)), None))
    assert differences(ours, oracle_frames(SOUNDS["a chirp"])) == 0


def test_after_a_reset_nothing_is_left_of_what_was_heard(ears):
    ears.reset()
    ears.push(SOUNDS["white noise of 8000"][:10003])
    ears.reset()
    assert differences(ears.push(SOUNDS["a chirp"]), oracle_frames(SOUNDS["a chirp"])) == 0


def test_resets_memory_that_held_anything(ears):
    ears.machine.write(ears.object, b"\xa5" * ears.byte_length)
    ears.reset()
    assert differences(ears.push(SOUNDS["a chirp"]), oracle_frames(SOUNDS["a chirp"])) == 0


def test_leaves_the_frame_alone_until_one_is_complete(ears):
    ears.reset()
    ears.machine.write(ears.frames, b"\x5a" * 2 * CHANNELS)
    assert len(ears.push(SOUNDS["a chirp"][: WINDOW - 1])) == 0
    assert ears.machine.read(ears.frames, 2 * CHANNELS) == b"\x5a" * 2 * CHANNELS


def test_takes_no_samples_when_there_are_none(ears):
    ears.reset()
    ears.machine.write(ears.ready, b"\xff" * 4)
    assert ears.machine.call("features_push", ears.object, ears.samples, 0, ears.frames, ears.ready) == 0
    assert ears.machine.read(ears.ready, 4) == bytes(4)


def test_stays_within_the_bytes_that_it_asked_for(ears):
    fence = b"\xc3" * 64
    ears.machine.write(ears.object + ears.byte_length, fence)
    ears.reset()
    ears.push(SOUNDS["random full-scale signs"])
    assert ears.machine.read(ears.object + ears.byte_length, 64) == fence


def mel_weights():
    """[bins, BANDS]: triangles of equal area, evenly spaced up to 1 kHz and logarithmically above."""
    knee = 15  # at 1 kHz
    highest = knee + 27 * np.log(HIGHEST_HZ / 1000) / np.log(6.4)
    places = np.linspace(LOWEST_HZ * knee / 1000, highest, BANDS + 2)
    hertz = np.where(places < knee, places * 1000 / knee, 1000 * 6.4 ** ((places - knee) / 27))
    low, peak, high = hertz[:-2], hertz[1:-1], hertz[2:]
    bins = np.arange(TRANSFORM // 2 + 1)[:, None] * RATE / TRANSFORM
    return (
        np.clip(np.minimum((bins - low) / (peak - low), (high - bins) / (high - peak)), 0, None)
        * 2
        / (high - low)
    )


def power_and_floor(samples):
    """Of each frame's bins, and the power in which the transform's 16 bits drown what is fainter."""
    window = 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(WINDOW) + 0.5) / WINDOW)
    heard = np.lib.stride_tricks.sliding_window_view(samples.astype(float), WINDOW)[::HOP] * window
    power = np.abs(np.fft.rfft(heard, TRANSFORM)) ** 2
    loudest = np.maximum(np.abs(heard).max(axis=1, keepdims=True), 1)
    one_bit = TRANSFORM**2 / 4 ** (14 - np.floor(np.log2(loudest)))  # in one bin
    return power, one_bit


def expected_mels(samples):
    """Before rounding, and the steps in which the transform's 16 bits drown what is fainter."""
    power, one_bit = power_and_floor(samples)
    weights = mel_weights() * 150 / 180
    return as_steps(power @ weights), as_steps(one_bit * weights.sum(axis=0))


def as_steps(power):
    return 16 * np.log10(np.maximum(power, 1)) - 96


MEL_SOUNDS = [name for name in SOUNDS if "DC" not in name and "least" not in name]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*MEL_SOUNDS, "the bundled recording"])
def test_the_mel_spectrum_is_within_a_step_of_its_definition_on(kind, name):
    samples, mels = SOUNDS[name] if name in SOUNDS else bundled_recording(), []
    Ears(kind).push(samples, mels=mels)
    expected, floor = expected_mels(samples)
    assert np.shape(mels) == expected.shape
    difference = np.abs(np.array(mels) - np.clip(expected, SILENCE, 127))
    assert difference[expected > floor + CLEAR_OF_FLOOR].max(initial=0) <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_mel_spectrum_reaches_from_silence_to_full_scale(kind):
    ears, mels = Ears(kind), []
    assert (ears.mel() == SILENCE).all()  # no frame yet
    ears.push(SOUNDS["silence"], mels=mels)
    assert (np.array(mels) == SILENCE).all()
    tone = clipped(32767 * np.sin(2 * np.pi * 500 * np.arange(RATE) / RATE))
    ears.push(tone)
    middle_hertz = np.linspace(LOWEST_HZ, 1008, 15)[1:-1]  # of the lowest 13 bands, nearly
    assert ears.mel().argmax() == np.abs(middle_hertz - 500).argmin()
    assert ears.mel().max() == np.rint(expected_mels(tone)[0].max()) > 40
    ears.push(SOUNDS["white noise of 0.4"], mels=mels)
    assert np.min(mels) == SILENCE


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_reset_the_mel_spectrum_is_silent(kind):
    ears = Ears(kind)
    ears.push(SOUNDS["white noise of 8000"][:10003])
    assert (ears.mel() > SILENCE).all()
    ears.reset()
    assert (ears.mel() == SILENCE).all()
    ears.push(SOUNDS["white noise of 8000"][: WINDOW - 1])
    assert (ears.mel() == SILENCE).all()


@pytest.mark.parametrize("kind", KINDS)
def test_taking_the_mel_spectrum_changes_no_frame(kind):
    with_mels, without, mels = Ears(kind), Ears(kind), []
    samples = SOUNDS["silence between bursts"]
    assert differences(with_mels.push(samples, mels=mels), without.push(samples)) == 0
    assert (with_mels.mel() == mels[-1]).all()  # and stays


def channel_weights():
    """[bins, CHANNELS]: triangles one high, evenly spaced in mels."""
    ends = 1127 * np.log1p(np.array([CHANNEL_LOWEST_HZ, CHANNEL_HIGHEST_HZ]) / 700)
    places = np.linspace(*ends, CHANNELS + 2)
    mels = 1127 * np.log1p(np.arange(TRANSFORM // 2 + 1)[:, None] * RATE / TRANSFORM / 700)
    low, peak, high = places[:-2], places[1:-1], places[2:]
    return np.clip(np.minimum((mels - low) / (peak - low), (high - mels) / (high - peak)), 0, None)


def expected_plain(samples):
    """Before rounding, and the half decibels in which whole samples and the transform's 16 bits drown what is
    fainter."""
    power, one_bit = power_and_floor(samples)
    weights = channel_weights()
    return as_half_decibels(power @ weights), as_half_decibels((one_bit + WINDOW / 12) * weights.sum(axis=0))


def as_half_decibels(power):
    return 20 * np.log10(np.maximum(power, 1)) - 146


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*MEL_SOUNDS, "the bundled recording"])
def test_the_plain_channels_are_within_a_decibel_of_their_definition_on(kind, name):
    samples, plain = SOUNDS[name] if name in SOUNDS else bundled_recording(), []
    Ears(kind).push(samples, plain=plain)
    expected, floor = expected_plain(samples)
    assert np.shape(plain) == expected.shape
    difference = np.abs(np.array(plain) - np.clip(expected, CHANNEL_SILENCE, 127))
    assert difference[expected > floor + CHANNEL_CLEAR_OF_FLOOR].max(initial=0) <= 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_plain_channels_reach_from_silence_to_full_scale(kind):
    ears, plain = Ears(kind), []
    assert (ears.plain() == CHANNEL_SILENCE).all()  # no frame yet
    ears.push(SOUNDS["silence"], plain=plain)
    assert (np.array(plain) == CHANNEL_SILENCE).all()
    ears.push(SOUNDS["a full-scale square wave"], plain=plain)
    assert 110 < np.max(plain) < 127
    ears.reset()
    assert (ears.plain() == CHANNEL_SILENCE).all()
    ears.push(SOUNDS["white noise of 8000"][: WINDOW - 1])
    assert (ears.plain() == CHANNEL_SILENCE).all()


def unequal_recordings(paths):
    """The builds and recordings for which the frames differ from the oracle's."""
    import soundfile

    builds = {kind: Ears(kind) for kind in KINDS}
    unequal = []
    for path in paths:
        samples, rate = soundfile.read(path, dtype="int16")
        assert rate == RATE and samples.ndim == 1
        expected = oracle_frames(samples)
        for kind, ears in builds.items():
            ears.reset()
            pieces = [ears.push(samples[i : i + MOST_SAMPLES]) for i in range(0, len(samples), MOST_SAMPLES)]
            if not np.array_equal(np.concatenate(pieces), expected):
                unequal.append(f"{kind}: {path}")
    return unequal


def test_both_builds_equal_the_oracle_on_every_shared_recording(same_tables_in_the_oracle):
    paths = sorted(SHARED_DATA.rglob("*.flac"))
    if not paths:
        pytest.skip("no recordings in ../shared/data here: compared on synthetic sounds only")
    processes = 2
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        shares = pool.map(unequal_recordings, [paths[share::processes] for share in range(processes)])
        assert [name for share in shares for name in share] == []


def test_the_tables_are_what_the_script_prints():
    folder = ROOT / FOLDER
    printed = subprocess.run(
        [sys.executable, folder / "make_tables.py"], capture_output=True, text=True, check=True
    )
    assert printed.stdout == (folder / "features_tables.h").read_text()
