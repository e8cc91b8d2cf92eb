"""What kernels.c computes, against torch's own operators and the ear's own level."""

import itertools
import shutil

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="skipped: torch is not installed")
if shutil.which("cc") is None:
    pytest.skip("skipped: no C compiler", allow_module_level=True)

from torch.nn import functional  # noqa: E402
from train.phones.kernels import Ctc, Joined, Normalised, chosen_ways, heard_at_level  # noqa: E402
from train.scenes import phone_features  # noqa: E402

ROWS, STEPS, CHANNELS = 3, 40, 32


@pytest.fixture
def drawn():
    torch.manual_seed(1)

    def draw(*shape: int) -> torch.Tensor:
        return torch.randn(shape, requires_grad=True)

    return draw


def gradients(result: torch.Tensor, weights: torch.Tensor, of: tuple) -> list[torch.Tensor]:
    return [g.float() for g in torch.autograd.grad((result.float() * weights).sum(), of)]


def agree(first: torch.Tensor, second: torch.Tensor) -> bool:
    """But for the rounding to bfloat16, and the few rectifiers that it switches."""
    return float((first - second).abs().mean()) < 0.02 * float(second.abs().mean()) + 1e-6


def test_a_depthwise_convolution_is_normalised_and_rectified_as_torch_would(drawn):
    x, weights, gain, shift = (
        drawn(ROWS, STEPS, CHANNELS),
        drawn(5, CHANNELS),
        drawn(CHANNELS),
        drawn(CHANNELS),
    )
    normal, towards = torch.nn.BatchNorm1d(CHANNELS), torch.randn(ROWS, STEPS, CHANNELS)
    quick = Normalised.apply(x, weights, gain, shift, normal)
    deep = functional.conv1d(functional.pad(x.transpose(1, 2), (4, 0)), weights.t()[:, None], groups=CHANNELS)
    plain = torch.relu(functional.batch_norm(deep, None, None, gain, shift, True)).transpose(1, 2)
    assert agree(quick.float(), plain)
    of = (x, weights, gain, shift)
    for one, other in zip(gradients(quick, towards, of), gradients(plain, towards, of), strict=True):
        assert agree(one, other)
    assert torch.allclose(normal.running_mean, 0.1 * deep.mean((0, 2)), atol=1e-5)


@pytest.mark.parametrize("late", [0, 2])
def test_a_block_joins_what_came_in_some_steps_ago(drawn, late):
    before, gain, shift = drawn(ROWS, STEPS, CHANNELS), drawn(CHANNELS), drawn(CHANNELS)
    y = torch.randn(ROWS, STEPS, CHANNELS).bfloat16().requires_grad_()
    towards = torch.randn(ROWS, STEPS, CHANNELS)
    quick = Joined.apply(y, before, gain, shift, torch.nn.BatchNorm1d(CHANNELS), late)
    normal = functional.batch_norm(y.float().transpose(1, 2), None, None, gain, shift, True).transpose(1, 2)
    plain = torch.relu(functional.pad(before, (0, 0, late, 0))[:, :STEPS] + normal)
    assert torch.allclose(quick, plain, atol=1e-4)
    of = (y, before, gain, shift)
    for one, other in zip(gradients(quick, towards, of), gradients(plain, towards, of), strict=True):
        assert agree(one, other)


def test_ctc_loses_what_torch_says(drawn):
    logits, said = drawn(ROWS, STEPS, 40), torch.randint(1, 40, (ROWS, 9)).int()
    lengths, counts = torch.tensor([40, 30, 22]).int(), torch.tensor([9, 3, 1]).int()
    quick = Ctc.apply(logits, lengths, said, counts)
    log_chances = logits.log_softmax(-1).transpose(0, 1)
    plain = functional.ctc_loss(log_chances, said.long(), lengths.long(), counts.long(), reduction="sum")
    assert float(quick) == pytest.approx(float(plain), rel=1e-5)
    (one,), (other,) = (torch.autograd.grad(loss, logits) for loss in (quick, plain))
    assert torch.allclose(one, other, atol=1e-4)


def test_what_does_not_fit_into_its_steps_loses_nothing(drawn):
    logits = drawn(1, 4, 40)
    loss = Ctc.apply(logits, torch.tensor([4]).int(), torch.full((1, 5), 7).int(), torch.tensor([5]).int())
    assert float(loss) == 0
    assert not torch.autograd.grad(loss, logits)[0].any()


def best_chance(log_chances: np.ndarray, labels: list[int]) -> float:
    """Of the best path of CTC through these labels."""
    states = [0, *itertools.chain.from_iterable((label, 0) for label in labels)]
    now = np.full(len(states), -np.inf)
    now[:2] = log_chances[0, states[:2]]
    for chances in log_chances[1:]:
        before = now.copy()
        for at in range(len(states)):
            ways_in = [before[at], before[at - 1] if at else -np.inf]
            if at > 1 and states[at] and states[at] != states[at - 2]:
                ways_in.append(before[at - 2])
            now[at] = max(ways_in) + chances[states[at]]
    return max(now[-2:])


def test_the_ways_of_a_sentence_are_those_of_its_best_path():
    rng = np.random.default_rng(3)
    for _ in range(60):
        ways = [
            [rng.integers(1, 4, rng.integers(1, 4)).tolist() for _ in range(rng.integers(1, 4))]
            for _ in range(rng.integers(1, 4))
        ]
        logits = rng.normal(0, 2, (rng.integers(18, 26), 4))
        log_chances = logits - np.logaddexp.reduce(logits, -1, keepdims=True)
        sentences = [list(itertools.chain(*choice)) for choice in itertools.product(*ways)]
        best = max(best_chance(log_chances, labels) for labels in sentences)
        assert best_chance(log_chances, chosen_ways(log_chances, ways)) == pytest.approx(best, abs=1e-4)


def test_a_replay_is_heard_at_the_level_of_its_end_and_the_rest_as_the_ear_does():
    bands = np.random.default_rng(2).integers(-100, 80, (3, 90, 40)).astype(np.int8)
    levels = phone_features.levels(bands)
    levels[1, :50] = levels[1, 49]
    levels[2] = levels[2, -1]
    inputs, _ = heard_at_level(bands, np.array([0, 50, 300]))
    assert (inputs == phone_features.inputs(bands, levels)).all()


def test_a_level_that_was_held_before_is_gone_on_from():
    bands = np.full((1, 30, 40), 10, np.int8)
    inputs, ends = heard_at_level(bands, np.zeros(1), starts=np.array([40.0]))
    assert inputs[0, 0, 0] == -30
    assert 39 < ends[0] < 40
