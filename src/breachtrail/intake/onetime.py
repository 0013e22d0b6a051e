"""One-time codes of an authenticator (TOTP, RFC 6238): six digits, thirty seconds, each taken once."""

import datetime as dt

import pyotp
import segno

ISSUER = "BreachTrail"
PERIOD = 30


def new_seed() -> str:
    """160 random bits in base32."""
    return pyotp.random_base32()


def address(seed: str, email: str) -> str:
    """What an authenticator reads: an ``otpauth://`` address."""
    return pyotp.TOTP(seed, interval=PERIOD).provisioning_uri(name=email, issuer_name=ISSUER)


def picture(seed: str, email: str) -> str:
    """The address as a QR code: SVG to stand in a page, dark on white whatever the page's colours are."""
    code = segno.make(address(seed, email), error="m", micro=False)
    return code.svg_inline(scale=5, dark="#000", light="#fff", border=4, omitsize=True)


def counter_of(seed: str, code: str, now: dt.datetime, last: int) -> int | None:
    """The period that ``code`` belongs to, if it is this one or the one before and later than ``last``; else None.

    last: the period of the code that was taken last; a code is good once.
    """
    totp = pyotp.TOTP(seed, interval=PERIOD)
    digits = "".join(code.split())
    present = int(now.timestamp()) // PERIOD
    for period in (present, present - 1):
        if period > last and pyotp.utils.strings_equal(digits, totp.at(period * PERIOD)):
            return period
    return None
