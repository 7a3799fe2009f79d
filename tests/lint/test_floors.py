"""ARCHITECTURE.md's floors are the real ones: the drawing equals import-linter's layers and the folders there are."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
][0]["layers"]
PACKAGES = ("harness", "mocks")


def drawn_floors(text: str) -> list[set[str]]:
    """The rooms of each row of the drawing, top floor first: names in backticks of the table under 「階」."""
    rows = re.findall(r"^\| (?:屋上|\d|地階) \|([^|]+)\|", text, re.MULTILINE)
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


def test_the_drawing_shows_the_floors_that_the_linter_holds() -> None:
    assert drawn_floors((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")) == linted_floors()


def test_every_room_has_its_floor() -> None:
    assert set().union(*linted_floors()) == rooms_there_are()


def test_the_reading_of_the_drawing_sees_a_moved_room() -> None:
    assert drawn_floors("| 屋上 | `harness/cli/` |\n| 1 | `a/` `b/` |") == [{"harness/cli"}, {"a", "b"}]
