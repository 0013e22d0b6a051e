"""A mail server of this machine, for as long as a test wants it: it takes mail, or refuses it, and says what it took."""

import email
import email.policy
import socket
import socketserver
import ssl
import threading
from collections.abc import Collection
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType


class Mailbox:
    """``with Mailbox() as box``: at ``box.port``; what it took is in ``box.taken``.

    refuses:     addresses for which it takes nothing
    certificate: with one it offers STARTTLS, and takes nothing before
    user:        name and password that it asks for (AUTH PLAIN)
    """

    def __init__(
        self, refuses: Collection[str] = (), certificate: Path | None = None, user: tuple[str, str] | None = None
    ) -> None:
        self.taken: list[EmailMessage] = []
        self.signed_in: list[str] = []
        self.refuses, self.certificate, self.user = refuses, certificate, user
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> "Mailbox":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def bodies(self) -> dict[str, str]:
        """By whom each mail was for, its text."""
        return {str(one["To"]): one.get_content() for one in self.taken}


def _handler(box: Mailbox) -> type[socketserver.BaseRequestHandler]:
    class Talk(socketserver.BaseRequestHandler):
        """RFC 5321 as far as a client of the standard library goes."""

        def handle(self) -> None:
            wire = self.talk()
            wire.close()

        def talk(self) -> socket.socket:
            wire, is_safe = self.request, box.certificate is None
            lines = wire.makefile("rwb")

            def say(line: str) -> None:
                lines.write(line.encode() + b"\r\n")
                lines.flush()

            say("220 mailbox")
            while line := lines.readline().decode().strip():
                verb = line.upper()
                if verb.startswith("EHLO"):
                    extra = [] if is_safe else ["STARTTLS"]
                    extra += ["AUTH PLAIN"] if box.user and is_safe else []
                    told = ["mailbox", *extra, "SMTPUTF8"]
                    for name in told[:-1]:
                        say(f"250-{name}")
                    say(f"250 {told[-1]}")
                elif verb == "STARTTLS":
                    say("220 go on")
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    context.load_cert_chain(str(box.certificate))
                    try:
                        wire, is_safe = context.wrap_socket(wire, server_side=True), True
                    except ssl.SSLError:
                        return wire
                    lines = wire.makefile("rwb")
                elif verb.startswith("AUTH PLAIN"):
                    box.signed_in.append(line.split()[2])
                    say("235 welcome")
                elif verb.startswith("RCPT") and any(one in line for one in box.refuses):
                    say("550 nobody of that name")
                elif verb == "DATA":
                    say("354 go on" if is_safe else "530 not without TLS")
                    body = b""
                    while (part := lines.readline()) != b".\r\n":
                        body += part.removeprefix(b".") if part.startswith(b"..") else part
                    message = email.message_from_bytes(body, policy=email.policy.default)
                    assert isinstance(message, EmailMessage)
                    box.taken.append(message)
                    say("250 taken")
                elif verb == "QUIT":
                    say("221 farewell")
                    break
                else:
                    say("250 yes")
            lines.close()
            return wire

    return Talk
