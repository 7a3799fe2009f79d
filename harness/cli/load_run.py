"""`renkei load run`: a load as the published estimates have it, against a gateway, over a line."""

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from traceback import format_exception
from typing import Annotated

import typer
from rich.console import Console

from harness.bench.bench import Target
from harness.bench.run_folder import make, new_folder
from harness.catalogue.findings import ConfigurationError, InconclusiveError, NonconformityError
from harness.catalogue.verdicts import Exit, Verdict
from harness.cli.ending import end
from harness.cli.load_outcome import print_outcome, write_load_report
from harness.cli.load_progress import Shown, print_profiles
from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.contract.seclusion import seclude
from harness.contract.statement import Statement, StatementError
from harness.gateways.kinds import shown as readable
from load import LOOPBACK
from load.estimate.capacity import CapacityError
from load.estimate.estimates import EstimatesError
from load.first_entry import Settings
from load.judge.answers import Sampling
from load.judge.outcome import INTERRUPTED, LoadOutcome
from load.line.calibration import measure_line
from load.prepare.planning import Asked, Wish, plan_of, wish_of
from load.prepare.profiles import ProfileError
from load.run import LoadRun
from load.send.environment import opened
from load.send.generator import Workers, free_port

HELP = "試算どおりの負荷をかけ、応答を検査し、ゲートを判定する。ゲートを守れなければ終了コード5。"
_SAMPLE_LEAST = 1_000  # answers that are checked, where there are so many
_ERROR_LOG = "bench-error.log"
_MOST_RESIDENTS, _MOST_WORKERS = 100_000, 64

Gateway = Annotated[str, typer.Option(help="renkei run と同じ（reference、http:URL、command:命令 …）")]
Profile = Annotated[
    str, typer.Option(help="プロファイルの名前（A-一斉照会 のように団体を付けられる）か .toml")
]
Municipality = Annotated[str | None, typer.Option(help="モデル団体 A、B、C、D（省略時は B）")]
Population = Annotated[int | None, typer.Option(help="モデル団体の代わりに、自分の団体の人口")]
LineOption = Annotated[str | None, typer.Option(help="アクセス回線（128k、10M など。none は回線なし）")]
Scale = Annotated[float, typer.Option(help="到着の速さの倍数")]
Seconds = Annotated[float | None, typer.Option(help="長さ（秒。省略時はプロファイルの長さ）")]
TableFile = Annotated[Path | None, typer.Option("--table", help="試算の表（TOML。省略時は内蔵の表）")]
Residents = Annotated[int, typer.Option(min=1, max=_MOST_RESIDENTS, help="登録する住民の数")]
Sample = Annotated[float, typer.Option(min=0.0, max=1.0, help="検査する応答の割合（少なくとも1,000件）")]
Processes = Annotated[int | None, typer.Option("-n", min=1, max=_MOST_WORKERS, help="Locust のプロセスの数")]
RemoteWorkers = Annotated[
    int | None,
    typer.Option(min=1, max=_MOST_WORKERS, help="-n の代わりに、他の計算機で始める Locust のワーカーの数"),
]
WebUi = Annotated[bool, typer.Option("--web-ui", help="Locust の画面でも見る（この計算機からだけ）")]
Bind = Annotated[str, typer.Option(help="そのワーカーを待つ、この計算機のアドレス（信頼できる網だけで）")]
AllowHost = Annotated[list[str] | None, typer.Option(help="負荷をかけてよい外部のホスト")]


@dataclass(frozen=True)
class _Given:
    """What is left of the command line once the profile is known."""

    gateway: str
    statement: Statement | None
    settings: Settings


def run(  # noqa: PLR0913  # one parameter an option of the command line
    gateway: Gateway = "reference",
    profile: Profile = "通常期",
    municipality: Municipality = None,
    population: Population = None,
    line: LineOption = None,
    scale: Scale = 1.0,
    seconds: Seconds = None,
    table: TableFile = None,
    residents: Residents = 200,
    sample: Sample = 0.05,
    workers: Processes = None,
    remote_workers: RemoteWorkers = None,
    bind: Bind = LOOPBACK,
    web_ui: WebUi = False,
    seed: Annotated[int | None, typer.Option(help="住民と到着の種（省略時は毎回新しい種）")] = None,
    statement: Annotated[Path | None, typer.Option(help="実装適合宣言 gateway.toml")] = None,
    run_folder: Annotated[Path | None, typer.Option(help="実行フォルダー（省略時は runs/日時）")] = None,
    allow_host: AllowHost = None,
    listing: Annotated[bool, typer.Option("--list", help="プロファイルの一覧を示し、実行しない")] = False,
) -> None:
    """Exits 0, 1 (does not conform), 2, 3, 4 (no verdict) or 5 (a gate was missed)."""
    if listing:
        print_profiles(Console())
        raise typer.Exit(0)
    try:
        wish = wish_of(Asked(profile, municipality, population, line, scale, seconds, table))
        senders = _senders(workers, remote_workers, bind, web_ui=web_ui)
        declared = Statement.load(statement) if statement else None
        folder, drawn = new_folder(run_folder), secrets.randbits(32) if seed is None else seed
        make(folder)
    except (ProfileError, CapacityError, EstimatesError, StatementError, ConfigurationError) as error:
        end(error)
    seclude()
    sampling = Sampling(sample, _SAMPLE_LEAST, drawn)
    settings = Settings(gateway, folder, drawn, residents, senders, sampling, tuple(allow_host or ()))
    raise typer.Exit(int(_journaled(wish, _Given(gateway, declared, settings))))


def _senders(workers: int | None, remote: int | None, bind: str, *, web_ui: bool) -> Workers:
    """Raises ConfigurationError."""
    if remote is None and bind != LOOPBACK:
        raise ConfigurationError("--bind は --remote-workers とともに使う。")
    if remote is None:
        return Workers(workers or min(os.cpu_count() or 1, 2), web_ui=web_ui)
    if workers is not None:
        raise ConfigurationError("-n と --remote-workers は、どちらか一方にする。")
    free_port(bind)  # an address of another machine is said before anything is prepared
    return Workers(remote, bind, web_ui)


def _journaled(wish: Wish, given: _Given) -> Exit:
    """The run, its journal with an end whatever happens, and its views."""
    folder = given.settings.folder
    journal = Journal.open(folder / FILE_NAME, "load")
    with Shown(Console(stderr=True)) as shown:
        try:
            found = _carried_out(wish, given, journal, shown)
        except (ConfigurationError, ProfileError) as error:
            return _ended(journal, LoadOutcome(Exit.CONFIGURATION, Verdict.INCONCLUSIVE, "", str(error)))
        except NonconformityError as error:
            told = error.finding.code, error.observed, error.expected
            found = LoadOutcome(Exit.DOES_NOT_CONFORM, Verdict.FAIL, *told)
            _ended(journal, found)
        except InconclusiveError as error:
            found = LoadOutcome(Exit.INCONCLUSIVE, Verdict.INCONCLUSIVE, error.finding.code, error.observed)
            _ended(journal, found)
        except KeyboardInterrupt:
            found = LoadOutcome(Exit.INCONCLUSIVE, Verdict.INCONCLUSIVE, "", INTERRUPTED)
            _ended(journal, found)
        except OSError as error:
            return _ended(
                journal, LoadOutcome(Exit.BENCH_ERROR, Verdict.INCONCLUSIVE, "BENCH_ERROR", str(error))
            )
        except Exception as error:  # Python itself would say 1: does not conform
            log = folder / _ERROR_LOG
            log.write_text("".join(format_exception(error)), encoding="utf-8", errors="backslashreplace")
            said = f"検証台の誤り（{type(error).__name__}）。詳しくは {log}"
            return _ended(journal, LoadOutcome(Exit.BENCH_ERROR, Verdict.INCONCLUSIVE, "BENCH_ERROR", said))
    written = write_load_report(folder)
    print_outcome(Console(), folder)
    if written:
        return found.exit
    sys.stderr.write(f"{folder}: 報告を書けない。renkei report {folder} でもう一度書ける。\n")
    return found.exit or Exit.BENCH_ERROR


def _carried_out(wish: Wish, given: _Given, journal: Journal, shown: Shown) -> LoadOutcome:
    settings = given.settings
    target = Target(given.gateway, given.statement, settings.folder, settings.allowed, seed=settings.seed)
    measured = None
    if wish.line:
        shown.phase("回線を較正している")
        measured = measure_line(wish.line.bits_per_second / 1000, settings.folder / "calibration.log")
    shown.phase("ネットワークとゲートウェイを起動している")
    with opened(target, wish.line) as environment:
        plan = plan_of(wish, environment.statement, settings.seed)
        shown.begin(plan, readable(given.gateway))
        return LoadRun(environment, plan, settings, journal, shown.tell, measured).carry_out()


def _ended(journal: Journal, found: LoadOutcome) -> Exit:
    """A run that came to no end of its own: what it was, in one sentence."""
    journal.write(Entry.END, complete=False, seconds=0.0, stopped=found.observed, **found.to_entry())
    sys.stderr.write(f"{found.observed}\n" if not found.code else f"{found.code} {found.observed}\n")
    return found.exit
