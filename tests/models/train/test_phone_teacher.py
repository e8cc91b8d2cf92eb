"""The teacher's view: at the student's steps, at the copy's pace, and only where there is one."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="skipped: torch is not installed")
pytest.importorskip("onnx", reason="skipped: onnx is not installed")

from train.phones.mix import Batch  # noqa: E402
from train.phones.store import Sequences  # noqa: E402
from train.phones.teacher import DIRECTIONS, Directions, Teacher, together  # noqa: E402

STEP_MS, FIRST_MS = 24.0, 28.0


def batch(leads: list[int], frames: list[int], stretches: list[float]) -> Batch:
    nothing = np.zeros(0)
    return Batch(
        *(nothing, nothing, nothing, nothing, nothing),
        np.array(leads),
        np.array(frames),
        np.array(stretches),
    )


@pytest.fixture
def teacher(tmp_path) -> Teacher:
    """Views that tell their own time in milliseconds, of 2.4 s and of nothing."""
    times = FIRST_MS + STEP_MS * np.arange(100)
    view = np.repeat(times[:, None], DIRECTIONS, 1).astype(np.float16)
    Sequences.write(tmp_path / "views", [view, np.zeros((0, DIRECTIONS), np.float16)])
    np.save(tmp_path / "views.deviations.npy", np.ones(DIRECTIONS, np.float32))
    return Teacher(Sequences(tmp_path / "views"), tmp_path / "views")


def test_a_step_is_given_the_view_of_its_own_moment(teacher):
    views, seen = teacher.targets(batch([30], [200], [1.0]), np.array([0]), 60)
    assert not seen[0, :10].any()  # before anybody speaks
    for step in (15, 30):
        middle_ms = (3 * step + 1 - 30) * 10 + 15
        assert views[0, step, 0] == pytest.approx(middle_ms, abs=1)


def test_a_slower_copy_is_at_the_same_moment_later(teacher):
    views, _ = teacher.targets(batch([0, 0], [200, 220], [1.0, 1.1]), np.array([0, 0]), 60)
    assert views[1, 44, 0] == pytest.approx(views[0, 40, 0], abs=4)


def test_what_nobody_has_seen_teaches_nothing(teacher):
    loss = teacher.loss(torch.ones(1, 60, DIRECTIONS), batch([0], [150], [1.0]), np.array([1]), 8)
    assert float(loss) == 0


def test_a_student_that_looks_ahead_is_asked_later(teacher):
    asked = batch([0], [200], [1.0])
    views, _ = teacher.targets(asked, np.array([0]), 52)
    guesses = torch.zeros(1, 60, DIRECTIONS)
    guesses[:, 8:] = torch.from_numpy(views)
    assert float(teacher.loss(guesses, asked, np.array([0]), 8)) == pytest.approx(0, abs=1e-6)
    assert float(teacher.loss(guesses, asked, np.array([0]), 7)) > 1


def test_directions_have_a_variance_of_one():
    rng = np.random.default_rng(1)
    views = rng.normal(3, np.linspace(0.1, 5, 416), (2000, 416)).astype(np.float32)
    along = Directions.of(views).along(views)
    assert along.shape == (2000, DIRECTIONS)
    assert along.astype(float).std(0) == pytest.approx(1, abs=0.01)


def test_only_utterances_of_about_the_same_length_are_seen_together():
    lengths = [16_000, 200, 17_000, 90_000, 16_500, 91_000]
    batches = together(lengths)
    assert sorted(row for rows in batches for row in rows) == [0, 2, 3, 4, 5]  # a moment is no utterance
    assert [sorted(rows) for rows in batches] == [[0, 2, 4], [3, 5]]
