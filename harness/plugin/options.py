"""Options of a run, read once from pytest's command line into frozen values and checked before anything starts."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TypedDict

import pytest

from harness.bench.run_folder import new_folder
from harness.catalogue.findings import ConfigurationError
from harness.catalogue.requirements import requirements
from harness.contract.journal_options import Options as OptionsEntry
from harness.contract.journal_options import Partner as PartnerEntry
from harness.contract.statement import Statement
from harness.contract.use_cases import use_cases
from harness.gateways.kinds import shown
from harness.model.rules import shown_by_logs
from harness.plugin.earlier import Earlier, failed_in, must_be_told, unfinished_in
from harness.plugin.given import (
    corpus_of,
    kind_of,
    known_failures_of,
    must_go_with_partner,
    names_of,
    place_of,
    scenarios_of,
    seed_of,
    statement_of,
)
from harness.plugin.option_table import TABLE
from harness.plugin.standstill import LONGEST_SECONDS
from harness.record.known_failures import KnownFailure
from harness.record.values import Rerun

SEED_BITS = 32
_EXPLORING_SECONDS = 3.0
_WHOLE_ONLY = "--thorough は、すべてを検証する実行の指定である。--requirement、--use-case、--brief、--scenarios、--rerun-failed と合わせられない。"

_WITH_RESUME = frozenset({"resume", "replay", "faulthandler"})


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
    statement_place: str = ""
    narrowed: bool = False
    rerun: Rerun | None = None
    standstill: float = LONGEST_SECONDS
    faulthandler: bool = False
    explore: float | None = None
    corpus: Path | None = None
    thorough: bool = False
    partner: str = ""
    partner_statement: Statement | None = None
    partner_statement_file: str = ""

    @property
    def is_part(self) -> bool:
        """Is only some of what there is tested?"""
        part = self.requirements or self.use_cases or self.scenarios is not None
        return bool(self.narrowed or self.brief or part)

    @property
    def exploring_seconds(self) -> float:
        """As asked for; where nothing was, some for a run of everything."""
        if self.explore is not None:
            return self.explore
        return 0.0 if self.is_part else _EXPLORING_SECONDS

    @property
    def acts(self) -> bool:
        """Is anything done that reaches beyond a scenario? Not where little was asked for."""
        return not (self.requirements or self.brief)

    @property
    def logs(self) -> bool:
        """Are the logs fetched whole? Not for requirements of which they show nothing."""
        return not self.requirements or not shown_by_logs().isdisjoint(self.requirements)

    def to_entry(self) -> OptionsEntry:
        """What the journal keeps of it, and a worker is given: enough to ask the same once more."""
        return {
            "gateway": shown(self.gateway),
            "seed": self.seed,
            "brief": self.brief,
            "known": [failure.to_entry() for failure in self.known],
            "rerun": self.rerun.to_entry() if self.rerun else None,
            "options": {
                "statement_file": self.statement_file,
                "statement_place": self.statement_place,
                "use_cases": list(self.use_cases),
                "requirements": list(self.requirements),
                "whole": list(self.whole),
                "scenarios": sorted(self.scenarios) if self.scenarios is not None else None,
                "allowed": list(self.allowed),
                "thorough": self.thorough,
                **self._partner_entry(),
            },
        }

    def _partner_entry(self) -> PartnerEntry:
        if not self.partner:
            return {}
        return {"partner": shown(self.partner), "partner_statement_file": self.partner_statement_file}

    @classmethod
    def from_entry(cls, entry: OptionsEntry, folder: Path) -> Self:
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
            statement_place=given.get("statement_place", ""),
            narrowed=entry.get("narrowed") is True,
            rerun=Rerun(**again) if (again := entry.get("rerun")) else None,
            thorough=given.get("thorough") is True,
            partner=given.get("partner", ""),
            partner_statement_file=given.get("partner_statement_file", ""),
        )

    @classmethod
    def read(cls, config: pytest.Config) -> Self:
        """Raises ConfigurationError in one sentence for what cannot be used."""
        if taken_up := config.getoption("resume"):
            return cls._resumed(Path(taken_up).absolute(), config)
        seed = config.getoption("seed")
        before = cls(
            gateway="",
            statement=None,
            use_cases=(),
            requirements=(),
            seed=secrets.randbits(SEED_BITS) if seed is None else seed_of(seed),
            folder=new_folder(config.getoption("run_folder")),
            allowed=(),
        )
        again = config.getoption("rerun_failed")
        options = (before._again(Path(again), config) if again else before)._given(config)
        file = options.statement_file
        if options.thorough and options.is_part:
            raise ConfigurationError(_WHOLE_ONLY)
        options = replace(options, statement=statement_of(Path(file)) if file else None)
        return options._paired(config)

    def _paired(self, config: pytest.Config) -> Self:
        """With the gateway on the other side, where there is one. Raises ConfigurationError for what does not go with it."""
        must_go_with_partner({name: config.getoption(name) for name in _names()})
        file = config.getoption("partner_statement")
        return replace(
            self,
            partner=config.getoption("partner") or "",
            partner_statement=statement_of(Path(file)) if file else None,
            partner_statement_file=str(Path(file).absolute()) if file else "",
        )

    def _given(self, config: pytest.Config) -> Self:
        """These, and in place of each what the command line says of it."""
        given, scenarios, known = (config.getoption(n) for n in ("statement", "scenarios", "known_failures"))
        return replace(
            self,
            gateway=config.getoption("gateway") or self.gateway,
            statement_file=str(Path(given).absolute()) if given else self.statement_file,
            statement_place=place_of(Path(given)) if given else self.statement_place,
            use_cases=names_of("--use-case", config.getoption("use_case"), use_cases()) or self.use_cases,
            requirements=names_of("--requirement", config.getoption("requirement"), requirements())
            or self.requirements,
            whole=names_of("--whole", config.getoption("whole"), requirements()) or self.whole,
            scenarios=scenarios_of(Path(scenarios)) if scenarios else self.scenarios,
            allowed=tuple(config.getoption("allow_host")) or self.allowed,
            brief=config.getoption("brief") or self.brief,
            known=known_failures_of(Path(known)) if known else self.known,
            suggest_known=config.getoption("suggest_known"),
            explore=config.getoption("explore"),
            corpus=corpus_of(config.getoption("corpus")),
            thorough=config.getoption("thorough") or self.thorough,
            **_watched(config),
        )

    def _again(self, folder: Path, config: pytest.Config) -> Self:
        """Those of an earlier run, with what of it did not pass, and its residents unless a seed is given."""
        if config.getoption("scenarios"):
            raise ConfigurationError(
                "--rerun-failed は --scenarios と合わせられない。どちらか一方を指定する。"
            )
        earlier, gateway = failed_in(folder), config.getoption("gateway")
        before = self._of(earlier, folder)
        if gateway is None:
            must_be_told(before.gateway, folder)
        elif kind_of(gateway) != kind_of(before.gateway):
            before = replace(before, statement_file="", statement_place="")  # of the other gateway
        same = gateway in {None, before.gateway}
        return replace(
            before,
            thorough=False,  # of the whole that it was
            seed=before.seed if config.getoption("seed") is None else self.seed,
            folder=self.folder,
            narrowed=True,
            rerun=Rerun(earlier.run_id, earlier.named, same_gateway=same),
        )

    @classmethod
    def _resumed(cls, folder: Path, config: pytest.Config) -> Self:
        """Those of an earlier run, in its folder, with the scenarios that it did not come to."""
        if any(config.getoption(name) for name in _names() if name not in _WITH_RESUME):
            raise ConfigurationError("--resume は -n の他の指定と合わせられない。その実行の指定で続ける。")
        options = cls._of(unfinished_in(folder), folder)
        must_be_told(options.gateway, folder)
        file = options.statement_file
        return replace(options, statement=statement_of(Path(file)) if file else None, **_watched(config))

    @classmethod
    def _of(cls, earlier: Earlier, folder: Path) -> Self:
        """Raises ConfigurationError for a record that does not tell them."""
        try:
            return replace(cls.from_entry(earlier.entry, folder), scenarios=earlier.scenarios)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ConfigurationError(
                f"{folder}: 記録から、その実行の指定を読めない（{type(error).__name__} {error}）。"
            ) from error


class _Watched(TypedDict):
    standstill: float
    faulthandler: bool


def _watched(config: pytest.Config) -> _Watched:
    """How long nothing may be recorded, and whether stacks are written: of this process, not of the test."""
    return {
        "standstill": config.getoption("standstill_seconds"),
        "faulthandler": config.getoption("faulthandler"),
    }


def _names() -> list[str]:
    return [option.dest for option in TABLE if option.kind is not float]
