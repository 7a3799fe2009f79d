"""What `renkei load run` shows: which profiles there are, where it is, and what it came to."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid
from rich.text import Text

from harness.spec.journal import FILE_NAME, Entry, read
from harness.spec.texts import one_line
from load.following import Progress as Where
from load.planning import Plan
from load.profiles import FOLDER, Profile, names
from load.watching import Watch

_LONGEST = 200  # characters of what a gateway says
_GATES = {
    "p50_ms": ("応答 50%", "ms"),
    "p95_ms": ("応答 95%", "ms"),
    "p99_ms": ("応答 99%", "ms"),
    "p999_ms": ("応答 99.9%", "ms"),
    "acceptance_p99_ms": ("受付 99%", "ms"),
    "error_ratio": ("誤りの割合", ""),
    "achieved_rate": ("達成した割合", ""),
    "dropped": ("送れなかった到着", "件"),
    "lag_p99_ms": ("予定からの遅れ 99%", "ms"),
    "line_utilisation": ("回線の使用率", ""),
}


def print_profiles(console: Console) -> None:
    """All of the package."""
    grid = Grid(box=None, pad_edge=False)
    for heading in ("プロファイル", "長さ", "何を見るか"):
        grid.add_column(heading)
    for profile in (Profile.read(FOLDER / f"{name}.toml") for name in names()):
        grid.add_row(profile.name, f"{profile.seconds:,.0f} 秒", profile.summary)
    console.print(grid)
    console.print(
        Text("名前の前に A- から D- を付けると、そのモデル団体の人口と回線で行う（例: A-一斉照会）。")
    )


class Shown:
    """A bar on the terminal, gone when the run is over. Nothing that a gateway said is shown here."""

    def __init__(self, console: Console) -> None:
        self.console = console
        columns = (TextColumn("{task.description}"), BarColumn(20), TaskProgressColumn(), TimeElapsedColumn())
        self.bar = Progress(*columns, console=console, transient=True)
        self.task = self.bar.add_task("準備している", total=None)

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.bar.stop()

    def phase(self, text: str) -> None:
        """What happens now."""
        self.bar.update(self.task, description=text)

    def begin(self, plan: Plan) -> None:
        """What is going to be done, for good."""
        wish, path = plan.wish, plan.wish.path
        line = f"{path.bits_per_second / 1000:,g} kbps" if path else "なし"
        place = f"　{wish.municipality.name}" if wish.profile.season else ""
        said = f"{wish.profile.name}{place}　回線 {line}　{wish.seconds:,g} 秒　{plan.count:,} 件"
        self.console.print(Text(said, style="bold"))

    def tell(self, where: Where) -> None:
        """Where the run is."""
        if where.watch is None:
            self.phase(where.phase)
            return
        watch = where.watch
        self.bar.update(
            self.task,
            description=f"{where.phase}　{_numbers(watch)}",
            total=watch.lasts,
            completed=min(where.second, watch.lasts),
        )


def print_outcome(console: Console, folder: Path) -> None:
    """The summary, from the journal."""
    entries: dict[str, list[dict[str, Any]]] = {}
    for entry in read(folder / FILE_NAME):
        entries.setdefault(entry["type"], []).append(entry)
    for entry in entries.get(Entry.LOAD_HISTOGRAM, []):
        if entry["series"] == "response" and entry["count"]:
            shown = "　".join(
                f"{p}% {ms:,.1f}" for p, ms in entry["percentiles"].items() if p in {"50", "95", "99", "99.9"}
            )
            console.print(Text(f"応答（予定の時刻から、ms）　{shown}"))
    if gates := entries.get(Entry.GATE):
        console.print(_gates(gates))
    for entry in entries.get(Entry.RECONCILIATION, []):
        numbers = f"送信 {entry['sent']:,}　受付 {entry['accepted']:,}　応答 {entry['answered']:,}"
        faults = "　".join(f"{name} {count:,}" for name, count in entry["counts"].items() if count)
        checked = len(entries.get(Entry.SAMPLE, []))
        console.print(Text(f"{numbers}　検査した応答 {checked:,}{'　' + faults if faults else ''}"))
    [ending] = entries[Entry.END]
    if ending.get("late"):
        console.print(Text(f"回線に待たされ、負荷の後に回線を開放してから届いた応答 {ending['late']:,}"))
    if ending["stopped"]:
        console.print(Text(one_line(ending["stopped"], _LONGEST)))
    found = "　".join(
        one_line(str(ending[k]), _LONGEST) for k in ("verdict", "code", "observed") if ending[k]
    )
    console.print(Text(found, style="bold"))
    if ending["expected"]:
        console.print(Text(f"期待: {one_line(ending['expected'], _LONGEST)}"))
    console.print(Text(f"{folder}/load.html"), soft_wrap=True)


def _gates(gates: list[dict[str, Any]]) -> Grid:
    grid = Grid(box=None, pad_edge=False)
    for heading in ("ゲート", "実測", "限度", ""):
        grid.add_column(heading, justify="right" if heading in {"実測", "限度"} else "left")
    for gate in gates:
        name, unit = _GATES[gate["name"]]
        least = "以上" if gate["name"] == "achieved_rate" else "以下"
        observed = "-" if gate["observed"] is None else f"{_number(gate['observed'])} {unit}"
        verdict = {True: "守った", False: "守れない", None: "測っていない"}[gate["met"]]
        grid.add_row(name, observed, f"{_number(gate['limit'])} {unit}{least}", verdict)
    return grid


def _number(value: float) -> str:
    """Ratios to four digits, milliseconds and counts to a tenth."""
    return f"{value:,.4g}" if value < 10 else f"{value:,.1f}".removesuffix(".0")


def _numbers(watch: Watch) -> str:
    p99 = watch.response.ms(99)
    shown = f"送信 {watch.sent:,}/{len(watch.planned):,}　応答 {watch.answered:,}"
    shown += f"　誤り {watch.errors:,}" if watch.errors else ""
    return shown + (f"　99% {p99:,.0f} ms" if p99 is not None else "")
