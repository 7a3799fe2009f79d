"""Load on a gateway: the published traffic estimates, the profiles that mirror them, lines, and what becomes of it."""

LOOPBACK = "127.0.0.1"  # nothing that measures or loads reaches further by itself
