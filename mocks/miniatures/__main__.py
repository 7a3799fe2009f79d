"""`python -m mocks.miniatures null|refuses-everything|knows-programs|clock-4.5 --network URL`: flags and ready line of mocks.gateway."""

import sys
from collections.abc import Sequence
from dataclasses import asdict

from mocks.gateway.app import FACES
from mocks.gateway.profiles import FULL, PROFILES
from mocks.gateway.settings import Settings, SettingsError
from mocks.miniatures import knowing, null, off, refuses_everything
from mocks.miniatures.face import miniature
from mocks.web.serving import PortTakenError, bind, serve

MINIATURES = {"null": null.answer, "refuses-everything": refuses_everything.answer}
CONFIGURATION = 2  # exit code: configuration (guide §10)


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 after SIGTERM, 2 where it cannot start, with one sentence on stderr."""
    name = arguments[0] if arguments else ""
    if (seconds := off.seconds_of(name)) is not None:
        return off.run(seconds, arguments[1:])
    if name not in MINIATURES and name not in knowing.SIGNS:
        names = "、".join((*MINIATURES, *knowing.SIGNS))
        sys.stderr.write(f"{name}: その名前はない（ある名前: {names}、clock-4.5）。\n")
        return CONFIGURATION
    try:
        if name in knowing.SIGNS:
            knowing.run(name, arguments[1:])
            return 0
        settings = Settings.from_arguments("mocks.miniatures", arguments[1:])
        about = {"declares": asdict(PROFILES[FULL]), "contract": settings.contract}
        serve(miniature(settings, name, MINIATURES[name]), [bind(settings.port)], FACES, about)
    except (SettingsError, PortTakenError) as error:
        sys.stderr.write(f"{error}\n")
        return CONFIGURATION
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
