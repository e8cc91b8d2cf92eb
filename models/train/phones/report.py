"""Phones wrong by corpus and age: in floats, in int8 over whole recordings, in int8 as it streams, and in
noise."""

from pathlib import Path

import numpy as np
import torch
from tflite_micro import runtime

from ..networks.network import Network
from ..networks.quantise import Int8
from ..networks.shapes import PHONES, STACK
from .fit import TAIL
from .measure import Measured, Said, Wrong, best_path, table, with_noise

ARENA_BYTES = 400_000
STREAMED = 40  # recordings of each group, at most: the interpreter is slow
NOISE_DB = (20.0, 10.0)


def with_ranges(weights: Path) -> tuple[Network, Int8]:
    """The network as it was exported, folded, and the rounding that goes with it."""
    arrays, network = np.load(weights), Network(PHONES).eval()
    network.fold()
    network.load_state_dict(
        {name: torch.from_numpy(arrays[name]) for name in arrays.files if not name.startswith("range.")}
    )
    ranges = {name[6:]: (float(v[0]), int(v[1])) for name, v in arrays.items() if name.startswith("range.")}
    return network, Int8(ranges)


def streamed(model: Path, frames: np.ndarray) -> np.ndarray:
    """int8 [frames, channels] through the official interpreter, step by step; logits, not scaled."""
    interpreter = runtime.Interpreter.from_file(str(model), arena_size=ARENA_BYTES)
    rows = []
    for step in frames[: len(frames) // STACK * STACK].reshape(-1, 1, STACK, frames.shape[1]):
        interpreter.set_input(step, 0)
        interpreter.invoke()
        rows.append(interpreter.get_output(0).reshape(-1).copy())
    return np.array(rows)


def streaming_errors(measured: Measured, model: Path) -> dict[str, Wrong]:
    paths = {}
    for rows, inputs in measured.batches():
        for index, row in zip(rows, inputs, strict=True):
            paths[index] = best_path(streamed(model, row[: len(measured.ended[index])]))
    return measured.by_group(paths)


def some_of(said: list[Said]) -> list[Said]:
    kept: dict[str, list[Said]] = {}
    for one in said:
        kept.setdefault(one.groups[-1], []).append(one)
    return [one for group in kept.values() for one in group[:: -(-len(group) // STREAMED)]]


def report(weights: Path, model: Path, said: list[Said], noise: np.ndarray | None) -> None:
    network, int8 = with_ranges(weights)
    measured = Measured(said, TAIL)
    columns = {"float": measured.errors(network), "int8": measured.errors(network, int8)}
    print(table(columns), flush=True)
    few = Measured(some_of(said), TAIL)
    columns = {
        "int8": few.errors(network, int8),
        "int8, streaming (`tflite-micro`)": streaming_errors(few, model),
    }
    print(table(columns), flush=True)
    if noise is not None:
        print(
            table({f"int8, {db:g} dB": noisy(said, noise, db).errors(network, int8) for db in NOISE_DB}),
            flush=True,
        )


def noisy(said: list[Said], noise: np.ndarray, snr_db: float) -> Measured:
    rng = np.random.default_rng(1)
    return Measured(
        [
            Said(with_noise(one.bands, noise, snr_db, rng.integers(len(noise))), one.ways, one.groups)
            for one in said
        ],
        TAIL,
    )
