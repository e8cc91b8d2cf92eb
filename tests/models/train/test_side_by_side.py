"""Several processes at work."""

import time
from pathlib import Path

import pytest
from train.voices.side_by_side import side_by_side


def leave(path: Path) -> None:
    path.touch()


def fail(reason: str) -> None:
    raise ValueError(reason)


def test_all_is_done(tmp_path):
    side_by_side([(leave, tmp_path / name) for name in "abc"], 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_after_a_failure_no_more_is_begun(tmp_path, capsys):
    calls = [(fail, "no such voice"), *((time.sleep, 0.2) for _ in range(4)), (leave, tmp_path / "late")]
    with pytest.raises(ValueError, match="no such voice"):
        side_by_side(calls, 1)
    assert "no such voice" in capsys.readouterr().out
    assert not (tmp_path / "late").exists()
