"""Conversion without any training: random networks, run by the official interpreter."""

import numpy as np
import pytest

runtime = pytest.importorskip("tflite_micro", reason="skipped: tflite-micro is not installed").runtime

from train.networks.shapes import STACK, Shape  # noqa: E402
from train.scenes.features import CHANNELS, INPUT_SCALE  # noqa: E402
from train.tflite.convert import Converter, write  # noqa: E402

SHAPE = Shape(channels=16, stem_steps=3, kernels=(3, 5), delays=(0, 1), outputs=40)


def causal(x: np.ndarray, weight: np.ndarray, bias: np.ndarray, before: np.ndarray) -> np.ndarray:
    """x [steps, inputs], weight [outputs, inputs or 1, kernel]; `before` is what every earlier step had."""
    kernel = weight.shape[2]
    padded = np.concatenate([np.tile(before, (kernel - 1, 1)), x])
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel, axis=0)
    if weight.shape[1] == 1:
        return np.einsum("tck,ck->tc", windows, weight[:, 0]) + bias
    return np.einsum("tck,ock->to", windows, weight) + bias


def offline(
    arrays: dict[str, np.ndarray], frames: np.ndarray, silent: list[np.ndarray], ranges=None
) -> np.ndarray:
    """The network in floats over a whole recording; puts the extremes of every tensor into `ranges`."""

    def see(name: str, x: np.ndarray) -> np.ndarray:
        if ranges is not None:
            low, high = min(float(x.min()), 0.0), float(x.max())
            scale = (high - low) / 255
            ranges[f"range.{name}"] = np.array([scale, round(-128 - low / scale)])
        return x

    zeros = np.zeros(STACK * CHANNELS)
    x = (frames.astype(np.float64) + 128).reshape(-1, STACK * CHANNELS) * float(INPUT_SCALE)
    x = see("stem", np.maximum(causal(x, arrays["stem.weight"], arrays["stem.bias"], zeros), 0))
    for i, delay in enumerate(SHAPE.delays):
        before = silent[i]
        deep = causal(x, arrays[f"depth.{i}.weight"], arrays[f"depth.{i}.bias"], before)
        deep = see(f"depth{i}", np.maximum(deep, 0))
        pointed = see(
            f"point{i}", causal(deep, arrays[f"point.{i}.weight"], arrays[f"point.{i}.bias"], before)
        )
        late = np.concatenate([np.tile(before, (delay, 1)), x])[: len(x)]
        x = see(f"block{i}", np.maximum(late + pointed, 0))
    return see("head", causal(x, arrays["head.weight"], arrays["head.bias"], x[0]))


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    """Random weights, frames, the offline result and the converted file."""
    rng = np.random.default_rng(3)
    wide, channels = STACK * CHANNELS, SHAPE.channels
    shapes = {"stem": (channels, wide, SHAPE.stem_steps), "head": (SHAPE.outputs, channels, 1)}
    for i, kernel in enumerate(SHAPE.kernels):
        shapes |= {f"depth.{i}": (channels, 1, kernel), f"point.{i}": (channels, channels, 1)}
    arrays = {}
    for name, shape in shapes.items():
        arrays[f"{name}.weight"] = rng.normal(0, (shape[1] * shape[2]) ** -0.5, shape)
        arrays[f"{name}.bias"] = rng.normal(0, 0.1, shape[0])
    frames = rng.integers(-128, 60, (120, CHANNELS)).astype(np.int8)
    from train.tflite.convert import silent_inputs

    expected = offline(arrays, frames, silent_inputs(arrays, SHAPE), ranges=arrays)
    folder = tmp_path_factory.mktemp("convert")
    np.savez(folder / "weights.npz", **arrays)
    return folder, frames, expected, arrays["range.head"]


def converted(folder, name: str):
    converter = Converter(folder / "weights.npz", SHAPE, "test")
    x, x_range = converter.body()
    logits = converter.point("head", x, x_range, "head", 0)
    converter.graph.made.outputs = [
        converter.reshaped("logits", logits, [1, 1, 40], converter.range_of("head"))
    ]
    write(converter, folder / name)
    return folder / name


def run(path, frames: np.ndarray) -> np.ndarray:
    interpreter = runtime.Interpreter.from_file(str(path), arena_size=100_000)
    rows = []
    for start in range(0, len(frames), STACK):
        interpreter.set_input(frames[None, start : start + STACK], 0)
        interpreter.invoke()
        rows.append(interpreter.get_output(0).reshape(-1).astype(np.float64))
    return np.array(rows)


def test_streams_to_what_the_whole_recording_gives_in_floats(network):
    folder, frames, expected, (scale, zero_point) = network
    got = (run(converted(folder, "a.tflite"), frames) - zero_point) * scale
    assert np.abs(got - expected).mean() < 2 * scale
    assert np.corrcoef(got.ravel(), expected.ravel())[0, 1] > 0.995


def test_starts_as_after_long_silence(network):
    folder, _, _, _ = network
    rows = run(converted(folder, "b.tflite"), np.full((60, CHANNELS), -128, np.int8))
    assert np.abs(rows - rows[0]).max() <= 2


def test_gives_the_same_bytes_for_the_same_weights(network):
    folder, _, _, _ = network
    assert converted(folder, "c.tflite").read_bytes() == converted(folder, "d.tflite").read_bytes()
