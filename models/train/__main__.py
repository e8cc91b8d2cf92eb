"""`python -m train phones …`, `wake …`, `negatives …` and `embedding …`: each is a module of its own."""

import sys
from importlib import import_module

COMMANDS = {
    "phones": "phones.run",
    "wake": "wake.run",
    "negatives": "wake.negatives",
    "embedding": "embedding.run",
}


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        raise SystemExit(f"no command '{name}': there is {', '.join(COMMANDS)}")
    raise SystemExit(import_module(f".{COMMANDS[name]}", __package__).main(sys.argv[2:]))


main()
