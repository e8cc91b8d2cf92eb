"""Phone errors of one model side by side: in floats, in int8 over whole recordings, in int8 as it streams."""

from pathlib import Path

import numpy as np
import torch
from tflite_micro import runtime

from ..networks.network import Network
from ..networks.quantise import Int8
from ..networks.shapes import PHONES, STACK
from .corpus import Corpus
from .ctc import best_path_errors, ctc_batch
from .fit import HeldOut

ARENA_BYTES = 200_000
UTTERANCES = 23  # of each folder


def streamed(interpreter, frames: np.ndarray) -> np.ndarray:
    """int8 [steps, 120] through the official interpreter, step by step; real logits."""
    scale, zero_point = (
        float(interpreter.get_output_details(0)["quantization_parameters"][name][0])
        for name in ("scales", "zero_points")
    )
    rows = []
    for step in frames:
        interpreter.set_input(step.reshape(1, STACK, -1), 0)
        interpreter.invoke()
        rows.append(interpreter.get_output(0).reshape(-1).astype(np.float64))
    return (np.array(rows) - zero_point) * scale


def with_ranges(weights: Path) -> tuple[Network, Int8]:
    """The network as it was exported, folded, and the rounding that goes with it."""
    arrays, network = np.load(weights), Network(PHONES).eval()
    network.fold()
    network.load_state_dict(
        {name: torch.from_numpy(arrays[name]) for name in arrays.files if not name.startswith("range.")}
    )
    ranges = {name[6:]: (float(v[0]), int(v[1])) for name, v in arrays.items() if name.startswith("range.")}
    return network, Int8(ranges)


@torch.no_grad()
def errors(corpus: Corpus, rows: torch.Tensor, network: Network, int8: Int8, model: Path) -> np.ndarray:
    """Errors in floats, in int8, streaming; and phones said."""
    total = np.zeros(4)
    for row in rows:
        frames, lengths, labels, label_counts = ctc_batch(corpus, row[None], train=False)
        steps = int(lengths[0])
        interpreter = runtime.Interpreter.from_file(str(model), arena_size=ARENA_BYTES)
        ways = [
            network(frames),
            network(frames, int8),
            torch.from_numpy(streamed(interpreter, frames[0, :steps].numpy()))[None],
        ]
        said = labels[0, : int(label_counts[0])].tolist()
        total += [*(best_path_errors(logits[0, :steps].numpy(), said) for logits in ways), len(said)]
    return total


def report(weights: Path, model: Path, shards: list[Path]) -> None:
    network, int8 = with_ranges(weights)
    held_out = HeldOut(shards, "cpu")
    print("| held out | phones | float | int8, whole recording | int8, streaming (`tflite-micro`) |")
    print("| --- | --- | --- | --- | --- |")
    for name, corpus in held_out.corpora.items():
        rows = held_out.rows[name]
        chosen = rows[torch.linspace(0, len(rows) - 1, min(UTTERANCES, len(rows))).long()]
        *wrong, said = errors(corpus, chosen, network, int8, model)
        shares = " | ".join(f"{100 * count / said:.1f} %" for count in wrong)
        print(f"| {name} | {said:.0f} | {shares} |", flush=True)
