"""A trained verifier to an int8 TensorFlow Lite model."""

from pathlib import Path

import numpy as np
import torch
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

from ..embedding.convert import OUTPUT as EMBEDDING
from ..embedding.shape import NUMBERS
from ..networks.restart import constants
from ..tflite.file import Graph, ModelFile, Quantised
from .fit import Verifier
from .shape import WINDOW

LOGIT = Quantised((1 / 8,), 0)


def convert_verifier(verifier: Verifier, embeddings: torch.Tensor, out: Path) -> None:
    """Input int8 [1, WINDOW, NUMBERS] as the embedding gives them, output int8 [1, 1]: a logit in eighths.
    Ranges are measured on `embeddings` [rows, WINDOW, NUMBERS]."""
    file = ModelFile("Earshot verifier", has_state=False)
    graph, layers = file.main, folded(verifier)
    heard, x_range = graph.activation("embeddings", [1, WINDOW, NUMBERS], EMBEDDING), EMBEDDING
    shape = graph.constant("flat/shape", np.array([1, WINDOW * NUMBERS], np.int32))
    x = graph.activation("flat", [1, WINDOW * NUMBERS], EMBEDDING)
    graph.operator("RESHAPE", [heard, shape], [x])
    values = embeddings.flatten(1).numpy() * EMBEDDING.scale[0]
    for at, (weight, bias) in enumerate(layers):
        is_last = at == len(layers) - 1
        values = values @ weight.T + bias
        if not is_last:
            values = np.maximum(values, 0)
        out_range = LOGIT if is_last else Quantised((float(np.float32(values.max() / 255)),), -128)
        made = graph.activation(f"layer{at}", [1, len(bias)], out_range)
        constants = stored(graph, f"layer{at}", weight, bias, x_range)
        activation = schema.ActivationFunctionType.NONE if is_last else schema.ActivationFunctionType.RELU
        graph.operator("FULLY_CONNECTED", [x, *constants], [made], fusedActivationFunction=activation)
        x, x_range = made, out_range
    graph.made.inputs, graph.made.outputs = [heard], [x]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(file.to_bytes())


def stored(
    graph: Graph, name: str, weight: np.ndarray, bias: np.ndarray, x_range: Quantised
) -> tuple[int, int]:
    """int8 weights with one scale for all, which every interpreter takes, and the int32 bias."""
    scale = float(np.float32(np.abs(weight).max() / 127))
    bias_scale = float(np.float32(x_range.scale[0])) * scale
    return (
        graph.constant(f"{name}/weight", np.round(weight / scale).astype(np.int8), Quantised((scale,))),
        graph.constant(
            f"{name}/bias", np.round(bias / bias_scale).astype(np.int32), Quantised((bias_scale,))
        ),
    )


@torch.no_grad()
def folded(verifier: Verifier) -> list[tuple[np.ndarray, np.ndarray]]:
    """Weights and biases by layer that take embeddings in real numbers, as they come."""
    mean, deviation = (part.double() * EMBEDDING.scale[0] for part in (verifier.mean, verifier.deviation))
    found = []
    for at, layer in enumerate(verifier.layers):
        weight, bias = layer.weight.double(), layer.bias.double()
        if at == 0:
            weight = weight / deviation.repeat(WINDOW)
            bias = bias - weight @ mean.repeat(WINDOW)
        if at < len(verifier.normals):
            normal = verifier.normals[at]
            gain = normal.weight.double() / torch.sqrt(normal.running_var.double() + normal.eps)
            weight = weight * gain[:, None]
            bias = normal.bias.double() + (bias - normal.running_mean.double()) * gain
        found.append((weight.numpy(), bias.numpy()))
    return found


@torch.no_grad()
def verifier_as_it_is(model: Path) -> Verifier:
    """The converted verifier, for listening."""
    values, scale = constants(model), EMBEDDING.scale[0]
    verifier = Verifier(torch.zeros(NUMBERS), torch.full((NUMBERS,), 1 / scale))
    for at, layer in enumerate(verifier.layers):
        layer.weight.copy_(torch.from_numpy(values[f"layer{at}/weight"]))
        layer.bias.copy_(torch.from_numpy(values[f"layer{at}/bias"]))
    for normal in verifier.normals:
        normal.running_var.fill_(1 - normal.eps)  # changes nothing
    return verifier.eval()
