"""The chip's natives against the real headers, where the environment says where those are:

    IDF_PATH          ESP-IDF 6.0         MODDABLE    the SDK 8.2
    ESP_TFLITE_MICRO  esp-tflite-micro 1.3.8 or later
    CHIP_CC           a C compiler for Xtensa; unless said xtensa-esp32s3-elf-gcc
    CHIP_CFLAGS       what that one needs to find its C library, such as `-isystem FOLDER`

The small headers that the other tests use must have the same prototypes: the real ones come first here, then
every prototype of the small ones again, and the compiler compares."""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from building import CPP_SOURCES, HEADERS, HERE, SOURCES, WARNINGS, compile_errors, write_identifiers

IDF, SDK, TFLM = (os.environ.get(name) for name in ("IDF_PATH", "MODDABLE", "ESP_TFLITE_MICRO"))
COMPILER = os.environ.get("CHIP_CC", "xtensa-esp32s3-elf-gcc")
needs_sdk = pytest.mark.skipif(
    not (IDF and SDK and shutil.which(COMPILER)), reason=f"needs IDF_PATH, MODDABLE and {COMPILER}"
)
needs_tflm = pytest.mark.skipif(not TFLM, reason="needs ESP_TFLITE_MICRO")

# as the SDK calls its compiler
DEFINES = ["__ets__", "ESP32=3", "mxUseDefaultSharedChunks=1", "BOOTLOADER_BUILD=1", "ESP_PLATFORM"]
C_HEADERS = [path for path in sorted(HEADERS.rglob("*.h")) if "tensorflow" not in path.parts]


def idf_folders():
    """Those that the SDK's own makefile lists."""
    makefile = (Path(SDK) / "tools/mcconfig/make.esp32.mk").read_text()
    listed = re.findall(r"\$\(IDF_PATH\)(/\S+)", makefile[makefile.index("DRIVER_DIRS =") :])
    variables = {"ESP32_SUBCLASS": "esp32s3", "ESP_ARCH": "xtensa", "ESP32_BT_SUBCLASS": "esp32"}
    named = [re.sub(r"\$\((\w+)\)", lambda match: variables.get(match[1], "?"), path) for path in listed]
    return [folder for path in dict.fromkeys(named) if (folder := Path(IDF + path)).is_dir()]


def command(tmp_path, *rest):
    write_identifiers(tmp_path)
    (tmp_path / "mc.defines.h").write_text("#pragma once\n")
    xs = [Path(SDK) / "xs" / name for name in ("includes", "platforms/esp", "platforms/mc", "sources")]
    return [
        COMPILER,
        "-std=gnu17",
        *WARNINGS,
        "-U__STRICT_ANSI__",
        *(f"-D{name}" for name in DEFINES),
        f"-I{tmp_path}",
        f"-I{HERE / 'sdk'}",
        *(f"-isystem{folder}" for folder in (*xs, *idf_folders())),
        *shlex.split(os.environ.get("CHIP_CFLAGS", "")),
        *map(str, rest),
    ]


def prototypes(header):
    """The functions that a small header declares, each with its name."""
    text = re.sub(r"^#.*(?:\\\n.*)*", "", header.read_text(), flags=re.M)
    found = re.findall(r"^((?:__attribute__\S+ )?[a-zA-Z][\w *]*?\b(\w+)\([^{}]*?\);)", text, re.M)
    return [(name, declaration) for declaration, name in found if "typedef" not in declaration]


@needs_sdk
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_c_compiles_without_a_warning(source, tmp_path):
    assert compile_errors(command(tmp_path, "-Os", "-S", "-o", "/dev/null", source)) == ""


@needs_sdk
@pytest.mark.parametrize("header", C_HEADERS, ids=lambda path: str(path.relative_to(HEADERS)))
def test_the_small_headers_have_the_prototypes_of_the_real_ones(header, tmp_path):
    name = header.relative_to(HEADERS)
    before = ["xsmc.h"] if header.name == "xsHost.h" else ["freertos/FreeRTOS.h"]
    lines = [f'#include "{include}"' for include in (*before, name)]
    lines += [f"#ifndef {function}\n{declaration}\n#endif" for function, declaration in prototypes(header)]
    source = tmp_path / "again.c"
    source.write_text("\n".join([*lines, ""]))
    assert compile_errors(command(tmp_path, "-fsyntax-only", source)) == ""


@needs_tflm
@pytest.mark.parametrize("source", CPP_SOURCES, ids=lambda path: path.name)
def test_cpp_compiles_without_a_warning(source, tmp_path):
    root = Path(TFLM)
    third = [root / "third_party" / name for name in ("flatbuffers/include", "gemmlowp", "ruy", "kissfft")]
    shutil.copy(HEADERS / "esp_heap_caps.h", tmp_path)
    folders = [f"-isystem{folder}" for folder in (root, *third)]
    assert (
        compile_errors(
            ["g++", "-std=c++17", *WARNINGS, "-fsyntax-only", f"-I{tmp_path}", *folders, str(source)]
        )
        == ""
    )
