"""What `renkei load run` shows: which profiles there are, and where it is."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid
from rich.text import Text

from harness.contract.texts import one_line, visible
from harness.languages.choice import spoken
from load.judge.following import Progress as Where
from load.judge.watching import Watch
from load.prepare.planning import Plan
from load.prepare.profiles import FOLDER, Profile, names


def print_profiles(console: Console) -> None:
    """All of the package."""
    grid = Grid(box=None, pad_edge=False)
    for heading in ("プロファイル", "長さ", "何を見るか"):
        grid.add_column(spoken(heading))
    for profile in (Profile.read(FOLDER / f"{name}.toml") for name in names()):
        cells = (profile.name, spoken(f"{profile.seconds:,.0f} 秒"), spoken(profile.summary))
        grid.add_row(*map(Text, cells))
    console.print(grid)
    console.print(
        Text(spoken("名前の前に A- から D- を付けると、そのモデル団体の人口と回線で行う（例: A-一斉照会）。"))
    )


class Shown:
    """A bar on the terminal, gone when the run is over. Nothing that a gateway said is shown here."""

    def __init__(self, console: Console) -> None:
        self.console = console
        columns = (TextColumn("{task.description}"), BarColumn(20), TaskProgressColumn(), TimeElapsedColumn())
        self.bar = Progress(*columns, console=console, transient=True)
        self.task = self.bar.add_task(spoken("準備している"), total=None)

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.bar.stop()

    def phase(self, text: str) -> None:
        """What happens now."""
        self.bar.update(self.task, description=spoken(text))

    def begin(self, plan: Plan, gateway: str) -> None:
        """What is going to be done, for good. `gateway`: as it was asked for."""
        wish, quality = plan.wish, plan.wish.line
        line = f"{quality.bits_per_second / 1000:,g} kbps" if quality else "なし"
        place = f"　{wish.municipality.name}" if wish.profile.season else ""
        said = f"{wish.profile.name}{place}　回線 {line}　{wish.seconds:,g} 秒　{plan.count:,} 件"
        self.console.print(Text(spoken(said), style="bold"))
        self.console.print(Text(f"ゲートウェイ {one_line(gateway, 300)}"), soft_wrap=True)

    def tell(self, where: Where) -> None:
        """Where the run is."""
        if where.note:
            self.console.print(Text(visible(where.note)), soft_wrap=True)
        if where.watch is None:
            self.phase(where.phase)
            return
        watch = where.watch
        self.bar.update(
            self.task,
            description=spoken(f"{where.phase}　{_numbers(watch)}"),
            total=watch.lasts,
            completed=min(where.second, watch.lasts),
        )


def _numbers(watch: Watch) -> str:
    p99 = watch.response.ms(99)
    said = f"送信 {watch.sent:,}/{len(watch.planned):,}　応答 {watch.answered:,}"
    said += f"　誤り {watch.errors:,}" if watch.errors else ""
    return said + (f"　99% {p99:,.0f} ms" if p99 is not None else "")
