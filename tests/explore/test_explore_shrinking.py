"""A failing story becomes the smallest that still fails, in few trials."""

from random import Random

from harness.explore.shrinking import shrunk
from harness.explore.story import Op, Story
from harness.explore.vocabulary import OPERATIONS


def drawn(draw: Random, beats: int) -> Story:
    def op() -> Op:
        name = draw.choice(list(OPERATIONS))
        return Op(name, tuple((m, draw.choice(c)) for m, c in OPERATIONS[name].choices.items()))

    return Story(tuple(tuple(op() for _ in range(draw.choice((1, 2)))) for _ in range(beats)))


def in_order(story: Story, *names: str) -> bool:
    said = iter([op.name for op in story.ops])
    return all(name in said for name in names)


def test_what_matters_stays_in_its_order() -> None:
    for seed in range(30):
        draw = Random(seed)
        culprit = Story.from_document([[{"op": "情報登録", "version": 2}], [{"op": "情報削除", "who": 2}]])
        first, second = drawn(draw, 9), drawn(draw, 9)
        story = Story((*first.beats, culprit.beats[0], *second.beats, culprit.beats[1]))
        tried: list[Story] = []

        def fails(one: Story, tried: list[Story] = tried) -> bool:
            tried.append(one)
            return in_order(one, "情報登録", "情報削除")

        small = shrunk(story, fails)
        assert [op.name for op in small.ops] == ["情報登録", "情報削除"]
        assert all(value == OPERATIONS[op.name].choices[m][0] for op in small.ops for m, value in op.told)
        assert len(tried) < 150


def test_a_member_that_matters_stays() -> None:
    story = drawn(Random(1), 8)
    wanted = Story.from_document([[{"op": "情報登録", "version": 2, "who": 1}]])
    story = Story((*story.beats, *wanted.beats))

    def fails(one: Story) -> bool:
        return any(op.name == "情報登録" and op.number("version") == 2 for op in one.ops)

    assert shrunk(story, fails) == Story.from_document([[{"op": "情報登録", "version": 2}]])


def test_at_once_becomes_one_after_the_other_where_that_fails_too() -> None:
    at_once = Story.from_document([[{"op": "登録"}, {"op": "情報登録"}]])
    assert len(shrunk(at_once, lambda one: len(one.ops) == 2).beats) == 2
    assert shrunk(at_once, lambda one: len(one.ops) == 2 and len(one.beats) == 1) == at_once


def test_without_time_it_stays_as_it_is() -> None:
    story = drawn(Random(2), 6)
    assert shrunk(story, lambda _: False) == story
