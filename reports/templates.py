"""The pages' templates: everything escaped, nothing undefined."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template


def render(name: str, filters: dict[str, Callable[..., Any]], **values: Any) -> bytes:
    """A template of this room, filled in; UTF-8."""
    return compiled(name, tuple(filters.items())).render(**values).encode()


@cache
def compiled(name: str, filters: tuple[tuple[str, Callable[..., Any]], ...]) -> Template:
    """Compiled once for both languages."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= dict(filters)
    return environment.from_string(resource(name))


@cache
def resource(name: str) -> str:
    """A file of this room: a template, a style sheet, a script, labels."""
    return (files("reports") / name).read_text(encoding="utf-8")
