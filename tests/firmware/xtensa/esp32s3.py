"""The natives in an emulated ESP32-S3 (PyPI's labwired), in internal RAM and without an operating system."""

import struct
from functools import cache

from compiling import compiled
from machines32 import (
    BARE,
    DRIVERS,
    HERE,
    OWN_MEMCPY,
    XTENSA_GCC,
    C,
    harness,
    header_files,
    native_sources,
    numbers,
)

SCRIPT = HERE / "esp32s3.ld"
SIZES = ["-DJOB_BYTES=40960", "-DMEMORY_BYTES=65536", "-DANSWER_BYTES=40960"]
SMALL = ["-ffunction-sections", "-fdata-sections"]
STEP, MOST_STEPS = "500us", 200


@cache
def image():
    own = harness("esp32s3.c", "bytes.c", "arithmetic_whole.c", "arithmetic_float.c")
    libraries = ["-lgcc", "-Wl,--gc-sections", f"-T{SCRIPT}"]
    command = [XTENSA_GCC, *C, *BARE, *OWN_MEMCPY, *SMALL, *SIZES]
    return compiled(
        "machines", command, [*own, *native_sources()], [*header_files(), SCRIPT], libraries=libraries
    )


def run(driver, job):
    """What the driver answers to the job."""
    from labwired import Sim

    job = numbers(DRIVERS.index(driver)) + job
    with Sim(image(), chip="esp32s3") as chip:
        place = chip.symbol("esp32s3_job")
        for index, (word,) in enumerate(struct.iter_unpack("<I", job)):
            chip.write_u32(place + 4 * index, word)
        chip.write_u32(chip.symbol("esp32s3_job_bytes"), len(job))
        status = wait(chip)
        length = chip.read_u32(chip.symbol("esp32s3_answer_bytes"))
        answer = chip.read_memory(chip.symbol("esp32s3_answer"), length)
    if status != 0:
        raise RuntimeError(f"ESP32-S3, {driver}: exit {status} {answer[-200:]!r}")
    return answer


def wait(chip):
    """Lets it run to its end; returns its exit status."""
    ended = chip.symbol("esp32s3_ended")
    for _ in range(MOST_STEPS):
        chip.run_for(STEP)
        if chip.read_u32(ended):
            return chip.read_u32(ended) - 1
    raise RuntimeError("the program on the ESP32-S3 comes to no end")
