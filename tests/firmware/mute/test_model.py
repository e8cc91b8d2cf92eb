"""The mute protocol in the model checker spin: no interleaving of switch, interrupt, ear task and JavaScript
lets a sample through that was captured under a mute, and every way to do it wrong is found out."""

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "firmware" / "natives" / "mute"
MODEL = FOLDER / "mute.pml"

# Each is searched to the end: so many pulses of the switch and mutes by JavaScript, in every order.
WORLDS = {
    "the switch bounces": ["PULSES=3", "REQUESTS=0"],
    "the switch bounces and the interrupt runs on the ear's core": ["PULSES=3", "REQUESTS=0", "SAME_CORE"],
    "JavaScript mutes too": ["PULSES=1", "REQUESTS=1"],
    "events and mute edges reach JavaScript": ["PULSES=2", "REQUESTS=0", "TELLS"],
    "JavaScript looks what to show": ["PULSES=1", "REQUESTS=0", "LOOKS_AT_THE_RING"],
}
BROKEN = {
    "NEVER_LOOKS": "the ear task trusts the interrupt to be in time",
    "MISSES_WAITING_EDGES": "it reads the level, but not the edges that wait for the interrupt",
    "LOOKS_BEFORE_THE_BUFFER": "it looks before the buffer is complete",
    "COUNTS_BEFORE_THE_SWITCH": "it reads the count of edges before the switch",
    "ACKNOWLEDGED_FIRST": "an interrupt on the other core is acknowledged before it has counted",
    "BELIEVES_THE_LEVEL": "the interrupt takes a falling edge for the end of nothing",
    "OPENS_AT_ONCE": "the gate opens while buffers of before are under way",
    "STALE=QUEUED": "one buffer too few is dropped",
    "LOOKS_ONCE": "power comes back without a second look at the edges",
    "POWER_BEFORE_COUNT": "the interrupt cuts the power before it counts",
}

spin = pytest.mark.skipif(
    not shutil.which("spin"), reason="no model checker here: Debian's `spin` runs this test"
)


SAFETY = ["-DSAFETY"], []
LIVENESS = ["-DNP"], ["-l", "-f"]  # no endless run without hearing, every party getting its turn


def check(folder, defines, claim=SAFETY):
    """What the checker says: whether all states were searched without an error, and its words."""
    compile_flags, run_flags = claim
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["spin", "-a", *(f"-D{name}" for name in defines), MODEL], cwd=folder, check=True)
    flags = ["-O1", "-w", "-DCOLLAPSE", "-DMEMLIM=2000", *compile_flags]
    subprocess.run(["cc", *flags, "-o", "pan", "pan.c"], cwd=folder, check=True)
    words = subprocess.run(
        ["./pan", "-m1000000", *run_flags], cwd=folder, capture_output=True, text=True
    ).stdout
    shutil.rmtree(folder)  # some megabytes
    assert "Search not completed" not in words or "errors: 1" in words, words
    assert not re.search(r"max search depth too small|out of memory|truncated", words), words
    errors = re.search(r"errors: (\d+)", words)
    assert errors, words
    return int(errors.group(1)) == 0, words


@spin
@pytest.mark.parametrize("world", WORLDS)
def test_no_sample_captured_under_a_mute_is_heard_when(tmp_path, world):
    correct, words = check(tmp_path / "pan", WORLDS[world])
    assert correct, words


@spin
@pytest.mark.parametrize("core", ["OTHER_CORE", "SAME_CORE"])
@pytest.mark.parametrize("world", [["PULSES=1", "REQUESTS=0"], ["PULSES=0", "REQUESTS=1"]])
def test_once_nobody_mutes_it_hears_again_and_again(tmp_path, world, core):
    correct, words = check(tmp_path / "pan", [*world, core], LIVENESS)
    assert correct, words


@spin
@pytest.mark.parametrize("wrong", BROKEN)
def test_finds_out_a_protocol_in_which(tmp_path, wrong):
    correct, words = check(tmp_path / "pan", ["PULSES=2", "REQUESTS=0", wrong])
    assert not correct, BROKEN[wrong]
    assert "assertion violated" in words


@spin
def test_finds_out_that_a_short_mute_by_javascript_is_missed_when_it_is_not_counted(tmp_path):
    correct, words = check(tmp_path / "pan", ["PULSES=0", "REQUESTS=1", "FORGETS_TO_COUNT"])
    assert not correct and "assertion violated" in words


@spin
def test_finds_out_that_the_ring_shows_no_mute_for_a_moment_when_edges_are_noted_too_early(tmp_path):
    world = ["PULSES=1", "REQUESTS=0", "LOOKS_AT_THE_RING", "NOTES_BEFORE_CLOSING"]
    correct, words = check(tmp_path / "pan", world)
    assert not correct and "assertion violated" in words


@spin
def test_finds_out_that_it_stays_deaf_when_edges_are_never_noted(tmp_path):
    correct, words = check(tmp_path / "pan", ["PULSES=1", "REQUESTS=0", "NEVER_NOTES"], LIVENESS)
    assert not correct and "non-progress cycle" in words


@cache
def steps_in_c():
    """The named steps of each C function, in order."""
    functions = {}
    for name in ("mute.h", "mute.c"):
        function = None
        for line in (FOLDER / name).read_text().splitlines():
            begins = re.match(r"[\w_]\S.*?\b(\w+)\(.*\) \{$", line)
            if begins:
                function = begins.group(1)
            for step in re.findall(r"/\* step ([\w-]+)", line):
                functions.setdefault(function, []).append(step.replace("-", "_"))
    return functions


def steps_in_model():
    labels = re.findall(r"^(\w+):$", MODEL.read_text(), re.MULTILINE)
    return [label for label in labels if label not in ("end", "acknowledge", "progress_heard")]


def test_the_model_has_the_steps_of_the_c_and_no_others():
    in_c = [step for steps in steps_in_c().values() for step in steps]
    assert len(in_c) > 15
    assert sorted(in_c) == sorted(steps_in_model())


def test_the_steps_of_each_function_stand_in_the_same_order_in_the_model():
    order = {step: place for place, step in enumerate(steps_in_model())}
    for function, steps in steps_in_c().items():
        assert steps == sorted(steps, key=order.get), function
