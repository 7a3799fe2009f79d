"""The logs of a gateway as an auditor asks for them."""

from typing import Any

from harness.steps.verbs.scene import Scene

LOGS = {"アクセス記録": "access", "監査ログ": "audit", "業務ログ": "business"}
ASKED_AND_ANSWERED = 2  # messages of an enquiry that was answered


def log(scene: Scene, name: str, **filters: str) -> list[dict[str, Any]]:
    """The entries of a log. Raises NonconformityError."""
    entries: list[dict[str, Any]] = scene.south.log(name, **filters).expect(200, f"{name}-log")["entries"]
    return entries
