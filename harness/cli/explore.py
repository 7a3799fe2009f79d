"""`renkei explore`: orders that nobody thought of, judged by the model, made small, and kept."""

import secrets
import time
from pathlib import Path
from typing import Annotated

import typer

from harness.bench.bench import Target
from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Exit
from harness.cli.exploring import concluded, ended_by, say_who, target_of, went_away
from harness.cli.streams import told
from harness.contract.journal import Entry
from harness.contract.texts import one_line
from harness.explore.keeping import keep
from harness.explore.search import MOST, explore
from harness.explore.session import session
from harness.explore.trials import Trials
from harness.plugin.looking import NOTHING_SEEN
from harness.plugin.options import SEED_BITS
from harness.plugin.whole_record import conclude
from harness.record.reader import read
from harness.stimuli.journalled import stage_on_record
from harness.stimuli.whole_logs import all_notices, whole_logs
from reports.run.views import write_views

_LONGEST_SECONDS = 7 * 86_400.0  # what has no end comes to no verdict


def explore_command(  # noqa: PLR0913  # one parameter an option of the command line
    gateway: Annotated[str, typer.Option(help="検証するゲートウェイ（renkei run と同じ）")] = "reference",
    statement: Annotated[Path | None, typer.Option(help="実装適合宣言 gateway.toml")] = None,
    seconds: Annotated[float, typer.Option(min=0.1, max=_LONGEST_SECONDS, help="探す秒数")] = 60.0,
    shrinking_seconds: Annotated[
        float, typer.Option(min=0.0, max=_LONGEST_SECONDS, help="一つの失敗を小さくするのに使う秒数の上限")
    ] = 20.0,
    failures: Annotated[
        int, typer.Option(min=1, help="これだけの失敗を見つけたら、時間があっても終える")
    ] = MOST,
    seed: Annotated[int | None, typer.Option(help="順序と値の種（省略時は毎回新しい種）")] = None,
    run_folder: Annotated[Path | None, typer.Option(help="実行フォルダー（省略時は runs/日時）")] = None,
    allow_host: Annotated[list[str] | None, typer.Option(help="検証を許す外部のホスト")] = None,
) -> None:
    """Exits 0 where nothing was found, 1 where something was, else as `renkei run`."""
    target = target_of(gateway, statement, run_folder, allow_host or [])
    chosen = secrets.randbits(SEED_BITS) if seed is None else seed
    ended_by(lambda: _explore(target, chosen, seconds, shrinking_seconds, failures))


def _explore(target: Target, seed: int, seconds: float, shrinking_seconds: float, failures: int) -> Exit:
    begun = time.monotonic()
    with session(target, seed) as opened:
        say_who(target, opened.bench)
        exploring = time.monotonic()
        found = explore(opened, seconds, shrinking_seconds, failures)
        spent = time.monotonic() - exploring
        print(
            f"種 {seed}: {opened.tried} の物語、{opened.exchanges} のやりとり（毎秒 {opened.exchanges / spent:.0f}）"
        )
        for one, file in keep(target.folder, opened.journal, found, opened.bench.statement.organisation):
            print(f"× {one.sentence}")
            told("  {0}（同じ名の .feature と .sh）", one_line(str(file), 300))
        known = frozenset(v.requirement for one in found for v in one.tried.violations)
        gone = went_away(opened)
        more = _left_over(opened, known, there=not gone)
        code = Exit.DOES_NOT_CONFORM if found or more or gone else Exit.CONFORMS
        code = concluded(opened, code, begun)
    # Where nothing was found, the views would say of scenarios, of which there are none, that nothing was proven.
    if code == Exit.DOES_NOT_CONFORM:
        write_views(target.folder)
    told("実行フォルダー: {0}", one_line(str(target.folder), 300))
    return code


def _left_over(opened: Trials, known: frozenset[str], *, there: bool) -> bool:
    """Judges the record of all stories together, with the logs whole; tells what it breaks beside that: what reaches beyond one, or comes
    late. `there`: is the gateway? Of one that is gone nothing is expected any more."""
    if there:
        stage = stage_on_record(opened.faces, opened.journal, opened.seed, "記録")
        all_notices(stage)
        whole_logs(stage)
    conclude(opened.journal, opened.path, NOTHING_SEEN, wait=there)
    checks = [entry for entry in read(opened.path) if entry["type"] == Entry.CHECK]
    more = [check for check in checks if not known.issuperset(check["requirements"])]
    for check in more:
        words = [f"{id_} {all_requirements()[id_].ja}" for id_ in check["requirements"]]
        print(f"× {'、'.join(words)}: {check['observed']}（全記録による。小さな順序はない）")
    return bool(checks)
