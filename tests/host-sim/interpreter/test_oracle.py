"""Streaming models over real speech: every output byte equals the tflite-micro wheel's."""

import functools
from pathlib import Path

import micro_features_cpp
import numpy as np
import pymicro_wakeword
import pytest
from interpreter import Model, interpreter_machine
from machines import ROOT, SHARED_DATA, machine
from tflite_micro import runtime

RATE, HOP, CHANNELS, BANDS = 16000, 160, 40, 32
LEAST_SECONDS = 620
RANDOM_INPUTS = 500
KINDS = ["native", "wasm"]
MODELS = [
    *sorted((Path(pymicro_wakeword.__file__).parent / "models").glob("*.tflite")),
    *sorted(ROOT.glob("models/**/*.tflite")),
]


def recordings():
    """Speech, wake words and noise in turns, at least LEAST_SECONDS of it."""
    import soundfile

    folders = ["read-speech", "noise", "wake-words/jarvis", "home-commands"]
    files = [sorted((SHARED_DATA / folder).rglob("*.flac")) for folder in folders]
    seconds, index = 0, 0
    while seconds < LEAST_SECONDS:
        for folder in files:
            if index < len(folder):
                samples, _ = soundfile.read(folder[index], dtype="int16", frames=30 * RATE)
                seconds += len(samples) / RATE
                yield samples
        index += 1


def synthetic():
    """The bundled kitchen, then sweeps and bursts of noise, where there are no recordings."""
    import soundfile

    yield soundfile.read(ROOT / "host-sim/tools/replay/recordings/kitchen.wav", dtype="int16")[0]
    rng = np.random.default_rng(3)
    time = np.arange(LEAST_SECONDS * RATE) / RATE
    loudness = np.repeat(10 ** rng.uniform(0, 4.3, LEAST_SECONDS * 4), RATE // 4)
    tone = np.sin(2 * np.pi * (200 + 150 * np.sin(time)) * time)
    yield np.clip(loudness * (tone + rng.normal(0, 0.3, len(time))), -32768, 32767).astype(np.int16)


@functools.cache
def features():
    """[frames, 40] as the models' training saw them, 0 to about 26."""
    frontend, frames = micro_features_cpp.create_frontend(), []
    for samples in recordings() if SHARED_DATA.is_dir() else synthetic():
        data = samples.tobytes()
        for at in range(0, len(data) - 2 * HOP + 1, 2 * HOP):
            frame, _ = micro_features_cpp.process_samples(frontend, data[at : at + 2 * HOP])
            if frame:
                frames.append(frame)
    return np.asarray(frames, np.float32)


@functools.cache
def mels():
    """[frames, BANDS], for the speech embedding."""
    natives = machine("native", ["firmware/natives/features"])
    object_, frame, ready, bands = (
        natives.alloc(size)
        for size in (natives.call("features_bytes", returns="size"), 2 * CHANNELS, 4, BANDS)
    )
    hop = natives.alloc(2 * HOP)
    natives.call("features_reset", object_, returns="none")
    spectra = []
    for samples in recordings() if SHARED_DATA.is_dir() else synthetic():
        for at in range(0, len(samples) - HOP + 1, HOP):
            natives.write(hop, samples[at : at + HOP].tobytes())
            natives.call("features_push", object_, hop, HOP, frame, ready, returns="size")
            natives.call("features_take_mel", object_, bands, returns="none")
            spectra.append(natives.read(bands, BANDS))
    return np.frombuffer(b"".join(spectra), np.int8).reshape(-1, BANDS)


def chunks(tensor):
    """The features, or mel spectra, in the model's own steps, quantised as its input asks; random numbers for
    a model that hears neither."""
    step = tensor.shape[1]
    if tensor.shape[2:] == (BANDS, 1):
        quantised = mels()
    elif tensor.shape[2:] == (CHANNELS,):
        quantised = np.round(features() / tensor.scale) + tensor.zero_point
        quantised = np.clip(quantised, -128, 127).astype(np.int8)
    else:
        random = np.random.default_rng(4)
        return random.integers(-128, 128, (RANDOM_INPUTS, *tensor.shape), dtype=np.int8)
    count = len(quantised) // step
    return quantised[: count * step].reshape(count, *tensor.shape)


@functools.cache
def oracle_outputs(path):
    data = path.read_bytes()
    tensor = Model(interpreter_machine("native"), data).inputs[0]
    wheel = runtime.Interpreter.from_bytes(data, arena_size=1 << 20)
    outputs = []
    for chunk in chunks(tensor):
        wheel.set_input(chunk, 0)
        wheel.invoke()
        outputs.append(wheel.get_output(0).tobytes())
    return outputs


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.parent.name + "-" + path.stem)
@pytest.mark.parametrize("kind", KINDS)
def test_streaming_model_gives_the_bytes_of_tflite_micro_over_ten_minutes(kind, path):
    expected = oracle_outputs(path)
    model = Model(interpreter_machine(kind), path.read_bytes())
    for number, chunk in enumerate(chunks(model.inputs[0])):
        assert model.invoke(chunk)[0].tobytes() == expected[number], f"invocation {number}"
    assert len(set(expected)) > 8  # it heard something


@pytest.mark.skipif(SHARED_DATA.is_dir(), reason="there are recordings: the ten minutes are real speech")
def test_without_recordings_the_ten_minutes_are_synthetic():
    assert len(features()) * HOP / RATE >= LEAST_SECONDS - 1
    pytest.skip("no ../shared/data: compared on the bundled recording and synthetic sound alone")


@pytest.mark.parametrize("kind", KINDS)
def test_reset_forgets_all_that_was_heard(kind):
    data = MODELS[0].read_bytes()
    model, fresh = (Model(interpreter_machine(kind), data) for _ in range(2))
    heard = chunks(model.inputs[0])
    for chunk in heard[200:400]:
        model.invoke(chunk)
    model.reset()
    for chunk in heard[:100]:
        assert model.invoke(chunk)[0].tobytes() == fresh.invoke(chunk)[0].tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_invoking_leaves_the_inputs_as_they_were(kind):
    model = Model(interpreter_machine(kind), MODELS[0].read_bytes())
    chunk = chunks(model.inputs[0])[300]
    model.invoke(chunk)
    tensor = model.inputs[0]
    assert model.machine.read(tensor.address, tensor.byte_length) == chunk.tobytes()
