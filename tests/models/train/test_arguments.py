"""Help is given before anything is installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("command", ["phones", "wake", "negatives", "embedding"])
def test_help_needs_no_package(command):
    # without site there is none
    asked = [sys.executable, "-S", "-m", "train", command, "--help"]
    done = subprocess.run(asked, env={"PYTHONPATH": str(ROOT / "models")}, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.startswith("usage: ") and done.stderr == ""


@pytest.mark.parametrize("asked", [["--help"], ["wake", "--help"], ["wake", "hey earshot", "-h"]])
def test_nothing_is_installed_for_help(tmp_path, asked):
    for program in ("npm", "apt-get"):  # whoever calls them is told apart
        (tmp_path / program).write_text("#!/bin/sh\necho called >&2\nexit 1\n")
        (tmp_path / program).chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    venv = ROOT / ".venv-train"
    was_there = venv.exists()
    done = subprocess.run(
        ["node", ROOT / "models/train/run.mjs", *asked], env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "train" in done.stdout and venv.exists() == was_there
