"""Compiles firmware/esp32 with the host's compilers, against the small headers beside this file."""

import os
import re
import subprocess
from pathlib import Path

from compiling import ROOT, compiled

CHIP = ROOT / "firmware/esp32"
NATIVES = ROOT / "firmware/natives"
HERE = ROOT / "tests/firmware/esp32"
HEADERS = HERE / "headers"
FAKES = HERE / "fakes"
SOURCES = sorted(CHIP.glob("*.c"))
CPP_SOURCES = sorted(CHIP.glob("*.cpp"))
# what the natives of the chip are made of besides, in the tests of how they behave
PORTABLE = [
    source for name in ("mic", "mute", "queue", "cues") for source in sorted(NATIVES.glob(f"{name}/*.c"))
]
WARNINGS = ["-Wall", "-Wextra", "-Werror"]


def identifiers(sources=SOURCES):
    """JavaScript names that the SDK's xsid finds in C sources: by their letters, before any preprocessor."""
    text = "".join(source.read_text() for source in sources)
    return sorted(set(re.findall(r"xsID_([0-9A-Za-z_]+)", text)))


def write_identifiers(folder, sources=SOURCES):
    """Writes the mc.xs.h that the SDK would generate, without the names that are only in JavaScript."""
    lines = [f"#define xsID_{name} {number}" for number, name in enumerate(identifiers(sources), 1)]
    (folder / "mc.xs.h").write_text("\n".join(["#pragma once", *lines, ""]))


def compile_errors(command):
    """What the compiler says, nothing when it is content."""
    result = subprocess.run(command, capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stderr or f"{command[0]} failed"


def build_library(name, sources, flags=()):
    """Compiles and links into one shared object in build/, once for each content."""
    sources = [Path(source) for source in sources]
    headers = [*CHIP.glob("*.h"), *NATIVES.glob("*/*.h"), *HEADERS.rglob("*.h"), *FAKES.glob("*.h")]
    command = [
        os.environ.get("CC", "cc"),
        "-std=gnu17",
        "-O1",
        "-g",
        "-fPIC",
        "-shared",
        "-pthread",
        *WARNINGS,
        f"-I{HEADERS}",
        f"-I{FAKES}",
        *flags,
    ]
    return compiled(f"chip/{name}", command, sources, headers, suffix=".so")
