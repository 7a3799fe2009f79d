"""A story is the same in memory, as JSON, and as a table of Gherkin; what is no story is refused in one sentence."""

from typing import Any

import pytest
from gherkin.parser import Parser
from hypothesis import given

from harness.contract.statement import Declares
from harness.explore.feature import to_feature
from harness.explore.search import _stories
from harness.explore.story import Story, StoryError
from harness.explore.vocabulary import OPERATIONS, available
from tests.explore.told import found


@given(_stories(list(OPERATIONS)))
def test_every_story_comes_back(story: Story) -> None:
    assert Story.from_document(story.to_document()) == story
    assert Story.from_rows(story.rows()) == story


@given(_stories(list(OPERATIONS)))
def test_what_costs_time_comes_once(story: Story) -> None:
    names = [op.name for op in story.ops if OPERATIONS[op.name].seldom]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "document",
    [
        None,
        {},
        [{}],
        [[{}]],
        [[{"op": "登録する"}]],
        [[{"op": "登録", "who": 9}]],
        [[{"op": "登録", "whose": 1}]],
        [[{"op": ["登録"]}]],
    ],
)
def test_what_is_no_story_is_refused(document: object) -> None:
    with pytest.raises(StoryError):
        Story.from_document(document)


def test_what_is_left_out_is_the_simplest() -> None:
    story = Story.from_document([[{"op": "登録"}]])
    assert story.ops[0].told == (("who", 0), ("token_of", "own"))


def test_only_what_is_declared_takes_part() -> None:
    nothing = Declares((), (), (), (), (), (), ())
    assert {"登録", "情報登録"} <= set(available(nothing, restarts=False))
    assert not {"照会する", "照会が届く", "連絡する", "承認", "窓口を開く", "再起動"} & set(
        available(nothing, restarts=False)
    )
    assert "再起動" in available(nothing, restarts=True)


def test_the_feature_says_the_story() -> None:
    one = found([[{"op": "情報登録", "version": 2}, {"op": "待つ"}], [{"op": "情報登録", "version": 1}]])
    feature = Parser().parse(to_feature(one))["feature"]
    scenario: Any = dict(feature["children"][0])["scenario"]
    assert {tag["name"] for tag in scenario["tags"]} == {"@機能:探索", "@要件:STO-18"}
    table = [[cell["value"] for cell in row["cells"]] for row in scenario["steps"][0]["dataTable"]["rows"]]
    assert Story.from_rows(table[1:]) == one.story
    assert scenario["steps"][0]["text"] == "種 7 の値で、次の操作を行う"


def test_a_feature_that_cannot_restart_says_so() -> None:
    assert "renkei replay" in to_feature(found([[{"op": "再起動"}]]))
