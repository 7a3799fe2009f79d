"""`renkei compare`: what differs between two runs."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.catalogue.verdicts import Exit
from harness.cli.ending import end
from harness.contract.texts import one_line
from harness.record.comparison import Comparison, compare
from harness.record.run import read_run
from harness.record.values import Run
from reports.run.reasons import damage

_MOST = 40  # scenarios that are named; the number is always told
_NAME = 120
_HASHES = (
    ("suite", "検証の内容"),
    ("environment", "環境（ゲートウェイ、宣言、版）"),
    ("run", "住民データと選択"),
)

Before = Annotated[Path, typer.Argument(help="前の実行フォルダー")]
After = Annotated[Path, typer.Argument(help="後の実行フォルダー")]


def compare_command(before: Before, after: After) -> None:
    """Exit code 0 where nothing got worse or lost, 1 where something did, 2 where there is no record to read, 4 where one is
    damaged and nothing got worse in what is left of it."""
    runs = _read(before), _read(after)
    found = compare(*runs)
    _print(Console(), found)
    for folder, run in zip((before, after), runs, strict=True):
        if sentence := damage(run):
            sys.stderr.write(f"{one_line(str(folder), _NAME)}: {sentence}\n")
    if not found.holds:
        raise typer.Exit(int(Exit.DOES_NOT_CONFORM))
    if any(run.damaged for run in runs):
        end("損なわれた記録からは、悪くなっていないとは言えない。", Exit.INCONCLUSIVE)
    print("悪くなったことはない。")


def _read(folder: Path) -> Run:
    try:
        return read_run(folder)
    except OSError as error:
        end(f"{folder}: 実行の記録を読めない（{error.strerror}）。")


def _print(console: Console, found: Comparison) -> None:
    lines = ["同じ検証か"]
    for name, label in _HASHES:
        one, other = (getattr(hashes, name) for hashes in found.hashes)
        same = "同じ" if one == other and one else "違う"
        lines.append(f"  {same}  {label}  {one[:12] or '記録なし'} / {other[:12] or '記録なし'}")
    lines.append(f"判定の変わった要件  {len(found.changes)}件")
    lines += [f"  {one_line(c.id, _NAME)}  {c.before or 'なし'} → {c.after or 'なし'}" for c in found.changes]
    for label, ids in (("実行されなくなった検査", found.lost), ("新たに実行された検査", found.gained)):
        lines.append(f"{label}  {len(ids)}件")
        lines += [f"  {one_line(id_, _NAME)}" for id_ in ids[:_MOST]]
    lines.append(f"検査の所要時間（中央値）  {found.seconds[0]:.3f} 秒 → {found.seconds[1]:.3f} 秒")
    lines.append(f"提供した項目  {found.disclosed[0]} → {found.disclosed[1]}")
    if not found.holds:
        lines.append("満たさなくなった要件、又は実行されなくなった検査がある。")
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
