"""The chip's natives compile without a warning, and what is written in two places agrees."""

import json
import re
import shutil

import pytest
from building import (
    CHIP,
    CPP_SOURCES,
    HEADERS,
    NATIVES,
    ROOT,
    SOURCES,
    WARNINGS,
    compile_errors,
    write_identifiers,
)

ALL_SOURCES = [*NATIVES.glob("*/*.c"), *SOURCES, *CPP_SOURCES]
C_FLAGS = ["-std=gnu17", *WARNINGS, "-DESP32=3", "-Os", "-S", "-o", "/dev/null"]
CPP_FLAGS = ["-std=c++17", "-fno-exceptions", *WARNINGS, "-Os", "-S", "-o", "/dev/null"]
PLATFORM = json.loads((CHIP / "manifest.json").read_text())["platforms"]["esp32"]


def compilers(*names):
    return [name for name in names if shutil.which(name)]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
@pytest.mark.parametrize("name", compilers("gcc", "clang") or ["cc"])
def test_c_compiles_without_a_warning(name, source, tmp_path):
    write_identifiers(tmp_path)
    command = [name, *C_FLAGS, f"-I{HEADERS}", f"-I{tmp_path}", str(source)]
    assert compile_errors(command) == ""


PASTED = """#include "xsmc.h"
#include "mc.xs.h"
#define ID(NAME) xsID_##NAME
xsIdentifier planted(void) { return ID(gamma); }
"""


@pytest.mark.parametrize(
    ("text", "refused"), [(PASTED, True), (PASTED.replace("ID(gamma)", "xsID_gamma"), False)]
)
def test_an_identifier_that_only_the_preprocessor_makes_stops_the_build(text, refused, tmp_path):
    source = tmp_path / "planted.c"
    source.write_text(text)
    write_identifiers(tmp_path, [source])
    command = [compilers("gcc", "clang", "cc")[0], *C_FLAGS, f"-I{HEADERS}", f"-I{tmp_path}", str(source)]
    errors = compile_errors(command)
    assert ("xsID_gamma" in errors) == refused
    assert (errors != "") == refused


@pytest.mark.parametrize("source", CPP_SOURCES, ids=lambda path: path.name)
@pytest.mark.parametrize("name", compilers("g++", "clang++") or ["c++"])
def test_cpp_compiles_without_a_warning(name, source):
    assert compile_errors([name, *CPP_FLAGS, f"-I{HEADERS}", str(source)]) == ""


def test_the_manifest_names_every_source_that_the_chip_needs():
    listed = {(CHIP / source).resolve() for source in PLATFORM["modules"]["*"]}
    assert listed == set(ALL_SOURCES)


def test_no_two_sources_have_the_same_name_because_the_sdk_would_drop_one_in_silence():
    names = [source.name for source in ALL_SOURCES]
    assert sorted(names) == sorted(set(names))


def test_every_driver_that_is_included_is_a_dependency():
    texts = "".join(source.read_text() for source in (*CHIP.glob("*.[ch]"), *CPP_SOURCES))
    included = set(re.findall(r'#include "driver/([a-z0-9]+)', texts)) | set(
        re.findall(r'#include "(esp_partition)', texts)
    )
    declared = {item["idf"].removeprefix("esp_driver_") for item in PLATFORM["dependency"] if "idf" in item}
    assert included == declared


@pytest.mark.parametrize("name", ["ear", "ring", "loudspeaker"])
def test_javascript_names_functions_that_there_are_and_all_of_them(name):
    named = set(re.findall(r"ative\(\s*'(\w+)'", (CHIP / f"{name}.js").read_text()))
    sources = "".join(path.read_text() for path in SOURCES)
    assert named == set(re.findall(rf"^void (xs_chip_{name}\w*)\(", sources, re.M))


def test_the_function_that_reads_the_serial_port_is_there():
    named = re.search(r"ative\('(\w+)'\)", (CHIP / "serial/read.js").read_text()).group(1)
    assert f"void {named}(xsMachine *the)" in (CHIP / "serial_xs.c").read_text()


@pytest.mark.parametrize("name", ["ear", "ring", "loudspeaker"])
def test_each_class_has_what_its_declaration_says(name):
    body = re.search(r"class \w+ .*?^}", (CHIP / f"{name}.js").read_text(), re.S | re.M).group()
    made = set(re.findall(r"^  (?:get )?(\w+)\(", body, re.M))
    declared = re.search(r"class \w+ \{.*?^}", (CHIP / f"{name}.d.ts").read_text(), re.S | re.M).group()
    readable = set(re.findall(r"^  readonly (\w+):", declared, re.M))
    callbacks = set(re.findall(r"^  (\w+)\?:", declared, re.M))
    callable_ = set(re.findall(r"^  (\w+)\(", declared, re.M))
    assert made == readable | callable_
    for callback in callbacks:
        assert any(f"xsID_{callback}" in path.read_text() for path in SOURCES)


def test_the_chip_can_have_the_operators_that_the_laptop_has():
    interpreter = (ROOT / "host-sim" / "interpreter" / "operators.c").read_text()
    table = re.search(r"kernels\[\] = \{.*?\};", interpreter, re.S).group()
    on_laptop = re.findall(r"\{OPERATOR_(\w+),", table)
    on_chip = re.findall(r"\buse\((\w+), (\w+)\)", (CHIP / "tflm.cpp").read_text())
    assert sorted(name for name, _ in on_chip) == sorted(on_laptop)
    assert [name.replace("_", "").lower() for name, _ in on_chip] == [method.lower() for _, method in on_chip]


@pytest.mark.parametrize(
    ("operators", "refused"), [("3, 142", False), ("3, 142, 34", False), ("3, 3", True), ("3, 100", True)]
)
def test_an_operator_that_the_chip_cannot_have_or_has_twice_stops_the_build(operators, refused):
    flags = [*CPP_FLAGS, f"-I{HEADERS}", f"-DMODEL_OPERATORS={operators}"]
    errors = compile_errors([compilers("g++", "clang++")[0], *flags, str(CHIP / "tflm.cpp")])
    assert ("lacks, or has one twice" in errors) == refused
    assert (errors != "") == refused
