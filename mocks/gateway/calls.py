"""Which functions of the gateway a run calls, and when: what a scenario does not call, no defect of it can change."""

import inspect
import time
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from mocks.gateway.functions import Functions, as_a

Note = Callable[[str], None]


def recorded(functions: Functions, path: Path) -> Functions:
    """The same gateway, writing a line `seconds-since-1970 function.method` to a file at each call."""
    file = path.open("a", buffering=1, encoding="utf-8")

    def note(name: str) -> None:
        file.write(f"{time.time():.4f} {name}\n")

    parts = {f.name: getattr(functions, f.name) for f in fields(functions) if f.name != "storage"}
    return replace(functions, **{name: as_a(_noting(name, part, note), part) for name, part in parts.items()})


def methods_of(function: type) -> dict[str, Callable[..., Any]]:
    """What a function of the gateway can be asked to do."""
    found = inspect.getmembers(function, inspect.isfunction)
    return {name: method for name, method in found if not name.startswith("__")}


def _noting(name: str, part: Any, note: Note) -> type[Any]:
    methods = methods_of(type(part)).items()
    noting = {method: _noted(f"{name}.{method}", call, note) for method, call in methods}
    return type(f"Noting{type(part).__name__}", (type(part),), noting)


def _noted(name: str, call: Callable[..., Any], note: Note) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(call):

        async def later(*args: Any, **kwargs: Any) -> Any:
            note(name)
            return await call(*args, **kwargs)

        return later

    def now(*args: Any, **kwargs: Any) -> Any:
        note(name)
        return call(*args, **kwargs)

    return now
