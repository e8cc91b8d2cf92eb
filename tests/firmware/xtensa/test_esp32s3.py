"""The portable natives give the laptop's bytes on an emulated ESP32-S3 as well. It is slow, and its internal
RAM is small: so are the jobs, and of the ear only the front end is among them."""

import esp32s3
import jobs
import machines32
import pytest
from machines32 import numbers

pytestmark = pytest.mark.skipif(
    not machines32.has_xtensa(), reason="no Xtensa here: Debian's gcc-xtensa-lx106 and qemu-user are needed"
)
pytest.importorskip("labwired", reason="skipped: the emulator labwired is not installed")

JOBS = {
    "features": lambda: jobs.features_job(jobs.recording()[8000:9280]),
    "mic": lambda: jobs.mic_job(480),
    "ring": lambda: jobs.ring_job(20),
    "queue": lambda: numbers(7, 256, 40),
    "mute": lambda: numbers(7, 200),
}


@pytest.mark.parametrize("driver", JOBS)
def test_gives_the_laptops_bytes(driver):
    job = JOBS[driver]()
    answer = esp32s3.run(driver, job)
    assert len(answer) > 400
    assert answer == machines32.run("x86-64", driver, job)
