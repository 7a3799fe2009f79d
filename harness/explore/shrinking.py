"""Makes a failing story small in few trials, as each is an exchange with a real gateway: beats go by halves, then operations one by one,
then what is left becomes the simplest. hypothesis would do the same in hundreds of trials."""

from collections.abc import Callable, Iterator

from harness.explore.story import Beat, Op, Story
from harness.explore.vocabulary import OPERATIONS

Fails = Callable[[Story], bool]


def shrunk(story: Story, fails: Fails) -> Story:
    """The smallest that was seen to fail; `fails` says no when there is no time left."""
    story = _fewer_beats(story, fails)
    while (smaller := next((s for s in _smaller(story) if fails(s)), None)) is not None:
        story = smaller
    return story


def _fewer_beats(story: Story, fails: Fails) -> Story:
    size = len(story.beats) // 2
    while size:
        start = 0
        while start < len(story.beats):
            without = Story((*story.beats[:start], *story.beats[start + size :]))
            if without.beats and fails(without):
                story = without
            else:
                start += size
        size //= 2
    return story


def _smaller(story: Story) -> Iterator[Story]:
    """One step smaller each: an operation less, one after the other in place of at once, a member that is the simplest."""
    beats = story.beats
    for number, beat in enumerate(beats):
        for place in range(len(beat)):
            rest = (*beat[:place], *beat[place + 1 :])
            fewer = (*beats[:number], *((rest,) if rest else ()), *beats[number + 1 :])
            if fewer:
                yield Story(fewer)
    for number, beat in enumerate(beats):
        if len(beat) > 1:
            yield Story((*beats[:number], *((op,) for op in beat), *beats[number + 1 :]))
    for number, beat in enumerate(beats):
        for simpler in _simpler(beat):
            yield Story((*beats[:number], simpler, *beats[number + 1 :]))


def _simpler(beat: Beat) -> Iterator[Beat]:
    for place, op in enumerate(beat):
        choices = OPERATIONS[op.name].choices
        plain = Op(op.name, tuple((name, choices[name][0]) for name, _ in op.told))
        if plain != op:
            yield (*beat[:place], plain, *beat[place + 1 :])
        for name, value in op.told:
            if value != choices[name][0]:
                told = tuple((n, choices[n][0] if n == name else v) for n, v in op.told)
                yield (*beat[:place], Op(op.name, told), *beat[place + 1 :])
