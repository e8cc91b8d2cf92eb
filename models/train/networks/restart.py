"""A converted model read back, to listen with it or to teach it more."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

from ..scenes.features import CHANNELS
from .network import Convolution, Network
from .shapes import STACK, Shape


def read(model: Path):
    return schema.ModelT.InitFromPackedBuf(bytearray(model.read_bytes()), 0)


def stored(file, tensor) -> np.ndarray | None:
    data = file.buffers[tensor.buffer].data
    kind = np.int8 if tensor.type == schema.TensorType.INT8 else np.int32
    return None if data is None else np.frombuffer(bytes(data), kind).reshape(tensor.shape)


def constants(model: Path) -> dict[str, np.ndarray]:
    """Real values of the weights and biases, by the names that `convert` gave them."""
    file, found = read(model), {}
    for tensor in file.subgraphs[0].tensors:
        name, values = tensor.name.decode(), stored(file, tensor)
        if name.endswith(("/weight", "/bias")) and values is not None:
            shape = [1] * values.ndim
            shape[tensor.quantization.quantizedDimension] = -1
            found[name] = values * np.array(tensor.quantization.scale, np.float64).reshape(shape)
    return found


def shape_of(model: Path) -> Shape:
    file = read(model)
    tensors = {tensor.name.decode(): tensor for tensor in file.subgraphs[0].tensors}
    stem, kernels, delays = tensors["stem/weight"].shape, [], []
    while (weight := tensors.get(f"depth.{len(kernels)}/weight")) is not None:
        late = tensors.get(f"late{len(kernels)}/from")
        kernels.append(int(weight.shape[1]))
        delays.append(0 if late is None else kernels[-1] - 1 - int(stored(file, late)[1]))
    return Shape(
        channels=int(stem[0]),
        stem_steps=int(np.prod(stem[1:])) // (STACK * CHANNELS),
        kernels=tuple(kernels),
        delays=tuple(delays),
        outputs=int(tensors["head/weight"].shape[0]),
        input_scale=float(tensors["frames"].quantization.scale[0]),
    )


def arranged(name: str, weight: np.ndarray) -> np.ndarray:
    """From TensorFlow's order of axes to [outputs, inputs, taps], the newest tap last."""
    if weight.ndim == 2:  # fully connected
        return weight[:, :, None]
    if name.startswith("depth."):
        return weight[0, :, 0, :].T[:, None, :]
    return weight[:, :, 0, :].transpose(0, 2, 1)


@torch.no_grad()
def as_it_is(model: Path) -> Network:
    network, values = Network(shape_of(model)), constants(model)
    network.fold()
    for name, module in network.named_modules():
        if isinstance(module, Convolution):
            weight, bias = arranged(name, values[f"{name}/weight"]), values[f"{name}/bias"]
            module.weight.copy_(torch.from_numpy(np.ascontiguousarray(weight)))
            module.bias.copy_(torch.from_numpy(bias))
    return network.eval()


@torch.no_grad()
def parted(model: Path, batches: Iterable[torch.Tensor]) -> Network:
    """To be taught on: each folded convolution is parted into weights of a new network's size and a
    normalisation, whose mean and variance are those that the batches of int8 frames give."""
    folded, network = as_it_is(model), Network(shape_of(model))
    seen = Moments()
    watched = {name: module for name, module in folded.named_modules() if isinstance(module, Convolution)}
    hooks = [module.register_forward_hook(seen.of(name)) for name, module in watched.items()]
    for frames in batches:
        folded(frames)
    for hook in hooks:
        hook.remove()
    for name, module in network.named_modules():
        if isinstance(module, Convolution):
            part(watched[name], module, *seen.mean_and_variance(name))
    return network.eval()


@torch.no_grad()
def between(first: Network, last: Network, share: float) -> Network:
    """The folded network whose weights lie a share of the way from one to the other, both folded."""
    if first.shape != last.shape:
        raise ValueError(f"shapes differ: {first.shape} and {last.shape}")
    network = Network(first.shape)
    network.fold()
    ends = last.state_dict()
    network.load_state_dict(
        {name: torch.lerp(own, ends[name], share) for name, own in first.state_dict().items()}
    )
    return network.eval()


class Moments:
    """Of what convolutions give, by channel."""

    def __init__(self):
        self.sums: dict[str, list[torch.Tensor]] = {}
        self.counts: dict[str, int] = {}

    def of(self, name: str):
        def see(_module, _inputs, y: torch.Tensor) -> None:
            real = y.double()
            sums = self.sums.setdefault(
                name, [torch.zeros(y.shape[1], dtype=torch.float64) for _ in range(2)]
            )
            sums[0] += real.sum((0, 2))
            sums[1] += real.square().sum((0, 2))
            self.counts[name] = self.counts.get(name, 0) + y.shape[0] * y.shape[2]

        return see

    def mean_and_variance(self, name: str) -> tuple[torch.Tensor, torch.Tensor]:
        mean, square = (one / self.counts[name] for one in self.sums[name])
        return mean.float(), (square - mean.square()).clamp(min=0).float()


def part(folded: Convolution, fresh: Convolution, mean: torch.Tensor, variance: torch.Tensor) -> None:
    """Gives `fresh` what `folded` computes, channel by channel."""
    if fresh.normal is None:
        fresh.weight.copy_(folded.weight)
        fresh.bias.copy_(folded.bias)
        return
    usual = fresh.weight.square().mean((1, 2)).sqrt()
    gain = folded.weight.square().mean((1, 2)).sqrt().clamp(min=1e-6) / usual
    fresh.weight.copy_(folded.weight / gain[:, None, None])
    normal, own = fresh.normal, variance / gain.square()
    normal.running_mean.copy_((mean - folded.bias) / gain)
    normal.running_var.copy_(own)
    normal.weight.copy_(gain * torch.sqrt(own + normal.eps))
    normal.bias.copy_(mean)
