"""Ctrl-C: work ends within a few seconds, workers included, and leaves nothing in the temporary folder."""

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from multiprocessing import active_children

STOPPED = 130  # as shells have it
MOST_SECONDS = 4.0


def interruptible(work: Callable[[], int]) -> int:
    """What `work` returns, or STOPPED. Temporary files, those of its workers too, are removed in the end."""
    scratch = tempfile.mkdtemp(prefix="earshot-train-")
    os.environ["TMPDIR"] = tempfile.tempdir = scratch  # the workers', too

    def stop(*_) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=end_anyway, args=(scratch,), daemon=True).start()
        end_children()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    try:
        return work()
    except KeyboardInterrupt:
        print("stopped; the same command goes on where it was", flush=True)
        return STOPPED
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def end_children() -> None:
    for child in active_children():
        child.terminate()


def end_anyway(scratch: str) -> None:
    """For work that does not hear of the interrupt, as within a library of C."""
    threading.Event().wait(MOST_SECONDS)
    for child in active_children():
        child.kill()
    print("stopped; the same command goes on where it was", flush=True)
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(STOPPED)


def leave_interrupts_to_the_parent() -> None:
    """For workers: a terminal sends Ctrl-C to all, and each would tell of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
