"""Journal entries → frozen values, field by field, believing none of them."""

from pathlib import PurePath, PurePosixPath

from harness.catalogue.verdicts import Verdict
from harness.contract.journal_entries import Said
from harness.contract.sides import Side
from harness.record.fields import line_number, mapping, milliseconds, pairs, rows, seconds, text, texts
from harness.record.known_failures import KnownFailure
from harness.record.values import Check, End, Exchange, Meta, Opposite, Rerun, Scenario, Step

NORTH = "north"


def meta(entry: Said, side: Side = Side.GATEWAY) -> Meta:
    """Of a `run` entry, as it is about one of two gateways where there are two; of an empty object, a run of which nothing is known."""
    selected = mapping(entry.get("selected")).items()
    partner = opposite(entry.get("partner"))
    return Meta(
        run_id=text(entry.get("run_id")),
        seed=text(entry.get("seed")),
        gateway=text(entry.get("gateway")),
        organisation=text(entry.get("organisation")),
        product=text(entry.get("product")),
        versions=pairs(entry.get("versions")),
        law=texts(entry.get("law")),
        declares=tuple((k, texts(v)) for k, v in mapping(entry.get("declares")).items()),
        narrowed=entry.get("narrowed") is True,
        selected={id_: None if reason is None else text(reason) for id_, reason in selected},
        command=texts(entry.get("command")),
        at=milliseconds(entry.get("at")),
        known_failures=tuple(KnownFailure.from_entry(row) for row in rows(entry.get("known"))),
        brief=entry.get("brief") is True,
        chosen=entry.get("chosen") is True,
        suite=text(entry.get("suite")),
        rerun=rerun(entry.get("rerun")),
        contract=text(mapping(entry.get("statement")).get("contract")),
        statement_place=_statement_place(mapping(entry.get("options"))),
        thorough=mapping(entry.get("options")).get("thorough") is True,
        side=side if partner else None,
        partner=partner,
    )


def opposite(value: object) -> Opposite | None:
    """Of the `partner` of a run entry; None where there is none."""
    given = mapping(value)
    if not given:
        return None
    return Opposite(text(given.get("gateway")), text(given.get("organisation")), text(given.get("product")))


def rerun(value: object) -> Rerun | None:
    """Of the `rerun` of a run entry; None where the run repeats no other. Only a plain true is the same gateway."""
    given = mapping(value)
    if not given:
        return None
    return Rerun(text(given.get("run_id")), text(given.get("gateway")), given.get("same_gateway") is True)


def scenario(entry: Said) -> Scenario:
    """Of a `scenario` entry, or of any other that names a scenario which never was announced."""
    id_ = text(entry.get("scenario"))
    return Scenario(
        id=id_,
        use_case=text(entry.get("use_case")),
        feature=text(entry.get("feature")),
        rule=text(entry.get("rule")),
        name=text(entry.get("name")) or id_,
        example=pairs(entry.get("example")),
        file=text(entry.get("file")) or _file(id_),
        line=line_number(entry.get("line")),
        tags=texts(entry.get("tags")),
        requirements=texts(entry.get("requirements")),
        at=milliseconds(entry.get("at")),
    )


def step(entry: Said) -> Step:
    """Of a `step` entry, or of the `step` of a check."""
    return Step(
        keyword=text(entry.get("keyword")),
        text=text(entry.get("text")),
        line=line_number(entry.get("line")),
        outcome=text(entry.get("outcome")),
        seconds=seconds(entry.get("seconds")),
        at=milliseconds(entry.get("at")),
    )


def check(entry: Said) -> Check:
    """Of a `check` entry. A verdict that is none of ours is 判定不能, never 合格."""
    culprit = mapping(entry.get("step"))
    return Check(
        requirements=texts(entry.get("requirements")),
        verdict=_verdict(entry.get("verdict")),
        code=text(entry.get("code")),
        observed=text(entry.get("observed")),
        expected=text(entry.get("expected")),
        see=text(entry.get("see")),
        step=step(culprit) if culprit else None,
        persons=texts(entry.get("persons")),
        correlation_ids=texts(entry.get("correlation_ids")),
        seconds=seconds(entry.get("seconds")),
        at=milliseconds(entry.get("at")),
    )


def exchange(entry: Said, line: str) -> Exchange:
    """Of an `exchange` entry and the line that it stands on. North, the correlation id is in the header."""
    header = mapping(entry.get("header"))
    return Exchange(
        face=text(entry.get("face")),
        scenario=text(entry.get("scenario")),
        person=text(entry.get("person")),
        correlation_id=text(entry.get("correlation_id") or header.get("correlation_id")),
        line=line.encode("utf-8", "backslashreplace").decode(),
    )


def end(entry: Said) -> End:
    """Of an `end` entry. Only a plain true makes a run complete."""
    code = entry.get("exit_code")
    if not isinstance(code, int) or isinstance(code, bool) or not 0 <= code <= 255:
        code = None
    return End(
        exit_code=code,
        complete=entry.get("complete") is True,
        seconds=seconds(entry.get("seconds")),
        waiting_seconds=seconds(entry.get("waiting_seconds")),
        broken=text(entry.get("broken")),
    )


def _statement_place(asked: Said) -> str:
    """The name alone in older records, and where one leads out of the folder in which it was asked for."""
    place = PurePosixPath(text(asked.get("statement_place")))
    leads_away = place.is_absolute() or ".." in place.parts
    return str(place) if place.name and not leads_away else PurePath(text(asked.get("statement_file"))).name


def _file(scenario_id: str) -> str:
    head, found, _ = scenario_id.partition(".feature:")
    return head + ".feature" if found else ""


def _verdict(value: object) -> Verdict:
    try:
        return Verdict(text(value))
    except ValueError:
        return Verdict.INCONCLUSIVE
