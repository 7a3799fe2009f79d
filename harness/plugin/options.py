"""Options of a run, read once from pytest's command line into frozen values and checked before anything starts."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import pytest

from harness.bench.run_folder import kept_gateway, new_folder
from harness.gateways.kinds import shown
from harness.plugin.earlier import failed_in, unfinished_in
from harness.spec.findings import ConfigurationError
from harness.spec.known_failures import KnownFailure, KnownFailuresError, load
from harness.spec.requirements import requirements
from harness.spec.statement import Statement, StatementError
from harness.spec.use_cases import use_cases

SEED_BITS = 32


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    gateway: str
    statement: Statement | None
    use_cases: tuple[str, ...]
    requirements: tuple[str, ...]
    seed: int
    folder: Path
    allowed: tuple[str, ...]
    brief: bool = False
    whole: tuple[str, ...] = ()
    scenarios: frozenset[str] | None = None
    known: tuple[KnownFailure, ...] = ()
    suggest_known: bool = False
    statement_file: str = ""
    narrowed: bool = False

    def to_entry(self) -> dict[str, Any]:
        """What the journal keeps of it, and a worker is given: enough to ask the same once more."""
        return {
            "gateway": shown(self.gateway),
            "seed": self.seed,
            "brief": self.brief,
            "known": [failure.to_entry() for failure in self.known],
            "options": {
                "statement_file": self.statement_file,
                "use_cases": list(self.use_cases),
                "requirements": list(self.requirements),
                "whole": list(self.whole),
                "scenarios": sorted(self.scenarios) if self.scenarios is not None else None,
                "allowed": list(self.allowed),
            },
        }

    @classmethod
    def from_entry(cls, entry: dict[str, Any], folder: Path) -> Self:
        """The options of an entry; the file of the statement is not read. Raises KeyError, TypeError, ValueError."""
        given = entry["options"]
        scenarios = given["scenarios"]
        return cls(
            gateway=entry["gateway"],
            statement=None,
            use_cases=tuple(given["use_cases"]),
            requirements=tuple(given["requirements"]),
            seed=int(entry["seed"]),
            folder=folder,
            allowed=tuple(given["allowed"]),
            brief=entry["brief"],
            whole=tuple(given["whole"]),
            scenarios=frozenset(scenarios) if scenarios is not None else None,
            known=tuple(KnownFailure.from_entry(row) for row in entry["known"]),
            statement_file=given["statement_file"],
            narrowed=entry.get("narrowed") is True,
        )

    @classmethod
    def read(cls, config: pytest.Config) -> Self:
        """Raises ConfigurationError in one sentence for what cannot be used."""
        if taken_up := config.getoption("resume"):
            return cls._resumed(Path(taken_up).absolute())
        given = config.getoption("statement")
        rerun = failed_in(Path(folder)) if (folder := config.getoption("rerun_failed")) else None
        seed = config.getoption("seed")
        if seed is None and rerun is not None:
            seed = rerun.seed
        return cls(
            gateway=config.getoption("gateway"),
            statement=_statement(Path(given)) if given else None,
            statement_file=str(Path(given).absolute()) if given else "",
            use_cases=_known("--use-case", config.getoption("use_case"), use_cases()),
            requirements=_known("--requirement", config.getoption("requirement"), requirements()),
            seed=secrets.randbits(SEED_BITS) if seed is None else seed,
            folder=new_folder(config.getoption("run_folder")),
            allowed=tuple(config.getoption("allow_host")),
            brief=config.getoption("brief"),
            known=_known_failures(config.getoption("known_failures")),
            suggest_known=config.getoption("suggest_known"),
            scenarios=rerun.scenarios if rerun else _lines(config.getoption("scenarios")),
            whole=_known("--whole", config.getoption("whole"), requirements()),
        )

    @classmethod
    def _resumed(cls, folder: Path) -> Self:
        """Those of an earlier run, in its folder, with the scenarios that it did not come to."""
        entry, left = unfinished_in(folder)
        options = cls.from_entry(entry, folder)
        options = replace(options, gateway=kept_gateway(folder) or options.gateway)
        file = options.statement_file
        return replace(options, scenarios=left, statement=_statement(Path(file)) if file else None)


def add_options(parser: pytest.Parser) -> None:
    """pytest's side of the same options that `renkei run` has."""
    group = parser.getgroup("renkei", "自治体情報連携ゲートウェイの適合性検証")
    group.addoption(
        "--gateway", help="検証するゲートウェイ（reference、reference+欠陥名、http:URL、command:命令 …）"
    )
    group.addoption("--statement", metavar="FILE", help="実装適合宣言 gateway.toml")
    group.addoption("--use-case", action="append", default=[], metavar="NAME", help="このユースケースだけ")
    group.addoption("--requirement", action="append", default=[], metavar="ID", help="この要件だけ")
    group.addoption("--brief", action="store_true", help="アウトラインは例の最初の行だけ")
    group.addoption(
        "--whole", action="append", default=[], metavar="ID", help="--brief でも、この要件は例のすべての行"
    )
    group.addoption("--scenarios", metavar="FILE", help="このシナリオだけ（1行に一つの番号）")
    group.addoption(
        "--rerun-failed", metavar="DIR", help="この実行で合格しなかったシナリオだけを、同じ住民で"
    )
    group.addoption("--resume", metavar="DIR", help="途中で終わった実行の、残りのシナリオを続ける")
    group.addoption("--replay", metavar="DIR", help="記録された実行の判定を、記録だけから導き直す")
    group.addoption("--known-failures", metavar="FILE", help="既知の不適合のファイル")
    group.addoption("--suggest-known", action="store_true", help="不合格を、既知の不適合として貼れる形で示す")
    group.addoption("--seed", type=int, help="住民データの種（省略時は毎回新しい種）")
    group.addoption("--run-folder", metavar="DIR", help="実行フォルダー（省略時は runs/日時）")
    group.addoption(
        "--allow-host", action="append", default=[], metavar="HOST", help="検証を許す外部のホスト"
    )


def _statement(path: Path) -> Statement:
    try:
        return Statement.load(path)
    except StatementError as error:
        raise ConfigurationError(str(error)) from error


def _lines(given: str | None) -> frozenset[str] | None:
    try:
        return frozenset(Path(given).read_text(encoding="utf-8").splitlines()) if given else None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"--scenarios {given}: 読めない（{type(error).__name__}）。") from error


def _known_failures(given: str | None) -> tuple[KnownFailure, ...]:
    try:
        return load(Path(given)) if given else ()
    except KnownFailuresError as error:
        raise ConfigurationError(str(error)) from error


def _known(option: str, given: list[str], known: Iterable[str]) -> tuple[str, ...]:
    there = tuple(known)
    for name in given:
        if name not in there:
            raise ConfigurationError(f"{option} {name}: それはない（ある: {'、'.join(there)}）。")
    return tuple(given)
