"""What counterparts hold, so that the gateway gets it when it asks."""

from collections.abc import Mapping
from typing import Final

from harness.contract.items import informations
from harness.stimuli.citations import Citation
from harness.stimuli.stage import Resident, Stage
from harness.stimuli.values import value

NOBODY: Final = "999999"  # six digits, and no organisation's
ANEW_SECONDS: Final = 5.5  # after which one that nobody knows makes a gateway ask for the directory again (guide §12 directory-age)


def partner_holds(stage: Stage, resident: Resident, citation: Citation, key: Mapping[str, str]) -> None:
    """Every item of the information, drawn, under the key that is asked for."""
    items = {item.name: value(stage.draw, item) for item in informations()[citation.information].items}
    stage.control.put_record(citation.provider.code, resident.ref, citation.information, dict(key), items)
