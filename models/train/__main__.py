"""`python -m train phones …`, `wake …`, `negatives …`, `embedding …`, `read …`, `voice …`: a module each."""

import sys
from importlib import import_module

from . import arguments
from .interrupt import interruptible

COMMANDS = {
    "phones": (arguments.of_phones, "phones.run"),
    "wake": (arguments.of_wake, "wake.run"),
    "negatives": (arguments.of_negatives, "wake.negatives"),
    "embedding": (arguments.of_embedding, "embedding.run"),
    "read": (arguments.of_read, "voices.read_aloud"),
    "voice": (arguments.of_voice, "voice.run"),
}


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in ("-h", "--help"):
        raise SystemExit(print(f"models:train -- COMMAND …: {', '.join(COMMANDS)}; each knows --help"))
    if name not in COMMANDS:
        raise SystemExit(f"no command '{name}': there is {', '.join(COMMANDS)}")
    read, module = COMMANDS[name]
    read(sys.argv[2:])  # helps or refuses before anything large is loaded
    raise SystemExit(interruptible(lambda: import_module(f".{module}", __package__).main(sys.argv[2:])))


main()
