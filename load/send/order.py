"""What Locust is to send, as one file beside the prepared requests: a folder that can be copied to other machines."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from harness.contract.addresses import outside
from load.prepare.arrivals import Phase, Spacing

FILE_NAME = "order.json"


class OrderError(ValueError):
    """An order that cannot be carried out; the message is one sentence."""


@dataclass(frozen=True)
class Order:
    """faces: "north" and "south" → base URL; phases, spacing, seed: when what is due; retries: of a message that found no
    proper answer; in_flight: requests that a worker has open at most; timeout_seconds: of one answer; allowed: hosts
    outside of this machine."""

    faces: dict[str, str]
    phases: tuple[Phase, ...]
    spacing: Spacing
    seed: int
    retries: int
    in_flight: int
    timeout_seconds: float
    allowed: tuple[str, ...] = ()

    def write(self, folder: Path) -> Path:
        """Into the folder of the prepared requests. Raises OSError."""
        path = folder / FILE_NAME
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return path

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises OrderError for a file that is none, or for an address that was not allowed."""
        if not path.name:
            raise OrderError("--order を付ける（動いている renkei load run の prepared/order.json）。")
        try:
            document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            phases = tuple(Phase(**phase) for phase in document.pop("phases"))
            spacing, allowed = Spacing(document.pop("spacing")), tuple(document.pop("allowed"))
            order = cls(phases=phases, spacing=spacing, allowed=allowed, **document)
        except OSError as error:
            raise OrderError(f"--order {path}: 読めない（{error.strerror}）。") from error
        except (ValueError, KeyError, TypeError) as error:
            raise OrderError(f"--order {path}: renkei load run が書いた order.json ではない。") from error
        order.must_be_allowed()
        return order

    def must_be_allowed(self) -> None:
        """Raises OrderError for an address outside of loopback that was not named."""
        for url in self.faces.values():
            if (host := outside(url, self.allowed)) is not None:
                raise OrderError(
                    f"{url}: この計算機の外のアドレス。負荷をかけてよい相手なら --allow-host {host} を付ける。"
                )
