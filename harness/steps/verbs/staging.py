"""A stage for stimuli within a scenario."""

from functools import partial

from harness.steps.verbs.scene import Scene
from harness.stimuli.stage import Stage

STAGE = "stage"  # under which a scene notes it


def staged(scene: Scene, seed: int) -> Stage:
    """Whose residents are those of the scenario, and whose chance follows from the seed."""
    stage = Stage(
        scene.faces,
        scene.south,
        scene.control,
        seed,
        scene.id,
        scene.others.extend,
        partial(_wait, scene),
    )
    scene.noted[STAGE] = stage
    return stage


def _wait(scene: Scene, seconds: float) -> None:
    scene.waiting_seconds += seconds
