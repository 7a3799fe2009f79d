"""`renkei plan`: what the published estimates do to an access line, and what to change."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from harness.cli.ending import end
from harness.languages.choice import spoken
from load.estimate.capacity import (
    COMFORTABLE,
    CapacityError,
    Hour,
    Offered,
    State,
    hours_needed,
    line_kbps,
    line_needed,
    on_the_line,
    published,
    schedule,
    state,
)
from load.estimate.estimates import EstimatesError, Table, own
from load.estimate.traffic import Season

_SHOWN = 12  # hours of the schedule that are shown, the others in JSON

Population = Annotated[int | None, typer.Option(help="人口")]
LineOption = Annotated[str, typer.Option(help="アクセス回線（128k、10M など）")]
Profile = Annotated[str, typer.Option(help="通常期、繁忙期、一斉照会")]
TableFile = Annotated[Path | None, typer.Option("--table", help="試算の表（TOML。省略時は内蔵の表）")]
Nationwide = Annotated[bool, typer.Option("--nationwide", help="全国1,741団体の1日を計算する")]
Plot = Annotated[Path | None, typer.Option(help="全国の図を書くファイル（.png、.svg）")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON で示す")]


@dataclass(frozen=True)
class Side:
    """A load, and the line under it."""

    offered: Offered
    state: State

    def to_document(self) -> dict[str, object]:
        """As JSON has it."""
        return {**asdict(self.offered), "per_second": self.offered.per_second, **asdict(self.state)}


@dataclass(frozen=True)
class Answer:
    """Everything that is said. `published`: as the estimates have it, data alone; `on_the_line`: signed and encrypted."""

    population: int
    profile: str
    line_kbps: float
    usual_kbps: float
    published: Side
    on_the_line: Side
    hours_needed: float
    line_needed_kbps: float | None
    schedule: tuple[Hour, ...]

    def to_document(self) -> dict[str, object]:
        """As JSON has it."""
        sides = {"published": self.published.to_document(), "on_the_line": self.on_the_line.to_document()}
        return {**asdict(self), **sides, "schedule": [asdict(hour) for hour in self.schedule]}


def plan(  # noqa: PLR0913  # one parameter an option of the command line
    population: Population = None,
    line: LineOption = "128k",
    profile: Profile = "一斉照会",
    table: TableFile = None,
    whole: Nationwide = False,
    plot: Plot = None,
    as_json: AsJson = False,
) -> None:
    """Exits 0, or 2 for a question without an answer."""
    try:
        season, estimates = Season.named(profile), Table.read(table) if table else own()
        if whole and as_json:
            raise CapacityError("--json は --nationwide とともには使えない。")
        if whole:
            raise typer.Exit(_nationwide(season, table, plot))
        if population is None or plot is not None:
            raise CapacityError("--population で人口を示す。--plot は --nationwide とともに使う。")
        found = _answer(season, estimates, population, line_kbps(line))
    except (CapacityError, EstimatesError, ValueError) as error:
        end(str(error))
    except OSError as error:
        end(f"{error.filename}: 書けない（{error.strerror}）。")
    if as_json:
        print(json.dumps(found.to_document(), ensure_ascii=False, indent=1))
    else:
        _print(Console(), found)


def _nationwide(season: Season, table: Path | None, plot: Path | None) -> int:
    """In a process of its own: numpy and matplotlib take a second to load, which no other command should wait for."""
    given = {"--table": table, "--plot": plot}
    options = [part for name, path in given.items() if path for part in (name, str(path.absolute()))]
    command = [sys.executable, "-I", "-m", "harness.cli.plan_nationwide", season.ja, *options]
    # Its library of figures reads a matplotlibrc that lies where it is called.
    return subprocess.run(command, cwd=Path(__file__).parent, check=False).returncode


def _answer(season: Season, table: Table, population: int, line: float) -> Answer:
    """Everything that is said, as plain values."""
    usual = on_the_line(Season.NORMAL, table, population).kbps
    real = on_the_line(season, table, population)
    return Answer(
        population,
        season.ja,
        line,
        usual,
        published=_of(published(season, table, population), line, 0.0),
        on_the_line=_of(real, line, usual),
        hours_needed=hours_needed(real, line),
        line_needed_kbps=line_needed(real),
        schedule=tuple(schedule(real, line)),
    )


def _of(offered: Offered, line: float, background: float) -> Side:
    return Side(offered, state(offered, line, background))


def _print(console: Console, found: Answer) -> None:
    place = f"人口 {found.population:,} 人　{found.profile}　回線 {found.line_kbps:g} kbps"
    console.print(Text(place, style="bold"))
    grid = Grid(box=None, pad_edge=False)
    for heading in ("", "文書の試算\n（データだけ）", "実際の電文\n（署名・暗号化後）"):
        grid.add_column(spoken(heading), justify="left" if not heading else "right", no_wrap=True)
    sides = found.published, found.on_the_line
    for label, cell in _ROWS.items():
        grid.add_row(spoken(label), *(spoken(cell(side)) for side in sides))
    console.print(grid)
    if found.on_the_line.state.backlog_kb:
        usual = f"続けて流れる通常期の分（{found.usual_kbps:,.2f} kbps）を除いた速さで消える。"
        console.print(Text(f"実際の電文の滞留は、{usual}"), soft_wrap=True)
    for sentence in _advice(found):
        console.print(Text(sentence), soft_wrap=True)


_ROWS: dict[str, Callable[[Side], str]] = {
    "負荷": lambda s: f"{s.offered.kbps:,.2f} kbps",
    "電文": lambda s: f"{s.offered.per_second:,.3f} 通/秒（1通 {s.offered.message_kb:,.1f} KB）",
    "使用率": lambda s: f"{s.state.utilisation:.1%}",
    "1通の待ちと送信（M/D/1）": lambda s: _seconds(s.state.delay_seconds, "増え続ける"),
    "時間の終わりの滞留": lambda s: f"{s.state.backlog_kb:,.0f} KB",
    "滞留が消えるまで": lambda s: _seconds(s.state.drain_seconds, "消えない"),
}


def _seconds(value: float | None, never: str) -> str:
    if value is None:
        return never
    return f"{value:,.2f} 秒" if value < 600 else f"{value / 3600:,.1f} 時間"


def _advice(found: Answer) -> list[str]:
    real, line = found.on_the_line, found.line_needed_kbps
    if real.state.utilisation <= COMFORTABLE:
        return [f"この回線で足りる（使用率 {COMFORTABLE:.0%} まで）。"]
    hours, rows = found.hours_needed, found.schedule
    said = [
        f"使用率を {COMFORTABLE:.0%} に抑えるには、次のどれかを行う。",
        f"  {hours:,.1f} 時間に分けて送る（今は {real.offered.seconds / 3600:,.1f} 時間）。",
        f"  回線を {line:,} kbps にする。" if line else "  一覧にある回線では足りない。",
        f"  1時間に {rows[0].messages:,} 通（{rows[0].kb:,.0f} KB）ずつ送る:",
    ]
    said += [f"    {row.number} 時間目  {row.messages:,} 通" for row in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        said.append(f"    …  全部で {len(rows)} 時間（--json ですべて示す）")
    return said
