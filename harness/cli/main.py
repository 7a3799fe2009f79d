"""The entry point of the command `renkei`."""

import typer

from harness.cli import audit, bundle, compare, load, matrix, plan, report, run, spec, trace

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
    """Runs the command line."""
    app()
