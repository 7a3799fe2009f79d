"""What a scenario has to do with: the south face, the network behind the gateway, and time."""

from dataclasses import dataclass

from harness.bench.network import NetworkControl
from harness.bench.patience import Patience
from harness.gateways.south import SouthFace


@dataclass(frozen=True)
class Faces:
    """Live, or out of a record: the scenario cannot tell."""

    south: SouthFace
    control: NetworkControl
    patience: Patience
