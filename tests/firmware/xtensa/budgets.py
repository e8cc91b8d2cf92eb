"""Instructions that the natives take on 32-bit Xtensa, beside what they may take (budgets.json).

    python tests/firmware/xtensa/budgets.py            the table
    python tests/firmware/xtensa/budgets.py --write    new budgets: what is measured now, and a quarter more

Counted under QEMU, for an lx106: no divider, no 64-bit product, no floating point, no vectors. The ESP32-S3
has all four, so it takes fewer; and its interpreter is TensorFlow Lite Micro with ESP-NN, so the networks'
rows say how our own portable kernels grow or shrink, not how fast the chip is.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "natives"))
import jobs
from machines32 import instructions, numbers

BUDGETS = Path(__file__).resolve().parent / "budgets.json"
SPARE = 1.25

# Each: what one piece of its work is, its driver, and its job.
MEASURED = {
    "features": ("10 ms", "features", lambda: jobs.features_job(jobs.recording()[: 5 * jobs.RATE])),
    "features and mel": ("10 ms", "mel", lambda: jobs.features_job(jobs.recording()[: 5 * jobs.RATE])),
    "features and plain": ("10 ms", "plain", lambda: jobs.features_job(jobs.recording()[: 5 * jobs.RATE])),
    "wake word": ("10 ms", "wake_word", lambda: jobs.wake_word_job("jarvis", 600)),
    "phone model": ("30 ms", "phones", lambda: jobs.phones_job(jobs.two_seconds())),
    "decoder, home grammar": ("30 ms", "decoder", jobs.decoder_job),
    "ring, 12 pixels": ("picture", "ring", lambda: jobs.ring_job(200, 12)),
    "cues": ("10 ms", "cues", lambda: numbers(16000, 50)),
    "mute": ("buffer", "mute", lambda: numbers(7, 3000)),
    "resources, checked": ("64 KiB", "resources", lambda: jobs.resources_job(2, 65536 - 128)),
}


def measure(name):
    """Mean and most instructions of one piece."""
    _, driver, job = MEASURED[name]
    counts = instructions(driver, job())
    return {"mean": round(sum(counts) / len(counts)), "most": max(counts)}


def budgets():
    return json.loads(BUDGETS.read_text())


def table(measured):
    lines = [
        f"{'instructions on Xtensa':26}{'for':9}{'mean':>12}{'most':>12}{'budget: mean':>14}{'most':>12}"
    ]
    for name, counts in measured.items():
        budget = budgets().get(name, {"mean": 0, "most": 0})
        lines.append(
            f"{name:26}{MEASURED[name][0]:9}{counts['mean']:12,}{counts['most']:12,}"
            f"{budget['mean']:14,}{budget['most']:12,}"
        )
    return "\n".join(lines)


def rounded_up(number):
    """To two digits, upwards."""
    digits = 10 ** max(0, len(str(int(number))) - 2)
    return -(-int(number) // digits) * digits


def main():
    measured = {name: measure(name) for name in MEASURED}
    if "--write" in sys.argv:
        new = {
            name: {key: rounded_up(count * SPARE) for key, count in counts.items()}
            for name, counts in measured.items()
        }
        BUDGETS.write_text(json.dumps(new, indent=2) + "\n")
    print(table(measured))


if __name__ == "__main__":
    main()
