"""The arithmetic that the harness adds to Xtensa's is that of IEEE 754 and of C."""

import subprocess

from machines32 import HERE, C, build


def test_equals_the_laptops_own_on_awkward_numbers():
    sources = [HERE / f"arithmetic_{name}.c" for name in ("whole", "float", "fuzz")]
    done = subprocess.run([build(["cc", *C], sources)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "equal\n")
