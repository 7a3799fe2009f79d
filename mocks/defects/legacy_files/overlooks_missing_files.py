"""LEG-07: a set counts as whole with the first of its files."""

from mocks.defects.defect import breaks
from mocks.gateway.legacy_files import FileSet, LegacyFiles


class Content(LegacyFiles):
    """Does not ask for what did not come."""

    def missing(self, announced: FileSet) -> list[int]:
        """Nothing."""
        return []


DEFECT = breaks(
    "LEG-07", "分けたファイルの一つが届かなくても、そろったと答える", contract="2", legacy_files=Content
)
