"""The block of the summary that tells what the linkage saves, and the pairs."""

from collections.abc import Iterator

from rich.text import Text

from harness.contract.texts import one_line
from harness.languages.choice import Tell, in_japanese
from harness.record.effect import Pair, effects, pairs
from harness.record.values import Run
from reports.layout import crop, pad

_NAME, _NUMBER = 26, 13  # cells
_REGIME = 40
_HEADINGS = ("省けた書類", "照会", "連絡", "項目", "最小限")


def effect_block(run: Run, tell: Tell = in_japanese) -> Iterator[Text]:
    """A line a use case, then two or more a pair; nothing where no message was taken for a use case."""
    found = effects(run)
    if not found:
        return
    yield Text()
    yield Text(tell("ユースケースごとの効果"), style="bold")
    yield Text()
    yield Text("  " + pad("", _NAME) + "".join(_right(tell(heading)) for heading in _HEADINGS), style="dim")
    for name, effect in found:
        share = "-" if effect.ratio is None else f"{effect.ratio:.0%}"
        items = f"{effect.disclosed}/{effect.available}"
        cells = (effect.documents, effect.enquiries, effect.notices, items, share)
        yield Text("  " + pad(name, _NAME) + "".join(_right(str(cell)) for cell in cells))
    for pair in pairs(run):
        yield from _pair(pair, tell)


def _pair(pair: Pair, tell: Tell) -> Iterator[Text]:
    yield Text()
    yield Text(f"  {tell('対比')}  {one_line(pair.name, _REGIME)}", style="bold")
    for side in pair.sides:
        effect = side.effect
        regime = pad(crop(one_line(side.regime, _REGIME), _REGIME), _REGIME)
        decided = f"{one_line(side.decided, _REGIME)}  " if side.decided else ""
        counts = tell(f"書類 -{effect.documents} +{effect.papers}  電文 {effect.messages}")
        yield Text(f"    {regime} {decided}{counts}  {tell('項目')} {effect.disclosed}/{effect.available}")
        days = "-" if side.days is None else side.days
        yield Text(f"    {pad('', _REGIME)} {tell(f'日数 {days}  手順 {side.acts}')}")
    if (saved := pair.saved) is not None:
        less = f"減る書類 {saved.papers}  日数 {saved.days}  手順 {saved.acts}（独自）"
        yield Text(f"    {pad('', _REGIME)} {tell(less)}")


def _right(cell: str) -> str:
    """With a gap before it, however long it is."""
    return pad("", max(_NUMBER - Text(cell).cell_len, 1)) + cell
