"""An event loop in a thread of its own, so that synchronous and asynchronous callers may use one network."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class LoopThread:
    """A loop that runs, and the thread that it runs in."""

    loop: asyncio.AbstractEventLoop
    thread: threading.Thread

    def wait(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """The result, for a synchronous caller. Raises RuntimeError on the loop itself: it would wait for ever."""
        if threading.current_thread() is self.thread:
            work.close()
            raise RuntimeError(
                "httpx.Client on the network's own loop would wait for itself: use httpx.AsyncClient"
            )
        return self._started(work).result()

    async def result(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """The result, for a caller on any asyncio loop, this one included."""
        return await asyncio.wrap_future(self._started(work))

    def _started(self, work: Coroutine[Any, Any, _Result]) -> Future[_Result]:
        return asyncio.run_coroutine_threadsafe(work, self.loop)


@contextmanager
def loop_thread() -> Iterator[LoopThread]:
    """Runs until the end of the block; what is still at work then is cancelled."""
    loop = asyncio.new_event_loop()
    running = LoopThread(loop, threading.Thread(target=loop.run_forever, name="network", daemon=True))
    running.thread.start()
    try:
        yield running
    finally:
        running.wait(_cancel_the_rest())
        loop.call_soon_threadsafe(loop.stop)
        running.thread.join()
        loop.close()


async def _cancel_the_rest() -> None:
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
