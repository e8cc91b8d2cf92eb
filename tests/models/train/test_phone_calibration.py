"""Logits of the file and logits that were learnt: there and back."""

import pytest

torch = pytest.importorskip("torch", reason="skipped: torch is not installed")

from train.networks.network import Network  # noqa: E402
from train.networks.shapes import Shape  # noqa: E402
from train.phones.calibration import BLANK_NATS, SOFTER, calibrate, uncalibrate  # noqa: E402

FRAMES = torch.randint(-128, 100, (2, 20, 120), dtype=torch.int8)


@pytest.fixture
def network() -> Network:
    torch.manual_seed(1)
    return Network(Shape(channels=8, stem_steps=1, kernels=(3,), delays=(0,), outputs=40)).eval()


@torch.no_grad()
def test_the_blank_loses_and_all_classes_come_nearer_to_each_other(network):
    before = network(FRAMES)
    calibrate(network)
    lost = before - network(FRAMES) / SOFTER
    assert torch.allclose(lost[..., 0], torch.tensor(BLANK_NATS), atol=1e-4)
    assert torch.allclose(lost[..., 1:], torch.tensor(0.0), atol=1e-4)


@torch.no_grad()
def test_what_is_learnt_on_from_a_file_has_the_logits_that_were_learnt(network):
    before = network(FRAMES)
    calibrate(network)
    uncalibrate(network)
    assert torch.allclose(network(FRAMES), before, atol=1e-4)
