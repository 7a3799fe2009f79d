"""The entry point of the command `renkei`."""

import sys
from collections.abc import Sequence

import typer

from harness.cli import audit, bundle, compare, load, matrix, plan, report, run, spec, trace
from harness.spec.names import empty
from harness.spec.verdicts import Exit

app = typer.Typer(
    name="renkei",
    help="自治体の情報連携ゲートウェイの適合性を検証する。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run", help=run.HELP)(run.run)
app.command("compare", help=compare.HELP)(compare.compare_command)
app.command("matrix", help=matrix.HELP)(matrix.matrix)
app.command("plan", help=plan.HELP)(plan.plan)
app.command("report", help=report.HELP)(report.report)
app.command("bundle", help=bundle.BUNDLE_HELP)(bundle.bundle_command)
app.command("attest", help=bundle.ATTEST_HELP)(bundle.attest_command)
app.command("audit", help=audit.HELP)(audit.audit_command)
app.command("key", help=bundle.KEY_HELP)(bundle.key_command)
app.add_typer(load.app, name="load")
app.add_typer(spec.app, name="spec")
app.command("trace", help=trace.HELP)(trace.trace_command)


def main() -> None:
    """Runs the command line. A value that is empty is a variable that is not set, whichever command it is for."""
    if said := empty_in(sys.argv[1:]):
        sys.stderr.write(f"{said}\n")
        sys.exit(int(Exit.CONFIGURATION))
    app()


def empty_in(arguments: Sequence[str]) -> str | None:
    """The sentence about the first argument that is empty, or the first option whose value is; None where none is."""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        name, equals, value = argument.partition("=")
        if argument.startswith("--") and equals and not value.strip():
            return empty(name)
        if not argument.strip():
            return empty(before if before.startswith("-") else "引数")
    return None
