"""Of which run a page tells: organisation, day, suite. The same on every page."""

from datetime import UTC, datetime, timedelta, timezone

from harness.contract.organisations import organisations
from harness.record.values import Meta

_JAPAN = timezone(timedelta(hours=9))


def organisation(meta: Meta) -> str:
    """Its name and code; the code alone of one that is not known here."""
    known = organisations().get(meta.organisation)
    return f"{known.name} {meta.organisation}" if known else meta.organisation


def day(meta: Meta) -> str:
    """When the run began, in Japan; - where the record does not say."""
    return moment(meta.at)


def moment(at: int | None) -> str:
    """Milliseconds since 1970, in Japan."""
    if at is None:
        return "-"
    try:
        told = datetime.fromtimestamp(at / 1000, UTC).astimezone(_JAPAN)
    except (ValueError, OverflowError, OSError):
        return "-"
    return f"{told:%Y-%m-%d %H:%M} JST"


def suite(meta: Meta) -> str:
    """The version of the suite that made the run."""
    return dict(meta.versions).get("renkei", "") or "-"
