"""A jar that stays empty: one client speaks for business systems, staff and auditors, who share nothing."""

from http.cookiejar import CookieJar, DefaultCookiePolicy


def no_cookies() -> CookieJar:
    """Takes no cookie of anybody: a gateway that sets one would meet it again in the hands of somebody else."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))
