"""Work for several processes at a time."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from ..interrupt import leave_interrupts_to_the_parent


def side_by_side(calls: list[tuple[Callable, ...]], workers: int) -> None:
    """Each call is a function with its arguments, begun in this order. After the first that fails no more are
    begun, and its error is told at once; those that run already come to their end."""
    with ProcessPoolExecutor(workers, get_context("spawn"), leave_interrupts_to_the_parent) as pool:
        try:
            for done in as_completed([pool.submit(*call) for call in calls]):
                done.result()
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        except BaseException as problem:
            print(f"stopping: {problem!r}", flush=True)
            pool.shutdown(cancel_futures=True)
            raise
