"""`renkei plan --nationwide`: a day of the whole country, as a table and a picture. A process of its own."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from harness.catalogue.verdicts import Exit
from harness.cli.guard import guarded
from harness.cli.streams import told
from harness.languages.choice import spoken
from load.estimate.capacity import CapacityError, on_the_line
from load.estimate.estimates import EstimatesError, Table, own
from load.estimate.nationwide import DAY_SECONDS, REFERENCE_BYTES, Day, populations, simulate
from load.estimate.plan_plot import FORMATS, plot
from load.estimate.traffic import Season

_SEED = 2012  # the same day every time
_MODEL = 100_000  # people; the others in proportion
_SHIPPED, _REFERRED = "データを送る", "参照だけを送る"
_SIZES = (
    (1_000_000, "100万人以上"),
    (300_000, "30万人以上"),
    (100_000, "10万人以上"),
    (10_000, "1万人以上"),
    (0, "1万人未満"),
)


def main() -> int:
    """Exit code: 0, or 2 with one sentence."""
    parser = argparse.ArgumentParser(prog="renkei plan --nationwide")
    parser.add_argument("profile", type=Season.named)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    try:
        nationwide(given.profile, Table.read(given.table) if given.table else own(), given.plot)
    except (CapacityError, EstimatesError) as error:
        sys.stderr.write(f"{error}\n")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: 書けない（{error.strerror}）。\n")
    else:
        return int(Exit.CONFORMS)
    return int(Exit.CONFIGURATION)


def nationwide(season: Season, table: Table, picture: Path | None) -> None:
    """Prints both ways of linking beside each other. Raises CapacityError for a picture of no kind that there is."""
    if picture is not None and picture.suffix not in FORMATS:
        raise CapacityError(f"--plot {picture}: {'、'.join(FORMATS)} のどれかに書く。")
    if picture is not None and not picture.absolute().parent.is_dir():
        raise CapacityError(f"--plot {picture}: 書けない（フォルダーがない）。")
    sizes = populations(table.population)
    referring = table.referring(REFERENCE_BYTES / 1000)
    days = {
        _SHIPPED: simulate(on_the_line(season, table, _MODEL), _MODEL, sizes, _SEED),
        _REFERRED: simulate(on_the_line(season, referring, _MODEL), _MODEL, sizes, _SEED),
    }
    _print(Console(), season, days)
    if picture is not None:
        plot(days, picture)
        told("図: {0}", str(picture))


def _print(console: Console, season: Season, days: Mapping[str, Day]) -> None:
    console.print(
        Text(
            spoken(f"全国 {len(days[_SHIPPED].populations):,} 団体の1日　{season.ja}　9時から"), style="bold"
        )
    )
    for name, day in days.items():
        console.print(Text(spoken(f"{name}: 最大 {day.mbps.max():,.1f} Mbps")))
        grid = Grid(box=None, pad_edge=False)
        for heading in ("人口", "団体", "回線", "待ちの出る団体", "最大の滞留", "滞留の消える時刻"):
            grid.add_column(spoken(heading), justify="left" if heading == "人口" else "right")
        above = np.inf
        for least, label in _SIZES:
            chosen = (day.populations >= least) & (day.populations < above)
            above = least
            grid.add_row(spoken(label), *map(spoken, _cells(day, chosen)))
        console.print(grid)


def _cells(day: Day, chosen: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> list[str]:
    speeds = "、".join(_speed(kbps) for kbps in sorted(set(day.lines_kbps[chosen])))
    late = int(np.count_nonzero(day.clear_at[chosen] > 0))
    last = int(day.clear_at[chosen].max(initial=0))
    clear = (
        "-" if not last else "翌日" if last >= DAY_SECONDS else f"{last // 3600:02}:{last % 3600 // 60:02}"
    )
    backlog = f"{day.backlog_kb[chosen].max(initial=0):,.0f} KB"
    return [f"{np.count_nonzero(chosen):,}", speeds, f"{late:,}", backlog, clear]


def _speed(kbps: float) -> str:
    return f"{kbps / 1000:g}M" if kbps >= 1000 else f"{kbps:g}k"


if __name__ == "__main__":
    sys.exit(guarded(lambda: main))
