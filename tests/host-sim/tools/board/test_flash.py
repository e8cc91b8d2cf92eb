"""`npm run flash` against a chip that is a pseudo terminal: what it writes, what it checks, and what it says
when the chip does not answer."""

import random
import subprocess
from pathlib import Path

import pytest
from rom import CHANGE_BAUD, DEFLATE_BEGIN, ESP32_C3, FLASH_4_MIB, FLASH_16_MIB, MD5, Rom

ROOT = Path(__file__).resolve().parents[4]
FLASH_BYTES = 8 * 1024 * 1024
SECONDS = 300  # far more than it takes, for machines that do much else
RESOURCES, RESOURCES_AT = "resources.bin", 0x3E0000
PIECES = {
    "bootloader.bin": (0x0, 20_000),
    "partition-table.bin": (0x8000, 3_072),
    "xs_esp32.bin": (0x10000, 70_001),
    "ota_data_initial.bin": (0x390000, 8_192),
}


@pytest.fixture
def build(tmp_path):
    """A folder as mcconfig leaves it, with files of random bytes that compress badly and well by turns."""
    folder = tmp_path / "bin/esp32/esp32-s3-devkitc/release/earshot"
    folder.mkdir(parents=True)
    chance = random.Random(1)
    for name, (_, size) in PIECES.items():
        (folder / name).write_bytes(chance.randbytes(size // 2) + bytes(size - size // 2))
    (tmp_path / RESOURCES).write_bytes(chance.randbytes(90_001))
    return tmp_path


@pytest.fixture
def rom_with():
    roms = []

    def start(**options):
        roms.append(Rom(FLASH_BYTES, **options))
        return roms[-1]

    yield start
    for rom in roms:
        rom.close()


def flash(build, rom, *options):
    command = [
        "node",
        "host-sim/cli/run.mjs",
        "flash",
        "--build",
        build,
        "--port",
        rom.port,
        "--no-reset",
        *options,
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)


def test_every_piece_lands_at_its_address_and_nothing_else_is_written(build, rom_with):
    rom = rom_with()
    result = flash(build, rom)
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == [
        "0x000000",
        "0x008000",
        "0x010000",
        "0x390000",
        "0x3e0000",
    ]
    assert lines[-1] == "written and checked; press RESET"
    expected = bytearray(b"\xff" * FLASH_BYTES)
    for name, (address, _) in {**PIECES, RESOURCES: (RESOURCES_AT, 0)}.items():
        content = next(build.rglob(name)).read_bytes()
        # the tool fills up to whole words
        padded = content + b"\xff" * (-len(content) % 4)
        expected[address : address + len(padded)] = padded
    assert rom.flash == expected
    # of what was there, and of what is now
    assert rom.commands.count(MD5) == 2 * (len(PIECES) + 1)


def test_only_what_differs_is_written_again(build, rom_with):
    rom = rom_with()
    flash(build, rom)
    whole = bytes(rom.flash)
    assert rom.commands.count(DEFLATE_BEGIN) == len(PIECES) + 1
    again = flash(build, rom)
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.count(": there already") == len(PIECES) + 1
    assert rom.commands.count(DEFLATE_BEGIN) == len(PIECES) + 1
    (build / RESOURCES).write_bytes(b"other models" * 100)
    third = flash(build, rom)
    written = [line for line in third.stdout.splitlines() if line.startswith("  0x")]
    assert [line for line in written if "there already" not in line] == [
        "  0x3e0000  resources.bin, 1200 bytes"
    ]
    assert rom.commands.count(DEFLATE_BEGIN) == len(PIECES) + 2
    assert rom.flash[:RESOURCES_AT] == whole[:RESOURCES_AT]
    assert rom.flash[RESOURCES_AT : RESOURCES_AT + 1200] == b"other models" * 100


def test_a_chip_that_cannot_sum_up_its_flash_before_it_is_written_gets_everything(build, rom_with):
    rom = rom_with(sums=lambda commands: DEFLATE_BEGIN in commands)
    assert flash(build, rom).returncode == 0
    assert rom.commands.count(DEFLATE_BEGIN) == len(PIECES) + 1


def test_resources_that_do_not_fit_their_place_are_refused(build, rom_with):
    (build / RESOURCES).write_bytes(bytes(0x280001))
    result = flash(build, rom_with())
    assert result.returncode == 2
    assert "the resources have 2621441 bytes; their place has 2621440" in result.stderr


def test_the_speed_is_asked_of_the_chip_unless_it_is_the_roms(build, rom_with):
    fast, slow = rom_with(chip_id=ESP32_C3), rom_with(chip_id=ESP32_C3)  # refused before anything is written
    flash(build, fast)
    flash(build, slow, "--baud", "115200")
    assert (fast.commands.count(CHANGE_BAUD), slow.commands.count(CHANGE_BAUD)) == (1, 0)


def test_flash_that_does_not_keep_what_is_written_is_noticed(build, rom_with):
    result = flash(
        build, rom_with(spoil=lambda block: block[:-1] + bytes([block[-1] ^ 1]) if block else block)
    )
    assert result.returncode == 1
    assert "MD5" in result.stderr


def test_another_chip_is_refused_before_anything_is_written(build, rom_with):
    rom = rom_with(chip_id=ESP32_C3)
    result = flash(build, rom)
    assert result.returncode == 1
    assert "not an ESP32-S3" in result.stderr
    assert rom.flash == b"\xff" * FLASH_BYTES


def test_a_smaller_flash_than_the_boards_is_refused_before_anything_is_written(build, rom_with):
    rom = rom_with(flash_id=FLASH_4_MIB)
    result = flash(build, rom)
    assert result.returncode == 1
    assert "its flash has 4 MiB and the board's has 8 MiB: is it this board?" in result.stderr
    assert rom.flash == b"\xff" * FLASH_BYTES


@pytest.mark.parametrize("flash_id", [FLASH_16_MIB, 0xFFFFFF])
def test_a_larger_flash_and_one_that_does_not_tell_its_size_will_do(build, rom_with, flash_id):
    assert flash(build, rom_with(flash_id=flash_id)).returncode == 0


def test_a_port_that_does_not_answer_is_told_with_what_to_do(build, rom_with):
    result = flash(build, rom_with(answers=False))
    assert result.returncode == 1
    assert "hold BOOT, press RESET" in result.stderr


def test_a_port_that_does_not_exist_is_told(build, tmp_path):
    command = ["node", "host-sim/cli/run.mjs", "flash", "--build", build, "--port", tmp_path / "none"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)
    assert result.returncode == 1
    assert str(tmp_path / "none") in result.stderr


def test_a_build_that_is_not_whole_is_refused(build, rom_with):
    next(build.rglob("partition-table.bin")).unlink()
    rom = rom_with()
    result = flash(build, rom)
    assert result.returncode == 2
    assert "partition-table.bin is missing" in result.stderr
    assert rom.commands == []


def test_firmware_that_does_not_fit_its_slot_is_refused(build, rom_with):
    next(build.rglob("xs_esp32.bin")).write_bytes(bytes(0x1C0001))
    result = flash(build, rom_with())
    assert result.returncode == 2
    assert "the firmware has 1835009 bytes; its slot has 1835008" in result.stderr


def test_nothing_built_is_told_with_the_command_that_builds(tmp_path, rom_with):
    result = flash(tmp_path, rom_with())
    assert result.returncode == 2
    assert f"npm run build -- --board esp32-s3-devkitc --output {tmp_path}" in result.stderr


def test_nothing_built_is_told_with_the_options_of_the_build_that_is_wanted():
    board = ["--board", "m5stack-cores3", "--mode", "debug", "--portable-kernels"]
    command = ["node", "host-sim/cli/run.mjs", "flash", *board, "--port", "none"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)
    assert result.returncode == 2
    assert "npm run build -- --board m5stack-cores3 --debug --portable-kernels" in result.stderr
