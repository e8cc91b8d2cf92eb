"""A converted model read back, so that training can go on from what ships."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

from .network import Convolution, Network
from .shapes import PHONES, Shape


def constants(model: Path) -> dict[str, np.ndarray]:
    """Real values of the weights and biases, by the names that `convert` gave them."""
    file = schema.ModelT.InitFromPackedBuf(bytearray(model.read_bytes()), 0)
    found = {}
    for tensor in file.subgraphs[0].tensors:
        name, data = tensor.name.decode(), file.buffers[tensor.buffer].data
        if name.endswith(("/weight", "/bias")) and data is not None:
            kind = np.int8 if tensor.type == schema.TensorType.INT8 else np.int32
            stored = np.frombuffer(bytes(data), kind).reshape(tensor.shape).astype(np.float64)
            shape = [1] * stored.ndim
            shape[tensor.quantization.quantizedDimension] = -1
            found[name] = stored * np.array(tensor.quantization.scale, np.float64).reshape(shape)
    return found


def arranged(name: str, weight: np.ndarray) -> np.ndarray:
    """From TensorFlow's order of axes to [outputs, inputs, taps], the newest tap last."""
    if weight.ndim == 2:  # fully connected
        return weight[:, :, None]
    if name.startswith("depth."):
        return weight[0, :, 0, :].T[:, None, :]
    return weight[:, :, 0, :].transpose(0, 2, 1)


def kernels_in(values: dict[str, np.ndarray]) -> tuple[int, ...]:
    count = sum(name.startswith("depth.") and name.endswith("/weight") for name in values)
    return tuple(values[f"depth.{index}/weight"].shape[1] for index in range(count))


@torch.no_grad()
def as_it_is(model: Path, shape: Shape = PHONES) -> Network:
    """The model with the kernels that it has, for listening."""
    network = Network(replace(shape, kernels=kernels_in(constants(model))))
    restart(network, model, [])
    return network.eval()


@torch.no_grad()
def restart(network: Network, model: Path, batches: list[torch.Tensor]) -> None:
    """Gives the network the model's weights, and its normalisations the means and variances of `batches`.

    They undo themselves, so that nothing changes by them.

    Where the network's kernels are shorter the oldest taps are lost; their mean share stays.
    """
    values = constants(model)
    for name, module in convolutions(network).items():
        weight, bias = arranged(name, values[f"{name}/weight"]), values[f"{name}/bias"]
        module.weight.copy_(torch.from_numpy(np.ascontiguousarray(weight[:, :, -module.kernel :])))
        set_bias(module, torch.from_numpy(bias).float())
    if batches and kernels_in(values) != network.shape.kernels:
        whole = as_it_is(model, network.shape).to(batches[0].device)
        depthwise = {name: m for name, m in convolutions(whole).items() if m.is_depthwise}
        for name, (mean, _) in inputs_of(whole, batches, depthwise).items():
            short, long = network.get_submodule(name), depthwise[name]
            short.normal.bias.add_(long.weight[:, 0, : long.kernel - short.kernel].sum(1) * mean)
    settle(network, batches)


def convolutions(network: Network) -> dict[str, Convolution]:
    return {name: m for name, m in network.named_modules() if isinstance(m, Convolution)}


def set_bias(module: Convolution, bias: torch.Tensor) -> None:
    if module.normal is None:
        module.bias.copy_(bias)
        return
    module.normal.running_mean.zero_()
    module.normal.running_var.fill_(1 - module.normal.eps)
    module.normal.weight.fill_(1)
    module.normal.bias.copy_(bias)


@torch.no_grad()
def settle(network: Network, batches: list[torch.Tensor]) -> None:
    """Parts each folded weight again into a normalisation and a weight of a new network's size, for which
    an optimiser's steps are meant."""
    modules = {name: m for name, m in convolutions(network).items() if m.normal is not None}
    normals = {name: module.normal for name, module in modules.items()}
    for name, (mean, variance) in inputs_of(network, batches, normals).items():
        module, normal = modules[name], normals[name]
        size = module.weight.square().mean((1, 2)).sqrt().clamp(min=1e-8)
        gain = (2 / module.weight[0].numel()) ** 0.5 / size
        module.weight.mul_(gain[:, None, None])
        normal.running_mean.copy_(mean * gain)
        normal.running_var.copy_(variance * gain.square())
        normal.weight.copy_((normal.running_var + normal.eps).sqrt() / gain)
        normal.bias.add_(mean)


def inputs_of(network: Network, batches: list[torch.Tensor], modules: dict) -> dict:
    """Mean and variance by channel of what each of the modules is fed; nothing where there are no batches."""
    sums: dict[str, list[torch.Tensor]] = {name: [] for name in modules}
    hooks = [
        module.register_forward_pre_hook(
            lambda _, inputs, name=name: sums[name].append(moments(inputs[0].float()))
        )
        for name, module in modules.items()
    ]
    network.eval()
    for frames in batches:
        network(frames)
    for hook in hooks:
        hook.remove()
    means = {name: torch.stack(some).mean(0) for name, some in sums.items() if some}
    return {name: (mean, (square - mean.square()).clamp(min=1e-4)) for name, (mean, square) in means.items()}


def moments(x: torch.Tensor) -> torch.Tensor:
    """Mean and mean square of each channel of [rows, channels, steps]."""
    return torch.stack([x.mean((0, 2)), x.square().mean((0, 2))])
