"""A gateway that looks around before it works: `python prying_gateway.py LOOT COMMAND…` writes into LOOT what it was
told without being asked, and what any process that it can look at says of itself, and becomes the command."""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path


def loot() -> dict[str, list[str]]:
    """Where its descriptors lead, its environment and folder, and argv and environment of everybody."""
    descriptors = [
        os.readlink(f"/proc/self/fd/{n}") for n in range(64) if os.path.lexists(f"/proc/self/fd/{n}")
    ]
    own = [*(f"{name}={value}" for name, value in os.environ.items()), str(Path.cwd())]
    everybody = []
    for process in Path("/proc").iterdir():
        for name in ("cmdline", "environ"):
            with suppress(OSError):
                if process.name.isdigit():
                    everybody.append((process / name).read_bytes().decode("utf-8", "replace"))
    return {"descriptors": descriptors, "own": own, "everybody": everybody}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(loot()), encoding="utf-8")
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606  # a shell would be one more process to look at
