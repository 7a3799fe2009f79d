"""What exploration found, as a scenario: operations of its vocabulary, in the order of a table."""

from pytest_bdd import parsers, when

from harness.explore.performing import perform
from harness.explore.story import Story
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.staging import staged


@when(parsers.parse("種 {seed:d} の値で、次の操作を行う"))
def _perform_story(scene: Scene, seed: int, datatable: list[list[str]]) -> None:
    """Operations of the same number are at the same time. A scenario does not restart the gateway."""
    perform(staged(scene, seed), Story.from_rows(datatable[1:]))
