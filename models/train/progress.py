"""How far a stage is: one line that is renewed on a terminal, a line for every tenth in a log."""

import sys
import time
from collections.abc import Callable, Iterable

CLEAR = "\r\x1b[K"


class Progress:
    def __init__(self, what: str, of: int, out=None, clock: Callable[[], float] = time.monotonic):
        self.what, self.of, self.clock = what, of, clock
        self.out = sys.stdout if out is None else out
        self.started, self.told = clock(), 0

    def show(self, done: int) -> None:
        """`done` of them since this began."""
        tenths = 10 * done // self.of
        is_last = done == self.of
        line = f"{self.what}: {done} of {self.of}, {100 * done // self.of} %"
        if not is_last:
            line += f", {left(self.clock() - self.started, done, self.of)}"
        if self.out.isatty():
            print(f"{CLEAR}{line}", end="\n" if is_last else "", file=self.out, flush=True)
        elif tenths > self.told:
            print(line, file=self.out, flush=True)
        self.told = tenths


def left(seconds: float, done: int, of: int) -> str:
    remaining = seconds / done * (of - done)
    return f"{remaining / 60:.0f} min left" if remaining >= 90 else f"{remaining:.0f} s left"


def finish(results: Iterable[object], what: str, of: int) -> None:
    """Takes all of them, for what is done on the way."""
    progress = Progress(what, of)
    for done, _ in enumerate(results, 1):
        progress.show(done)
