"""A converted model read back: the same network again."""

import pytest

torch = pytest.importorskip("torch", reason="skipped: torch is not installed")
pytest.importorskip("tflite_micro", reason="skipped: tflite-micro is not installed")

from train.networks.network import Network  # noqa: E402
from train.networks.quantise import export, quantised  # noqa: E402
from train.networks.restart import as_it_is, between, parted  # noqa: E402
from train.networks.shapes import WAKE, Shape  # noqa: E402
from train.tflite.convert import Converter, convert_wake, write  # noqa: E402

SHAPE = Shape(channels=16, stem_steps=3, kernels=(3, 5, 5), delays=(0, 1, 2), outputs=40, input_scale=0.03125)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Frames, the network, and the file that it was converted to."""
    torch.manual_seed(3)
    frames = torch.randint(-128, 60, (6, 50, 120), dtype=torch.int8)
    network, folder = Network(SHAPE), tmp_path_factory.mktemp("restart")
    export(network, quantised(network, [frames]), folder / "weights.npz")
    converter = Converter(folder / "weights.npz", SHAPE, "test")
    x, x_range = converter.body()
    converter.graph.made.outputs = [converter.point("head", x, x_range, "head", 0)]
    write(converter, folder / "model.tflite")
    return frames, network, folder / "model.tflite"


def apart(first: Network, second: Network, frames) -> float:
    with torch.no_grad():
        difference = first.eval()(frames) - second.eval()(frames)
    return float(difference.abs().mean())


def test_its_shape_is_in_the_file(made):
    assert as_it_is(made[2]).shape == SHAPE


def test_gives_what_it_gave_up_to_the_rounding_of_weights(made):
    frames, network, model = made
    with torch.no_grad():
        size = float(network(frames).abs().mean())
    assert apart(as_it_is(model), network, frames) < 0.02 * size


def test_a_network_to_be_taught_on_gives_the_same_and_is_normalised_by_what_it_hears(made):
    frames, _, model = made
    again = parted(model, [frames[:3], frames[3:]])
    with torch.no_grad():
        size = float(again(frames).abs().mean())
    assert apart(again, as_it_is(model), frames) < 1e-3 * size
    with torch.no_grad():
        own = again(frames)
        taught = again.train()(frames)
    assert float((taught - own).abs().mean()) < 1e-2 * size


def test_half_way_from_one_network_to_another_lies_the_mean_of_their_weights(made):
    first, last = as_it_is(made[2]), Network(SHAPE).eval()
    last.fold()
    assert apart(between(first, last, 0.0), first, made[0]) == 0
    assert apart(between(first, last, 1.0), last, made[0]) == 0
    half = between(first, last, 0.5)
    assert torch.allclose(half.head.bias, (first.head.bias + last.head.bias) / 2)


def test_networks_of_other_shapes_have_nothing_between_them(made):
    with pytest.raises(ValueError, match="shapes differ"):
        between(as_it_is(made[2]), Network(WAKE), 0.5)


def test_its_weights_are_of_a_new_networks_size(made):
    again, fresh = parted(made[2], [made[0]]), Network(SHAPE)
    for old, new in zip(again.point, fresh.point, strict=True):
        assert 0.5 < float(old.weight.std() / new.weight.std()) < 2


def test_reads_a_wake_model_back(tmp_path):
    torch.manual_seed(4)
    frames, network = torch.randint(-128, 60, (6, 50, 120), dtype=torch.int8), Network(WAKE)
    export(network, quantised(network, [frames]), tmp_path / "weights.npz")
    convert_wake(tmp_path / "weights.npz", tmp_path / "word.tflite")
    again = as_it_is(tmp_path / "word.tflite")
    assert again.shape.kernels == WAKE.kernels
    with torch.no_grad():
        size = float(network(frames).abs().mean())
    assert apart(again, network, frames) < 0.05 * size
