"""The kill matrix: which requirement convicts which defect, derived from the results.json of many runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Exit, Verdict
from harness.contract.versions import FIRST
from harness.record.causes import IN_PASSING
from harness.record.conclusion import BENCH_ERROR, PREREQUISITE

PRECISE = 3  # requirements that may convict one defect before it says little about any of them
PRECISE_SHARE = 0.9
CLEAN = "reference"
# Clean gateways that declare one side only: what a gateway does not declare can be tried on no other.
CLEAN_IN_PART = tuple(
    f"{CLEAN}:{part}" for part in ("requester-only", "provider-only", "table-only", "prefecture")
)
_NOTHING: Mapping[str, Any] = MappingProxyType({"complete": False, "requirements": [], "scenarios": []})
_EVALUABLE = frozenset({int(Exit.CONFORMS), int(Exit.DOES_NOT_CONFORM), int(Exit.INCONCLUSIVE)})


@dataclass(frozen=True)
class Defect:
    """A defect as its own module tells it; `methods`: what it does otherwise, `profile`: in which gateway it shows;
    `contract`: the version that first forbids it."""

    name: str
    requirement: str
    summary: str
    methods: tuple[str, ...] = ()
    profile: str = ""
    contract: str = FIRST


@dataclass(frozen=True)
class Ran:
    """One run that is over. `results` is its results.json, None where there is none; `said` its last line on
    standard error."""

    exit_code: int
    seconds: float
    results: Mapping[str, Any] | None
    said: str = ""


@dataclass(frozen=True)
class Conviction:
    """A requirement that convicts, and the finding codes by which it does."""

    requirement: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """What one defect came to. `problem` is empty where its run could be evaluated."""

    defect: Defect
    exit_code: int
    seconds: float
    convicting: tuple[Conviction, ...]
    failed_in_passing: tuple[str, ...]
    inconclusive: tuple[str, ...]
    own_convicts: bool
    problem: str

    @property
    def precise(self) -> bool:
        """Whether few enough requirements convict it."""
        return len(self.convicting) <= PRECISE

    @property
    def as_expected(self) -> bool:
        """Whether nobody has to look at its run."""
        return not self.problem and self.own_convicts and self.precise


@dataclass(frozen=True)
class Control:
    """A gateway whose outcome is known beforehand: the clean one passes everything, an empty one nothing."""

    gateway: str
    exit_code: int
    seconds: float
    passed: tuple[str, ...]
    not_passed: tuple[str, ...]
    problem: str

    @property
    def clean(self) -> bool:
        """Whether it has to pass everything that it declares, rather than nothing."""
        return self.gateway in {CLEAN, *CLEAN_IN_PART}

    @property
    def unexpected(self) -> tuple[str, ...]:
        """The requirements that came to the contrary of what they had to."""
        return self.not_passed if self.clean else self.passed

    @property
    def as_expected(self) -> bool:
        """Whether nobody has to look at its run."""
        # A choice of requirements may leave nothing to a gateway that declares one side only.
        evaluated = bool(self.passed or self.not_passed) or self.gateway in CLEAN_IN_PART
        return evaluated and not self.problem and not self.unexpected


@dataclass(frozen=True)
class MatrixOrder:
    """What was to be run: how many defects, under which conditions."""

    defects: int
    controls: int
    seed: int
    part: str = ""
    narrowed: bool = False


@dataclass(frozen=True)
class Matrix:
    """The whole. `columns` are requirement ids in the catalogue's order; rows are in the order of their own
    requirements, so that a good matrix shows a diagonal."""

    order: MatrixOrder
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    controls: tuple[Control, ...]
    seconds: float

    @property
    def complete(self) -> bool:
        """Whether everything ran that was to."""
        return (len(self.rows), len(self.controls)) == (self.order.defects, self.order.controls)

    @property
    def evaluated(self) -> tuple[Row, ...]:
        """The rows on which something can be said."""
        return tuple(row for row in self.rows if not row.problem)

    @property
    def own_convicted(self) -> int:
        """How many defects are convicted by the requirement that they break."""
        return sum(row.own_convicts for row in self.evaluated)

    @property
    def precise_share(self) -> float:
        """The share of defects that few enough requirements convict; 0 where none was evaluated."""
        rows = self.evaluated
        return sum(row.precise for row in rows) / len(rows) if rows else 0.0

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Gateways whose run could not be evaluated, and why."""
        controls = [(control.gateway, control.problem) for control in self.controls if control.problem]
        return tuple(controls + [(row.defect.name, row.problem) for row in self.rows if row.problem])

    @property
    def unproven(self) -> tuple[str, ...]:
        """Requirements that no defect here had convict. Says something only where all defects ran."""
        convicting = {conviction.requirement for row in self.rows for conviction in row.convicting}
        return tuple(id_ for id_ in self.columns if id_ not in convicting)

    @property
    def exit(self) -> Exit:
        """4 incomplete, else 3 a run could not be evaluated, else 1 the suite is not as good as it has to be."""
        if not self.complete:
            return Exit.INCONCLUSIVE
        if self.problems:
            return Exit.BENCH_ERROR
        good = self.own_convicted == len(self.rows) and self.precise_share >= PRECISE_SHARE
        if good and all(control.as_expected for control in self.controls):
            return Exit.CONFORMS
        return Exit.DOES_NOT_CONFORM


def matrix_of(
    order: MatrixOrder, defects: Iterable[Row], controls: Iterable[Control], seconds: float
) -> Matrix:
    """Puts the rows together: the columns are the requirements that any run spoke of."""
    rows, known = tuple(defects), tuple(controls)
    place = {id_: number for number, id_ in enumerate(all_requirements())}

    def rank(id_: str) -> tuple[int, str]:
        return place.get(id_, len(place)), id_

    seen = {id_ for control in known for id_ in (*control.passed, *control.not_passed)}
    for row in rows:
        seen |= {row.defect.requirement, *row.failed_in_passing, *row.inconclusive}
        seen |= {conviction.requirement for conviction in row.convicting}
    ordered = sorted(rows, key=lambda row: (rank(row.defect.requirement), row.defect.name))
    return Matrix(order, tuple(sorted(seen, key=rank)), tuple(ordered), known, seconds)


def row_of(defect: Defect, ran: Ran) -> Row:
    """Judges the run of a gateway with one defect."""
    results = ran.results or _NOTHING
    failed = _failed(results)
    convicting = {id_: tuple(sorted(codes - IN_PASSING)) for id_, codes in failed.items()}
    return Row(
        defect=defect,
        exit_code=ran.exit_code,
        seconds=ran.seconds,
        convicting=tuple(Conviction(id_, codes) for id_, codes in convicting.items() if codes),
        failed_in_passing=tuple(id_ for id_, codes in convicting.items() if not codes),
        inconclusive=_with(results, (Verdict.INCONCLUSIVE,)),
        own_convicts=defect.requirement in failed,
        problem=_problem(ran),
    )


def control_of(gateway: str, ran: Ran) -> Control:
    """Judges the run of a gateway whose outcome is known beforehand."""
    results = ran.results or _NOTHING
    passed = _with(results, (Verdict.PASS,))
    others = _with(results, [v for v in Verdict if v not in {Verdict.PASS, Verdict.NOT_APPLICABLE}])
    return Control(gateway, ran.exit_code, ran.seconds, passed, others, _problem(ran))


def _problem(ran: Ran) -> str:
    """Why the run says nothing about its gateway; empty where it does."""
    if ran.results is None:
        reason = "results.json がない"
    elif ran.exit_code not in _EVALUABLE or BENCH_ERROR in {s["code"] for s in ran.results["scenarios"]}:
        reason = "検証環境の誤り"
    elif not ran.results["complete"]:
        reason = "実行が最後まで終わっていない"
    else:
        return ""
    said = f": {ran.said}" if ran.said else ""
    return f"{reason}（終了コード {ran.exit_code}）{said}"


def _with(results: Mapping[str, Any], verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    return tuple(r["id"] for r in results["requirements"] if r["verdict"] in verdicts)


def _failed(results: Mapping[str, Any]) -> dict[str, set[str]]:
    """The requirements that are 不合格, each with the codes of what made it so."""
    codes = {scenario["id"]: scenario["code"] for scenario in results["scenarios"]}
    return {
        r["id"]: {codes[id_] for id_ in r["deciding"] if codes.get(id_)} or {r["code"] or PREREQUISITE}
        for r in results["requirements"]
        if r["verdict"] == Verdict.FAIL
    }
