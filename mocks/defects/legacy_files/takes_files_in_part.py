"""LEG-07: a file that broke off on its way is taken as far as it came."""

from mocks.defects.defect import breaks
from mocks.gateway.legacy_files import FileSet, LegacyFiles


class Trusting(LegacyFiles):
    """Does not count."""

    def check_announced(self, announced: FileSet, lines: int) -> None:
        """Whatever came."""


DEFECT = breaks("LEG-07", "告げられた行数に足りないファイルを取り込む", contract="2", legacy_files=Trusting)
