"""Work done side by side in threads that don't outlive the program: Ctrl-C ends a slow call too."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(
    work: Callable[[Item], Result], items: Sequence[Item], workers: int
) -> Iterator[tuple[int, Result]]:
    """Results with the index of their item, as they are ready.

    The first error is raised here; what hasn't begun by then never does.
    """
    waiting: queue.SimpleQueue[tuple[int, Item]] = queue.SimpleQueue()
    ready: queue.SimpleQueue[tuple[int, Result | BaseException, bool]] = queue.SimpleQueue()
    stop = threading.Event()
    for entry in enumerate(items):
        waiting.put(entry)

    def loop() -> None:
        while not stop.is_set():
            try:
                at, item = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                ready.put((at, work(item), True))
            except BaseException as error:  # handed over, and raised where the results are read
                ready.put((at, error, False))
                return

    for number in range(min(max(1, workers), len(items))):
        threading.Thread(target=loop, name=f"fzwriter-llm-{number}", daemon=True).start()
    try:
        for _ in items:
            at, result, done = ready.get()
            if not done:
                assert isinstance(result, BaseException)
                raise result
            yield at, result  # type: ignore[misc]
    finally:
        stop.set()
