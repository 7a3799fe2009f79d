"""matrix.json as other commands take it."""

import json
from pathlib import Path

from harness.catalogue.findings import ConfigurationError
from harness.record.trace import MatrixDocument


def read_matrix(path: Path) -> MatrixDocument:
    """Raises ConfigurationError for what is no matrix.json."""
    try:
        document: MatrixDocument = json.loads(path.read_bytes())
        if document["schema"] != "renkei-matrix":
            raise ValueError
        for row in document["defects"]:
            _ = row["name"], row["summary"], row["requirement"], row["own_convicts"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise ConfigurationError(f"{path}: renkei matrix の matrix.json として読めない。") from error
    return document
