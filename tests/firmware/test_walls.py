"""Which C may include which, and that no two files need each other."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from compiling import ROOT

sys.path.insert(0, str(Path(__file__).parent / "esp32"))
from building import CHIP, HEADERS, NATIVES, write_identifiers

INTERPRETER = ROOT / "host-sim/interpreter"
SIMULATOR = ROOT / "host-sim/sim"
PLATFORM = re.compile(r"^(xs|mc[.]xs|esp|driver/|soc/|freertos/|sdkconfig|tensorflow)")


def includes(path):
    return re.findall(r'^#include ["<]([^">]+)[">]', path.read_text(), re.M)


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in (".c", ".h", ".cpp"))


def reached(folder):
    """Files of the house that the folder's C includes, and what it includes of others."""
    found = [
        (path, name, (path.parent / name).resolve()) for path in sources(folder) for name in includes(path)
    ]
    return [(path.name, name, target) for path, name, target in found]


@pytest.mark.parametrize(
    ("folder", "may_include"),
    [
        (NATIVES, (NATIVES,)),
        (INTERPRETER, (INTERPRETER, NATIVES / "model")),
        (CHIP, (CHIP, NATIVES, ROOT / "models/operators.h")),
        (SIMULATOR, (SIMULATOR, INTERPRETER, NATIVES, CHIP)),
    ],
    ids=("natives", "interpreter", "esp32", "sim"),
)
def test_c_includes_only_what_its_room_may_use(folder, may_include):
    inside = [hit for hit in reached(folder) if hit[2].exists() and ROOT in hit[2].parents]
    assert inside
    assert [
        hit for hit in inside if not any(hit[2] == at or at in hit[2].parents for at in may_include)
    ] == []


@pytest.mark.parametrize("folder", (NATIVES, INTERPRETER), ids=("natives", "interpreter"))
def test_portable_c_includes_no_header_of_a_platform(folder):
    assert [(file, name) for file, name, _ in reached(folder) if PLATFORM.match(name)] == []


def symbols(path, folder):
    """The functions and variables that a file's object has, and those that it needs."""
    object_file = folder / f"{path.parent.name}-{path.stem}.o"
    command = ["cc", "-std=gnu17", "-O0", "-c", "-DESP32=3", f"-I{HEADERS}", f"-I{folder}", path]
    subprocess.run([*command, "-o", object_file], check=True)
    lines = subprocess.run(
        ["nm", object_file], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    kinds = [line.split()[-2:] for line in lines]
    return {name for kind, name in kinds if kind in "TDBRC"}, {name for kind, name in kinds if kind == "U"}


def circle_in(needs):
    """Names that need each other around a circle, where there is one."""
    done = set()

    def follow(name, way):
        if name in way:
            return way[way.index(name) :]
        if name in done:
            return []
        for other in sorted(needs[name]):
            if circle := follow(other, [*way, name]):
                return circle
        done.add(name)
        return []

    return next((circle for name in sorted(needs) if (circle := follow(name, []))), [])


def test_no_two_files_of_c_need_each_other(tmp_path):
    write_identifiers(tmp_path)
    files = [*NATIVES.glob("*/*.c"), *CHIP.glob("*.c"), *INTERPRETER.glob("*.c")]
    seen = {path.relative_to(ROOT).as_posix(): symbols(path, tmp_path) for path in files}
    home = {name: path for path, (has, _) in seen.items() for name in has}
    needs = {path: {home[n] for n in wants if n in home} - {path} for path, (_, wants) in seen.items()}
    assert circle_in(needs) == []


def test_a_circle_is_found():
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["b", "c"]
