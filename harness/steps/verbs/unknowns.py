"""Names that name nothing: no organisation, no version of 別表第二, no resident has them."""

UNKNOWN_ORGANISATION = "999997"
UNKNOWN_TABLE = "1999-01-01"
UNKNOWN_LOCAL_ID = "no-such-id"
