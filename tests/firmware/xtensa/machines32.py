"""The portable natives as programs for four machines: this laptop, 32-bit x86, the 32-bit XS host, which goes
the same ways within a JavaScript machine of the chip's size, and 32-bit Xtensa under QEMU.

A program takes a job on its standard input (see harness.h) and answers on its standard output. Compilers and
emulator come from Debian: gcc-multilib, gcc-xtensa-lx106, qemu-user.
"""

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from compiling import ROOT, compiled

HERE = Path(__file__).resolve().parent
NATIVES = ["checksum", "features", "decoder", "ear", "ring", "cues", "queue", "mute", "mic"]
NATIVES += ["resources", "voice"]
DRIVERS = ["features", "wake_word", "phones", "decoder", "whole", "ring", "cues", "queue", "mute", "mic"]
DRIVERS += ["clip", "health", "mel", "plain", "resources", "voice"]

WARNINGS = ["-Wall", "-Wextra", "-Werror"]
C = ["-std=c99", "-O2", "-ffp-contract=off", *WARNINGS]
SSE = ["-m32", "-msse2", "-mfpmath=sse"]  # the x87 unit rounds floats differently
BARE = ["-ffreestanding", "-nostdlib", "-mlongcalls", f"-I{ROOT / 'host-sim/tools/board/include'}"]
OWN_MEMCPY = ["-fno-tree-loop-distribute-patterns", "-fno-strict-aliasing"]  # or it would call itself
XTENSA_GCC = "xtensa-lx106-elf-gcc"
EMULATOR = ["qemu-xtensa", "-cpu", "lx106"]

CREATION = json.loads((ROOT / "manifest.json").read_text())["creation"]
CHIP_SIZE = [
    *("--slots", str(CREATION["heap"]["initial"])),
    *("--chunk-bytes", str(CREATION["chunk"]["initial"])),
    *("--stack-slots", str(CREATION["stack"])),
]
# Newer versions of QEMU accept a plugin only if it was built for an interface that they still have.
PLUGIN_VERSIONS = range(1, 9)


def has_x86_32():
    """Whether the C compiler can also make 32-bit programs."""
    source = "#include <unistd.h>\nint main(void) { return 0; }"
    command = ["cc", "-m32", "-x", "c", "-", "-o", os.devnull]
    return subprocess.run(command, input=source, text=True, capture_output=True).returncode == 0


def has_xtensa():
    return bool(shutil.which(XTENSA_GCC) and shutil.which(EMULATOR[0]))


def native_sources():
    folders = [ROOT / "firmware" / "natives" / name for name in NATIVES] + [ROOT / "host-sim" / "interpreter"]
    return [path for folder in folders for path in sorted(folder.glob("*.c"))]


def harness(*names):
    return [HERE / name for name in ("main.c", "drive_ear.c", "drive_whole.c", "drive_house.c", *names)]


@cache
def program(machine):
    """The path of the program for "x86-64", "x86-32", "xs-32" or "xtensa", built once for each content."""
    if machine == "xs-32":
        return xs_host()
    if machine == "xtensa":
        own = harness("start.c", "bytes.c", "arithmetic_whole.c", "arithmetic_float.c")
        return build([XTENSA_GCC, *C, *BARE, *OWN_MEMCPY], [*own, *native_sources()], ["-lgcc"])
    flags = SSE if machine == "x86-32" else []
    return build(["cc", *C, *flags], [*harness("posix.c"), *native_sources()])


def xs_host():
    command = ["node", "--import", "tsx", "tests/host-sim/sim/xs/desk/build.ts", "--bits", "32"]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def header_files():
    natives = [
        *(ROOT / "firmware" / "natives").glob("*/*.h"),
        *(ROOT / "host-sim/interpreter").glob("*.h"),
    ]
    return [*natives, *(ROOT / "host-sim/tools/board/include").glob("*.h"), *HERE.glob("*.h")]


def build(command, sources, libraries=()):
    return compiled("machines", command, sources, header_files(), libraries=libraries)


@cache
def counter():
    """The path of the plugin that counts instructions, for the QEMU that is here."""
    for version in PLUGIN_VERSIONS:
        flags = ["-fPIC", "-shared", "-fvisibility=hidden", f"-DPLUGIN_VERSION={version}"]
        plugin = build(["cc", *C, *flags], [HERE / "count.c"])
        with tempfile.NamedTemporaryFile() as counts:
            command = [*EMULATOR, "-plugin", f"{plugin},counts={counts.name}", str(program("xtensa"))]
            job = numbers(DRIVERS.index("queue"), 1, 64, 1)
            if subprocess.run(command, input=job, capture_output=True).returncode == 0:
                return plugin
    raise RuntimeError("this QEMU takes none of the plugin interfaces that count.c knows")


def numbers(*values):
    return b"".join(struct.pack("<I", value & 0xFFFFFFFF) for value in values)


def string(data):
    data = bytes(data)
    return numbers(len(data)) + data + bytes(-len(data) % 4)


def run(machine, driver, job, plugin=()):
    """What the driver answers to the job."""
    before = [*EMULATOR, *plugin] if machine == "xtensa" else []
    after = [*CHIP_SIZE, str(HERE / "walk.js")] if machine == "xs-32" else []
    command = [*before, str(program(machine)), *after]
    done = subprocess.run(command, input=numbers(DRIVERS.index(driver)) + job, stdout=subprocess.PIPE)
    if done.returncode != 0:
        raise RuntimeError(f"{machine}, {driver}: exit {done.returncode} {done.stdout[-200:]!r}")
    return done.stdout


def instructions(driver, job):
    """How many instructions Xtensa takes for each piece of the work, the preparation left out."""
    with tempfile.NamedTemporaryFile() as counts:
        run("xtensa", driver, job, ["-plugin", f"{counter()},counts={counts.name}"])
        data = Path(counts.name).read_bytes()
    return list(struct.unpack(f"<{len(data) // 8}Q", data))[1:]


if sys.byteorder != "little":
    raise RuntimeError("jobs are written for little-endian machines")
