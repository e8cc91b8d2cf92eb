"""Several processes at work."""

import time
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import pytest
from train.voices import side_by_side as module
from train.voices.side_by_side import side_by_side


def leave(path: Path) -> None:
    path.touch()


def fail(reason: str) -> None:
    raise ValueError(reason)


def wait_for(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.01)


def test_all_is_done(tmp_path):
    side_by_side([(leave, tmp_path / name) for name in "abc"], 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_after_a_failure_no_more_is_begun(tmp_path, capsys, monkeypatch):
    called_off = tmp_path / "called off"

    class Pool(ProcessPoolExecutor):
        def submit(self, call, *arguments) -> Future:
            future = super().submit(call, *arguments)
            if call is leave:
                future.add_done_callback(lambda of: called_off.touch() if of.cancelled() else None)
            return future

    monkeypatch.setattr(module, "ProcessPoolExecutor", Pool)
    # what has been begun, or handed to a process, does not end before the last is called off
    waiting = [(wait_for, called_off)] * 4
    with pytest.raises(ValueError, match="no such voice"):
        side_by_side([(fail, "no such voice"), *waiting, (leave, tmp_path / "late")], 1)
    assert "no such voice" in capsys.readouterr().out
    assert called_off.exists() and not (tmp_path / "late").exists()
