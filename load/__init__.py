"""Load on a gateway: the published traffic estimates, the profiles that mirror them, lines, and what becomes of it."""

AT_ONCE = 8  # requests to the south face outside of the load; a gateway takes 16 (guide §2)
LOOPBACK = "127.0.0.1"  # nothing that measures or loads reaches further by itself
