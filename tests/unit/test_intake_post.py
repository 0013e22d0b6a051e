"""The mail server: what is handed over, over which line, and what it is not told without TLS."""

import base64
import datetime as dt
import ipaddress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from mailboxes import Mailbox

from breachtrail.errors import IntakeError, IntakeUndelivered
from breachtrail.intake import post
from breachtrail.intake.post import PASSWORD, SENDER, SERVER, USER, Post
from breachtrail.intake.reminder import Mail

MAIL = Mail("a1", "ann@example.org", dt.date(2026, 8, 3), "一项期限", "Zeile ü\n.\nend\n", ())


def told(port: int, **more: str) -> dict[str, str]:
    return {SERVER: f"smtp://127.0.0.1:{port}", SENDER: "office@example.org", **more}


def certificate(folder: Path) -> Path:
    """One for 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mailbox")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - dt.timedelta(days=3000)).not_valid_after(now + dt.timedelta(days=3000))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "mailbox.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_a_mail_arrives_as_it_was_written() -> None:
    with Mailbox() as box, Post.from_environment(told(box.port)).open() as send:
        send(MAIL)
        send(MAIL)
        (one, again) = box.taken
    assert (one["From"], one["To"], one["Subject"]) == ("office@example.org", "ann@example.org", "一项期限")
    assert one.get_content().replace("\r\n", "\n") == MAIL.text
    assert one["Auto-Submitted"] == "auto-generated"
    assert one["Message-ID"] != again["Message-ID"]


def test_one_address_is_refused_and_the_next_mail_goes() -> None:
    with Mailbox(refuses=["ann@"]) as box, Post.from_environment(told(box.port)).open() as send:
        with pytest.raises(IntakeUndelivered, match=r"ann@example\.org.*nobody of that name"):
            send(MAIL)
        send(Mail("b", "bo@example.org", MAIL.day, "s", "t\n", ()))
        assert list(box.bodies()) == ["bo@example.org"]


def test_a_server_with_tls_is_spoken_to_by_it_and_told_the_password_only_then(tmp_path, monkeypatch) -> None:
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with Mailbox(certificate=file, user=("office", "secret")) as box:
        asked = told(box.port, **{USER: "office", PASSWORD: "secret"})
        with Post.from_environment(asked).open() as send:
            send(MAIL)
        assert len(box.taken) == 1
    assert base64.b64decode(box.signed_in[0]) == b"\0office\0secret"


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path) -> None:
    with (
        Mailbox(certificate=certificate(tmp_path)) as box,
        pytest.raises(IntakeError, match=r"does not take mail.*certificate verify failed"),
        Post.from_environment(told(box.port)).open() as send,
    ):
        send(MAIL)


def test_a_server_elsewhere_without_tls_gets_nothing(monkeypatch) -> None:
    monkeypatch.setattr(post, "_THIS_MACHINE", ())
    with (
        Mailbox() as box,
        pytest.raises(IntakeError, match="it offers no STARTTLS"),
        Post.from_environment(told(box.port)).open() as send,
    ):
        send(MAIL)
    assert box.taken == []


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    with Mailbox() as box:
        port = box.port
    gone = Post.from_environment(told(port))
    with pytest.raises(IntakeError, match=f"mail server 127.0.0.1:{port} does not take mail"), gone.open():
        raise AssertionError("it was reached")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({SERVER: ""}, f"{SERVER} names no mail server"),
        ({SERVER: "mail.example.org"}, f"{SERVER} names no mail server"),
        ({SERVER: "smtp://me:secret@mail.example.org"}, f"{SERVER} names no mail server"),
        ({SERVER: "smtp://mail.example.org:port"}, f"{SERVER} names no mail server"),
        ({SENDER: ""}, f"{SENDER} names no sender"),
        ({SENDER: "a@b\nBcc: c@d"}, f"{SENDER} names no sender"),
        ({USER: "office"}, "are given together"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_no_secret_is_repeated(changed: dict[str, str], why: str) -> None:
    with pytest.raises(IntakeError, match=why) as refused:
        Post.from_environment({**told(25), **changed})
    assert "secret" not in str(refused.value)


def test_ports_and_ways_of_tls() -> None:
    assert Post.from_environment({SERVER: "smtp://m.example", SENDER: "a@b"}).port == 587
    at_once = Post.from_environment({SERVER: "smtps://m.example", SENDER: "a@b", USER: "u", PASSWORD: "p"})
    assert (at_once.port, at_once.at_once) == (465, True)
    assert "'p'" not in repr(at_once)
