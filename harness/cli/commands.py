"""All commands of `renkei`, and how one of them is carried out."""

import sys
from collections.abc import Sequence

import typer
from typer.main import get_command

from harness.cli import audit, bundle, compare, load, matrix, plan, report, run, spec, trace
from harness.spec.findings import LONGEST_SENTENCE
from harness.spec.names import empty
from harness.spec.texts import one_line
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


def carry_out(arguments: Sequence[str]) -> int:
    """Carries out a command line; its exit code. Typer's own ending is passed by: it would say 1 or 130 for an interrupted
    command and 1 for a reader that went away, which here means that a gateway does not conform. A value that is empty is
    a variable that is not set, whichever command it is for."""
    if said := empty_in(arguments):
        sys.stderr.write(f"{said}\n")
        return int(Exit.CONFIGURATION)
    try:
        with get_command(app).make_context("renkei", list(arguments)) as context:
            context.command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    except typer.TyperException as error:
        message = error.format_message()
        if message:  # none where the help was shown instead
            sys.stderr.write(f"指定の誤り: {one_line(message, LONGEST_SENTENCE)}　使い方は --help で見る。\n")
        return int(Exit.CONFIGURATION)
    return int(Exit.CONFORMS)


def empty_in(arguments: Sequence[str]) -> str | None:
    """The sentence about the first argument that is empty, or the first option whose value is; None where none is."""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        name, equals, value = argument.partition("=")
        if argument.startswith("--") and equals and not value.strip():
            return empty(name)
        if not argument.strip():
            return empty(before if before.startswith("-") else "引数")
    return None
