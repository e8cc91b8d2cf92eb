"""Moonshine base's encoder (MIT) with products in bfloat16: what it makes of each 24 ms of an utterance.

Read from the same file that moonshine.py runs to write words down. On a processor with AMX this is twice as
fast.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

from ..networks.precision import reduced_precision

SIZE, LAYERS, HEADS = 416, 8, 8
HEAD_SIZE = SIZE // HEADS
TURNED = 32  # numbers of a head that know their place
CONVOLUTIONS = ((127, 64), (7, 3), (3, 2))  # taps and strides in samples and in each other's steps
STEP_MS = 24.0
FIRST_MS = 28.0  # the middle of what the first step sees


class Encoder:
    def __init__(self, model: Path):
        graph = onnx.load(str(model)).graph
        self.values = {value.name: numpy_helper.to_array(value) for value in graph.initializer}
        self.kernels = [self.kernel(number) for number in (1, 2, 3)]
        self.products = {
            node.output[0].split("/MatMul")[0].strip("/"): self.weight(node)
            for node in graph.node
            if node.op_type == "MatMulInteger"
        }
        first = {node.op_type: node for node in graph.node if "/groupnorm/" in node.output[0]}
        self.gain, self.shift = (self.real(first[kind].input[1]).reshape(-1) for kind in ("Mul", "Add"))
        self.turns = self.real("/rotary_emb/Cast_1_output_0").reshape(-1)

    def real(self, name: str) -> torch.Tensor:
        return torch.from_numpy(np.array(self.values[name], np.float32))

    def kernel(self, number: int) -> torch.Tensor:
        """Of a convolution, as a product: [taps * inputs, outputs]."""
        stored, scale, zero = (
            self.values[f"conv{number}.weight_{part}"] for part in ("quantized", "scale", "zero_point")
        )
        weight = stored.astype(np.float32) * scale + zero  # this file's zero points are real numbers
        return torch.from_numpy(weight.transpose(2, 1, 0).reshape(-1, len(weight)))

    def weight(self, node) -> torch.Tensor:
        stored, zero = (self.values[name].astype(np.float32) for name in (node.input[1], node.input[3]))
        return torch.from_numpy((stored - zero) * self.values[node.input[1].replace("_quantized", "_scale")])

    @torch.no_grad()
    def __call__(self, samples: torch.Tensor) -> torch.Tensor:
        """float [rows, samples] at 16 kHz, loudest 0.7, to float [rows, steps, SIZE]."""
        with reduced_precision("cpu"):
            x = torch.tanh(self.convolved(samples[..., None], 0).float())
            mean, variance = x.mean((1, 2), keepdim=True), x.var((1, 2), unbiased=False, keepdim=True)
            x = (x - mean) / torch.sqrt(variance + 1e-5) * self.gain + self.shift
            for number in (1, 2):
                bias = self.real(f"conv{number + 1}.bias")
                x = functional.gelu(self.convolved(x, number).float() + bias)
            place = torch.arange(x.shape[1])[:, None] * self.turns
            place = place.repeat_interleave(2, 1)
            for layer in range(LAYERS):
                x = x + self.attended(layer, x, place.cos(), place.sin())
                x = x + self.fed_forward(layer, x)
        return functional.layer_norm(x, (SIZE,), self.real("layer_norm.weight"))

    def convolved(self, x: torch.Tensor, number: int) -> torch.Tensor:
        windows = x.unfold(1, *CONVOLUTIONS[number]).transpose(2, 3)
        return windows.reshape(*windows.shape[:2], -1) @ self.kernels[number]

    def attended(self, layer: int, x: torch.Tensor, cosine: torch.Tensor, sine: torch.Tensor) -> torch.Tensor:
        rows, steps, _ = x.shape
        x = functional.layer_norm(x, (SIZE,), self.real(f"layers.{layer}.input_layernorm.weight"))

        def heads(name: str) -> torch.Tensor:
            product = x @ self.products[f"layers.{layer}/self_attn/{name}"]
            return product.float().reshape(rows, steps, HEADS, HEAD_SIZE).transpose(1, 2)

        asked, offered = (turned(heads(name), cosine, sine) for name in ("q_proj", "k_proj"))
        shares = (asked @ offered.transpose(2, 3) * HEAD_SIZE**-0.5).float().softmax(-1)
        seen = (shares @ heads("v_proj")).transpose(1, 2).reshape(rows, steps, SIZE)
        return (seen @ self.products[f"layers.{layer}/self_attn/dense"]).float()

    def fed_forward(self, layer: int, x: torch.Tensor) -> torch.Tensor:
        name = f"layers.{layer}"
        x = functional.layer_norm(x, (SIZE,), self.real(f"{name}.post_attention_layernorm.weight"))
        for part, last in (("fc1", False), ("fc2", True)):
            x = (x @ self.products[f"{name}/mlp/{part}"]).float() + self.real(f"{name}.mlp.{part}.bias")
            x = x if last else functional.gelu(x)
        return x


def turned(x: torch.Tensor, cosine: torch.Tensor, sine: torch.Tensor) -> torch.Tensor:
    """Pairs of numbers turned by an angle that grows with the place."""
    first, rest = x[..., :TURNED], x[..., TURNED:]
    across = torch.stack([-first[..., 1::2], first[..., ::2]], -1).flatten(-2)
    return torch.cat([first * cosine + across * sine, rest], -1)
