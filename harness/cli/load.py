"""`renkei load …`: what belongs to load on a gateway."""

import typer

from harness.cli import load_calibrate, load_run
from harness.cli.helping import HelpfulCommand, HelpfulGroup

app = typer.Typer(cls=HelpfulGroup, no_args_is_help=True, add_completion=False)
app.callback()(lambda: None)
app.command("calibrate", help=load_calibrate.HELP, cls=HelpfulCommand)(load_calibrate.calibrate)
app.command("run", help=load_run.HELP, cls=HelpfulCommand)(load_run.run)
