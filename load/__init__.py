"""Load on a gateway: the published traffic estimates, and later the profiles that mirror them."""

LOOPBACK = "127.0.0.1"  # nothing that measures or loads reaches further by itself
