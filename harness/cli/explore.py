"""`renkei explore`: orders that nobody thought of, judged by the model, made small, and kept."""

import secrets
import time
from pathlib import Path
from typing import Annotated

import typer

from harness.bench.bench import Target
from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Exit
from harness.cli.exploring import ended_by, say_who, target_of
from harness.contract.texts import one_line
from harness.explore.keeping import keep
from harness.explore.search import explore
from harness.explore.session import finish, left_over, session
from harness.plugin.options import SEED_BITS


def explore_command(  # noqa: PLR0913  # one parameter an option of the command line
    gateway: Annotated[str, typer.Option(help="検証するゲートウェイ（renkei run と同じ）")] = "reference",
    statement: Annotated[Path | None, typer.Option(help="実装適合宣言 gateway.toml")] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="探す秒数")] = 60.0,
    shrinking_seconds: Annotated[
        float, typer.Option(min=0.0, help="一つの失敗を小さくするのに使う秒数の上限")
    ] = 20.0,
    seed: Annotated[int | None, typer.Option(help="順序と値の種（省略時は毎回新しい種）")] = None,
    run_folder: Annotated[Path | None, typer.Option(help="実行フォルダー（省略時は runs/日時）")] = None,
    allow_host: Annotated[list[str] | None, typer.Option(help="検証を許す外部のホスト")] = None,
) -> None:
    """Exits 0 where nothing was found, 1 where something was, else as `renkei run`."""
    target = target_of(gateway, statement, run_folder, allow_host or [])
    chosen = secrets.randbits(SEED_BITS) if seed is None else seed
    ended_by(lambda: _explore(target, chosen, seconds, shrinking_seconds))


def _explore(target: Target, seed: int, seconds: float, shrinking_seconds: float) -> Exit:
    begun = time.monotonic()
    with session(target, seed) as opened:
        say_who(target, opened.bench)
        found = explore(opened, seconds, shrinking_seconds)
        spent = time.monotonic() - begun
        print(
            f"種 {seed}: {opened.tried} の物語、{opened.exchanges} のやりとり（毎秒 {opened.exchanges / spent:.0f}）"
        )
        files = keep(target.folder, found, opened.bench.statement.organisation)
        for one, file in zip(found, files, strict=True):
            print(f"× {one.sentence}\n  {one_line(str(file), 300)}（同じ名の .feature と .sh）")
        known = frozenset(v.requirement for one in found for v in one.tried.violations)
        more = left_over(opened, known)
        for violation in more:
            words = all_requirements()[violation.requirement].ja
            print(
                f"× {violation.requirement} {words}: {violation.observed}（全記録による。小さな順序はない）"
            )
        code = Exit.DOES_NOT_CONFORM if found or more else Exit.CONFORMS
        finish(opened, code, begun)
    print(f"実行フォルダー: {one_line(str(target.folder), 300)}")
    return code
