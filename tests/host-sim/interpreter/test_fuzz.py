"""No file, however damaged, makes the interpreter crash or read outside of the file or its arena."""

import os
import re
import subprocess
from pathlib import Path

import numpy as np
import pymicro_wakeword
import pytest
from cases import CASES
from machines import ROOT

STREAMING = sorted((Path(pymicro_wakeword.__file__).parent / "models").glob("*.tflite"))


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory):
    program = tmp_path_factory.mktemp("fuzz") / "fuzz"
    sources = [Path(__file__).parent / "fuzz.c", *sorted((ROOT / "host-sim/interpreter").glob("*.c"))]
    sanitisers = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]
    command = [os.environ.get("CC", "cc"), "-std=c99", "-O1", "-g", "-ffp-contract=off", *sanitisers]
    subprocess.run([*command, *map(str, sources), "-o", str(program)], check=True)

    def run(seed, cases, files):
        result = subprocess.run(
            [program, str(seed), str(cases), *map(str, files)], capture_output=True, text=True, timeout=240
        )
        assert result.returncode == 0, result.stderr[-3000:]
        return [int(number) for number in re.findall(r"\d+", result.stdout)]

    return run


@pytest.mark.parametrize("seed", [1, 2])
def test_damaged_streaming_models_give_errors_or_run(fuzz, seed):
    cases, opened = fuzz(seed, 20_000, STREAMING)
    assert 0 < opened < cases


def test_damaged_single_operators_give_errors_or_run(fuzz, tmp_path):
    rng, files = np.random.default_rng(5), []
    for name, case in CASES.items():
        for number in range(8):
            files.append(tmp_path / f"{name}-{number}.tflite")
            files[-1].write_bytes(case(rng)[0])
    cases, opened = fuzz(3, 600_000, files)
    assert cases / 20 < opened < cases  # many must get past the reader and into the kernels
