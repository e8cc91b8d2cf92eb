"""The header of the second look's numbers is that which its table makes."""

import subprocess
import sys

from machines import ROOT


def test_the_header_is_made_from_the_table():
    folder = ROOT / "firmware/natives/ear"
    made = subprocess.run(
        [sys.executable, folder / "make_second_look.py"], capture_output=True, check=True
    ).stdout
    header = (folder / "second_look_numbers.h").read_bytes()
    assert header == made, "make it anew: python make_second_look.py > second_look_numbers.h"
