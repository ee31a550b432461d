"""Work done side by side in threads that don't outlive the program: Ctrl-C ends a slow call too."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


_Ready: TypeAlias = "queue.SimpleQueue[tuple[int, Result | BaseException, bool]]"
_SECOND = 1.0


def side_by_side(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    workers: int,
    idle: Callable[[], None] | None = None,
) -> Iterator[tuple[int, Result]]:
    """Results with the index of their item, as they are ready.

    Items are taken in this thread, and work on the first begins while the others are made.
    ``idle`` is called in this thread about once a second while no result is ready.
    The first error is raised here; what hasn't begun by then never does.
    """
    waiting: queue.SimpleQueue[tuple[int, Item] | None] = queue.SimpleQueue()
    ready: _Ready[Result] = queue.SimpleQueue()
    stop = threading.Event()

    def loop() -> None:
        while (entry := waiting.get()) is not None and not stop.is_set():
            at, item = entry
            try:
                ready.put((at, work(item), True))
            except BaseException as error:  # handed over, and raised where the results are read
                ready.put((at, error, False))
                return

    workers = max(1, workers)
    begun = number = 0
    try:
        for entry in enumerate(items):
            waiting.put(entry)
            number += 1
            if begun < workers:
                begun += 1
                threading.Thread(target=loop, name=f"fzwriter-llm-{begun}", daemon=True).start()
        for _ in range(number):
            at, result, done = _next(ready, idle)
            if not done:
                assert isinstance(result, BaseException)
                raise result
            yield at, result  # type: ignore[misc]
    finally:
        stop.set()
        for _ in range(begun):
            waiting.put(None)


def _next(
    ready: _Ready[Result], idle: Callable[[], None] | None
) -> tuple[int, Result | BaseException, bool]:
    while True:
        try:
            return ready.get(timeout=_SECOND if idle else None)
        except queue.Empty:
            if idle:
                idle()
