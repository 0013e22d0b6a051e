"""The mail server by which reminders go out. Without TLS nothing is handed over, unless it is a server of this machine."""

import datetime as dt
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import urlsplit

from breachtrail.errors import IntakeError, IntakeUndelivered
from breachtrail.intake.reminder import Mail, Send

SERVER = "BREACHTRAIL_INTAKE_SMTP"
USER = "BREACHTRAIL_INTAKE_SMTP_USER"
PASSWORD = "BREACHTRAIL_INTAKE_SMTP_PASSWORD"
SENDER = "BREACHTRAIL_INTAKE_MAIL_FROM"

#: Seconds that the mail server may take for one answer.
_PATIENCE = 30
_PORTS = {"smtp": 587, "smtps": 465}
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Post:
    """Where mail is handed over, and in whose name. at_once: TLS from the first byte (smtps), else by STARTTLS."""

    host: str
    port: int
    at_once: bool
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Post":
        """Read and judge the variables. Raises IntakeError for one that is missing or cannot be meant."""
        told, sender = environment.get(SERVER, ""), environment.get(SENDER, "")
        server = urlsplit(told)
        try:
            host, port = server.hostname, server.port
        except ValueError:
            host, port = None, None
        if server.scheme not in _PORTS or not host or server.path.strip("/") or server.username or server.password:
            raise IntakeError(
                f"{SERVER} names no mail server. Write smtp://host:587 (TLS by STARTTLS) or smtps://host:465; user and "
                f"password stand in {USER} and {PASSWORD}."
            )
        if sender.count("@") != 1 or not sender.isprintable() or " " in sender:
            raise IntakeError(f"{SENDER} names no sender. Write the address that reminders come from.")
        user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
        if bool(user) != bool(password):
            raise IntakeError(f"{USER} and {PASSWORD} are given together, or not at all.")
        return cls(host, port or _PORTS[server.scheme], server.scheme == "smtps", sender, user, password)

    @contextmanager
    def open(self) -> Iterator[Send]:
        """A connection to the server, over which any number of mails go. Raises IntakeError where there is none to be had."""
        try:
            with self._connected() as server:
                yield lambda mail: _hand_over(server, self._message(mail))
        except (smtplib.SMTPException, OSError) as error:
            raise IntakeError(
                f"The mail server {self.host}:{self.port} does not take mail as it should ({_said(error)}). What was not sent "
                "is sent the next time: run the command again when it does."
            ) from error

    def _connected(self) -> smtplib.SMTP:
        safe = ssl.create_default_context()
        if self.at_once:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_PATIENCE, context=safe)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_PATIENCE)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=safe)
            elif self.host not in _THIS_MACHINE:
                server.close()
                raise smtplib.SMTPNotSupportedError("it offers no STARTTLS")
        if self.user:
            server.login(self.user, self.password)
        return server

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = Address(addr_spec=self.sender)
        message["To"] = Address(addr_spec=mail.to)
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(dt.datetime.now(dt.UTC))
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer is sent to a machine
        message.set_content(mail.text)
        return message


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        server.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
        raise IntakeUndelivered(
            f"The mail server does not take mail for {message['To']} ({_said(error)}). See whether the address is right."
        ) from error


def _said(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
