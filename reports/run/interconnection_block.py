"""The summary on a terminal of two gateways against each other: what is about each, and at last both on a few lines."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from harness.contract.organisations import organisations
from harness.contract.sides import Side
from harness.contract.texts import one_line
from harness.languages.choice import JAPANESE, Tell, speaking
from harness.record.values import Run
from reports.layout import wrap
from reports.run.interconnection import Half, exit_of, halves_of, heading_of
from reports.run.summary import HEAD_STYLES, NARROWEST, WIDTH, print_summary

_NAME = 120  # characters


def print_summaries(
    runs: Sequence[Run], console: Console, folder: Path | None = None, language: str = JAPANESE
) -> None:
    """Of one gateway its summary; of two that of each, and both."""
    for run in runs:
        own = folder / Side.PARTNER if folder and run.meta.side is Side.PARTNER else folder
        print_summary(run, console, own, language)
    width = max(min(console.width, WIDTH), NARROWEST)
    for line in _both(halves_of(runs), width, speaking(language)):
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)


def _both(halves: Sequence[Half], width: int, tell: Tell) -> Iterator[Text]:
    """For whoever reads the last lines only."""
    if not halves:
        return
    exit_ = exit_of(halves)
    style = HEAD_STYLES.get(exit_, "bold black on yellow")
    head = Text().append(f" {tell(heading_of(exit_))} ", style=style)
    yield from (Text(), head.append(f"  {tell('二つのゲートウェイの相互接続')}"))
    for half in halves:
        yield from (Text(f"  {line}") for line in wrap("　".join(_told(half, tell)), width - 2))


def _told(half: Half, tell: Tell) -> Iterator[str]:
    """What whoever was tested says of itself is not translated."""
    meta = half.assessment.run.meta
    yield f"{tell(half.side.called)}: {tell(half.assessment.heading)}"
    known = organisations().get(meta.organisation)
    yield f"{known.name}（{known.code}）" if known else one_line(meta.organisation, _NAME)
    yield from (one_line(meta.product, _NAME), one_line(meta.gateway, _NAME))
    yield f"{tell('確かめた要件')} {len(half.looked_at)}"
    unmet = "、".join(one_line(id_, _NAME) for id_ in half.not_met)
    yield f"{tell('満たしていない要件')} {unmet or tell('なし')}"
