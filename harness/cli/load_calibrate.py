"""`renkei load calibrate`: is a shaped line what it says that it is?"""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Exit
from harness.cli.ending import end
from harness.cli.streams import told
from harness.languages.choice import spoken
from load.estimate.capacity import CapacityError, line_kbps
from load.line.calibration import FILE_NAME, LIMIT, Measured, document, measure_line, rendered
from load.line.kernel import measure_kernel, why_not
from reports.run.views import write_file

HELP = "模擬の回線の速度を理論値と比べ、証明（calibration.json）を書く。誤差が1%を超えれば終了コード3。"
_LINES = ("128k", "1M", "10M", "100M")

LineOption = Annotated[list[str] | None, typer.Option(help="回線（繰り返せる。省略時は 128k〜100M）")]
Out = Annotated[Path, typer.Option(help="書き出すファイル")]


def calibrate(line: LineOption = None, out: Out = Path(FILE_NAME)) -> None:
    """Exits 0, 2 for a line that is none, 3 where the error is above the limit."""
    if out.is_dir() or not out.absolute().parent.is_dir():
        end(f"--out {out}: 書けない（ファイルの名前を、あるフォルダーに書く）。")
    try:
        asked = [line_kbps(text) for text in line or _LINES]
        with TemporaryDirectory(prefix="renkei-calibrate-") as place:
            log = Path(place) / "line.log"
            found = [measure_line(kbps, log) for kbps in asked]
            kernel, reason = _kernel(asked, log)
        content = document(found, kernel, reason)
        write_file(out, rendered(content))
    except (CapacityError, ConfigurationError) as error:
        end(error)
    except OSError as error:
        end(f"{error.filename or '回線'}: {error.strerror or error}。")
    _print(Console(), found, kernel, reason)
    told("較正の記録: {0}", str(out))
    if not content["good"]:
        end(f"誤差が {LIMIT:.0%} を超えた。ほかの負荷のない計算機でもう一度行う。", Exit.BENCH_ERROR)


def _kernel(lines: list[float], log: Path) -> tuple[list[Measured] | None, str]:
    if reason := why_not():
        return None, reason
    try:
        return [measure_kernel(kbps, log) for kbps in lines], ""
    except (subprocess.CalledProcessError, ConfigurationError, OSError) as error:
        return None, f"カーネルが許さない（{type(error).__name__}）"


def _print(console: Console, found: list[Measured], kernel: list[Measured] | None, reason: str) -> None:
    grid = Grid(box=None, pad_edge=False)
    for heading in ("回線 kbps", "実測 kbps", "誤差", "1往復", "カーネル（tbf）の誤差"):
        grid.add_column(spoken(heading), justify="right")
    for number, line in enumerate(found):
        beside = f"{kernel[number].error:+.2%}" if kernel else "-"
        cells = f"{line.kbps:,g}", f"{line.measured_kbps:,.2f}", f"{line.error:+.2%}"
        grid.add_row(*cells, f"{line.round_trip_seconds * 1000:.2f} ms", beside)
    console.print(grid)
    if reason:
        console.print(Text(spoken(f"カーネルとの照合は行っていない（{reason}）。")))
