"""`--gateway shim`: starts the product and the shim before it where the statement says they are."""

import os
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from harness.contract.statement import Statement
from harness.gateways.command import CommandKind
from harness.gateways.kinds import Running, Setting

_EXAMPLES = Path(__file__).parents[2]


class ShimKind(CommandKind):
    """With the statement of python-gateway where none is given."""

    def network_listen(self, params: str, statement: Statement | None) -> str | None:
        """Any free port: the product is told."""
        return None

    def start(self, params: str, setting: Setting) -> Running:
        """As `command:` does. Raises ConfigurationError."""
        statement = setting.statement or Statement.load(_EXAMPLES / "python-gateway" / "gateway.toml")
        paths = os.pathsep.join(str(_EXAMPLES / name) for name in ("shim", "python-gateway"))
        port = urlsplit(statement.south_url).port
        command = ["env", f"PYTHONPATH={paths}", sys.executable, "-m", "renkei_shim", str(port)]
        return super().start(shlex.join(command), replace(setting, statement=statement))
