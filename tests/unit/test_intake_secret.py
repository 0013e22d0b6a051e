"""What the office must be told: nothing has a default, and what is sealed opens for its own alone."""

import base64

import pytest

from breachtrail.errors import IntakeError
from breachtrail.intake.secret import ADDRESS, CLIENT, CLIENT_SECRET, ISSUER, KEY, Secrets, new_key

GOOD = {KEY: new_key(), ADDRESS: "https://register.example.org"}


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({KEY: ""}, KEY),
        ({KEY: "changeme"}, KEY),
        ({KEY: base64.b64encode(bytes(32)).decode()}, KEY),
        ({KEY: base64.b64encode(b"short").decode()}, KEY),
        ({KEY: "not base64 !!"}, KEY),
        ({ADDRESS: ""}, ADDRESS),
        ({ADDRESS: "register.example.org"}, ADDRESS),
        ({ADDRESS: "http://register.example.org"}, ADDRESS),
        ({ADDRESS: "https://register.example.org/path"}, ADDRESS),
        ({ADDRESS: "ftp://register.example.org"}, ADDRESS),
        ({ISSUER: "https://login.example.org"}, CLIENT),
        ({ISSUER: "https://login.example.org", CLIENT: "breachtrail"}, CLIENT_SECRET),
    ],
)
def test_what_is_missing_or_cannot_be_meant_is_refused_by_name(told: dict[str, str], named: str) -> None:
    with pytest.raises(IntakeError, match=named):
        Secrets.from_environment({**GOOD, **told})


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080", "http://localhost", "https://register.example.org/"])
def test_plain_http_is_for_this_machine_alone(address: str) -> None:
    assert Secrets.from_environment({**GOOD, ADDRESS: address}).address == address.rstrip("/")


def test_what_is_sealed_opens_with_the_same_key_for_the_same_account_alone() -> None:
    secrets = Secrets.from_environment(GOOD)
    sealed = secrets.seal("JBSWY3DPEHPK3PXP", "account-1")
    assert secrets.unseal(sealed, "account-1") == "JBSWY3DPEHPK3PXP"
    assert sealed != secrets.seal("JBSWY3DPEHPK3PXP", "account-1")
    changed = base64.b64decode(sealed)
    changed = base64.b64encode(changed[:-1] + bytes([changed[-1] ^ 1])).decode()
    other = Secrets.from_environment({**GOOD, KEY: new_key()})
    for opening in (
        lambda: secrets.unseal(sealed, "account-2"),
        lambda: secrets.unseal(changed, "account-1"),
        lambda: other.unseal(sealed, "account-1"),
    ):
        with pytest.raises(IntakeError, match=KEY):
            opening()


def test_secrets_do_not_show_when_they_are_printed() -> None:
    secrets = Secrets.from_environment(
        {**GOOD, ISSUER: "https://login.example.org", CLIENT: "c", CLIENT_SECRET: "hush"}
    )
    assert "hush" not in repr(secrets)
    assert repr(secrets.key) not in repr(secrets)
