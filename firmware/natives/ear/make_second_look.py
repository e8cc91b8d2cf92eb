"""Writes second_look_numbers.h to standard output: the numbers of second_look.json as the natives want
them, losses and logits in 256ths of a nat. The scorer and training read the same file.

    python make_second_look.py > second_look_numbers.h
"""

import json
import textwrap
from pathlib import Path

NAT = 256
WIDTH = 110


def macro(name: str, number: dict) -> str:
    value = round(NAT * number["nats"]) if "nats" in number else number["count"]
    comment = textwrap.fill(f"/* {number['why']} */", WIDTH, subsequent_indent=" * ")
    return f"{comment}\n#define {name} {f'({value})' if value < 0 else value}\n"


numbers = json.loads((Path(__file__).parent / "second_look.json").read_text())
print("/* Written by make_second_look.py from second_look.json; do not edit. */")
print("#ifndef EARSHOT_SECOND_LOOK_NUMBERS_H\n#define EARSHOT_SECOND_LOOK_NUMBERS_H\n")
print("\n".join(macro(name, number) for name, number in numbers.items()))
print("#endif")
