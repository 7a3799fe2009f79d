"""What exploration found, as a scenario: operations of its vocabulary, in the order of a table."""

from functools import partial

from pytest_bdd import parsers, when

from harness.explore.performing import perform
from harness.explore.story import Story
from harness.steps.sentences.stimuli import STAGE, waits
from harness.steps.verbs.scene import Scene
from harness.stimuli.stage import Stage


@when(parsers.parse("種 {seed:d} の値で、次の操作を行う"))
def _perform(scene: Scene, seed: int, datatable: list[list[str]]) -> None:
    """Operations of the same number are at the same time. A scenario does not restart the gateway."""
    stage = Stage(
        scene.faces,
        scene.south,
        scene.control,
        seed,
        scene.id,
        scene.others.extend,
        partial(waits, scene),
    )
    scene.noted[STAGE] = stage
    perform(stage, Story.from_rows(datatable[1:]))
