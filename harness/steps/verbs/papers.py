"""Papers as several step files look at them: not before there is a claim."""

from datetime import date

from harness.steps.verbs.scene import Scene


def must_follow_the_claim(scene: Scene, day: str) -> None:
    """Raises RuntimeError, or ValueError for what is no date: a slip of the scenario, and of the days that reports count."""
    if date.fromisoformat(day) < scene.claim.get("date", date.min):
        raise RuntimeError(f"{day} は申請の日より前である")
