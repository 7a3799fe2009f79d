"""ARCHITECTURE.md's floors are the real ones: the drawing equals import-linter's layers and the folders there are."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
][0]["layers"]
PACKAGES = ("harness", "mocks")
PAGES = ("ARCHITECTURE.md", "ARCHITECTURE.en.md")


def drawn_floors(text: str) -> list[set[str]]:
    """The rooms of each row of the drawing, top floor first: names in backticks of the table of floors."""
    rows = re.findall(r"^\| (?:屋上|roof|\d+|地階|ground) \|([^|]+)\|", text, re.MULTILINE)
    return [set(re.findall(r"`([^`]+)/`", row)) for row in rows]


def linted_floors() -> list[set[str]]:
    """The layers that import-linter holds, as folders."""
    return [
        {part.strip().strip("()").replace(".", "/") for part in re.split(r"[|:]", layer)} for layer in LAYERS
    ]


def rooms_there_are() -> set[str]:
    """Every package folder one level below harness and mocks, and the other top-level packages."""
    inner = {f"{p}/{d.name}" for p in PACKAGES for d in (ROOT / p).iterdir() if (d / "__init__.py").exists()}
    top = {d.name for d in ROOT.iterdir() if (d / "__init__.py").exists()} - {*PACKAGES, "tests"}
    return inner | top


@pytest.mark.parametrize("page", PAGES)
def test_the_drawing_shows_the_floors_that_the_linter_holds(page: str) -> None:
    assert drawn_floors((ROOT / page).read_text(encoding="utf-8")) == linted_floors()


def test_every_room_has_its_floor() -> None:
    assert set().union(*linted_floors()) == rooms_there_are()


def test_the_reading_of_the_drawing_sees_a_moved_room() -> None:
    assert drawn_floors("| 屋上 | `harness/cli/` |\n| 1 | `a/` `b/` |") == [{"harness/cli"}, {"a", "b"}]
    assert drawn_floors("| roof | `harness/cli/` |\n| ground | `a/` |") == [{"harness/cli"}, {"a"}]
