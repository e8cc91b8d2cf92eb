"""Ctrl-C, as a terminal sends it: to the training and all of its workers at once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

MODELS = Path(__file__).parents[3] / "models"

WORK = """
import sys, tempfile, time
from pathlib import Path
from train.interrupt import interruptible
from train.voices.side_by_side import side_by_side

def job(begun):
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(b"x" * 1000)
    Path(begun).touch()
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            time.sleep(60)
        except BaseException:
            pass

def work():
    side_by_side([(job, sys.argv[1] + str(number)) for number in range(4)], 2)
    return 0

if __name__ == "__main__":
    raise SystemExit(interruptible(work))
"""


def test_workers_end_within_seconds_and_leave_nothing_behind(tmp_path):
    script, scratch = tmp_path / "work.py", tmp_path / "scratch"
    script.write_text(WORK)
    scratch.mkdir()
    env = {**os.environ, "PYTHONPATH": str(MODELS), "TMPDIR": str(scratch)}
    command = [sys.executable, str(script), str(tmp_path / "begun")]
    training = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)
    while not all((tmp_path / f"begun{number}").exists() for number in range(2)):
        assert training.poll() is None
        time.sleep(0.05)
    assert any(scratch.rglob("*"))
    begun = time.monotonic()
    os.killpg(training.pid, signal.SIGINT)
    said = training.communicate(timeout=20)[0]
    assert time.monotonic() - begun < 5
    assert (training.returncode, said) == (130, "stopped; the same command goes on where it was\n")
    assert list(scratch.iterdir()) == []
    left = time.monotonic() + 2  # multiprocessing's own helper ends when it has heard of it
    while running(training.pid) and time.monotonic() < left:
        time.sleep(0.05)
    assert running(training.pid) == []


def running(session: int) -> list[str]:
    listed = subprocess.run(["ps", "-o", "stat=,args=", "-g", str(session)], capture_output=True, text=True)
    return [line for line in listed.stdout.splitlines() if not line.startswith("Z")]
