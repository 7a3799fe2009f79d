"""Our top-level packages have everyday names, and another project may have one of the same name."""

import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

HOME = Path(__file__).parents[1]
ROOMS = ("harness", "mocks", "load", "reports", "features")


def in_the_way(rooms: Iterable[str] = ROOMS) -> str | None:
    """The sentence about the first package that Python would take for one of ours, None where it takes ours."""
    for room in rooms:
        place = _place_of(room)
        if place != HOME / room:
            return f"{place or room}: renkei の {room} と同じ名前のパッケージが先に見つかる。名前を変えるか、別の仮想環境に分ける。"
    return None


def _place_of(room: str) -> Path | None:
    """The folder of a package, or the file of a module; of one that is imported, where it came from."""
    try:
        found = sys.modules[room].__spec__ if room in sys.modules else find_spec(room)
    except ValueError:  # imported without a spec
        return None
    if found is None or found.origin is None:
        return None
    file = Path(found.origin)
    return file.parent if file.name == "__init__.py" else file
