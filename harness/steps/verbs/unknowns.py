"""Names that name nothing: no organisation, no version of 別表第二, no resident has them. What a gateway gives or keeps ids for looks
as any other, so that only whoever looks for it knows that it is not there."""

from base64 import urlsafe_b64encode
from typing import Final
from uuid import UUID

from harness.residents.draw import SLOTS, local_id
from harness.steps.verbs.scene import Scene

UNKNOWN_ORGANISATION: Final = "999997"
UNKNOWN_TABLE: Final = "1999-01-01"


def unknown_local_id(scene: Scene) -> str:
    """A 識別番号 that nobody of the run has."""
    return local_id(scene.seed, scene.index("nobody"), SLOTS - 1)


def unknown_id(scene: Scene) -> str:
    """An id that the gateway has not given."""
    return str(UUID(bytes=scene.digest("id", 16), version=4))


def unknown_token(scene: Scene) -> str:
    """A token that nobody has given."""
    return urlsafe_b64encode(scene.digest("token", 18)).decode()
