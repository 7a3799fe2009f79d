"""Load on a gateway: the published traffic estimates, and later the profiles that mirror them."""
