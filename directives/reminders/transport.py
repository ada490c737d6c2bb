"""Hand one message to the mail server, and tell what its answer means.

The connection (TLS, credentials, time-outs) is Django's own; the dialogue on it is spoken here step by
step, because `send_messages` tells neither the reply to a message nor the moment before DATA.
"""

import contextlib
import re
import smtplib
import time
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address
from django.utils import translation
from django.utils.translation import gettext as _

from directives.demo.clock import is_demo

from .channels import Busy, Doubtful
from .wire import as_bytes

DUMMY = "django.core.mail.backends.dummy.EmailBackend"
CHARSET = "utf-8"
TAKEN, GO_AHEAD, SERVICE_CLOSING = (250, 251), 354, 421
ANSWER_LENGTH = 300
# From DATA to the last answer; with the sender's budget it ends before the worker's soft time limit.
DATA_SECONDS = 24
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class Unsent(Exception):
    """This very message was not accepted; str() is the server's answer."""


class Later(Unsent):
    """The server put off this very message (4xx)."""


class Refused(Unsent):
    """The server refused this very message (5xx)."""


def is_kept_in_desk() -> bool:
    """Whether messages stay in the database to be read there, and nothing leaves."""
    return settings.EMAIL_BACKEND == DUMMY or is_demo()


class DeskTransport:
    """Accepts everything and sends nothing; the delivery's own row is what people read."""

    def send(self, message: EmailMessage, address: str, before_data: Callable[[], None]) -> str:
        """Return the answer to show."""
        before_data()
        with translation.override(settings.LANGUAGE_CODE):
            return _("Kept in the desk, not sent out")

    def close(self) -> None:
        """Nothing is open."""


class BackendTransport:
    """Any other Django mail backend, as tests and development use them."""

    def __init__(self, backend):
        self._backend = backend

    def send(self, message: EmailMessage, address: str, before_data: Callable[[], None]) -> str:
        """Send through the backend; it gives no answer to show."""
        before_data()
        self._backend.send_messages([message])
        return ""

    def close(self) -> None:
        """Nothing is kept open."""


class SmtpTransport:
    """One connection to the mail server, opened at the first message and used for all."""

    def __init__(self, backend: SmtpBackend):
        self._backend = backend
        self._accepted = 0  # on the connection that is open now

    def send(self, message: EmailMessage, address: str, before_data: Callable[[], None]) -> str:
        """Return the server's answer once it has accepted; raises an Unsent, Busy or Doubtful otherwise.

        `before_data` runs when the server is there and before the message is named to it; all that follows has
        an end within DATA_SECONDS. A server that closes the connection after some messages is called again once.
        """
        try:
            self._open()
            content = as_bytes(message)
            before_data()
            until = time.monotonic() + DATA_SECONDS
            return self._data(self._named(message, address, until), content, until)
        except (Unsent, Busy, Doubtful):
            raise
        except BaseException:
            # Cut short in mid-dialogue (a time limit, say): the next answer would be taken for another message's.
            self._hang_up()
            raise

    def close(self) -> None:
        """Say goodbye where the server still listens."""
        self._accepted = 0
        with contextlib.suppress(OSError):
            self._backend.close()

    def _hang_up(self) -> None:
        if self._backend.connection:
            self._backend.connection.close()
        self.close()

    def _open(self) -> smtplib.SMTP:
        try:
            self._backend.open()
            self._backend.connection.ehlo_or_helo_if_needed()
        except OSError as error:  # smtplib's own errors among them
            self.close()
            raise Busy(_text(error)) from error
        return self._backend.connection

    def _named(self, message: EmailMessage, address: str, until: float) -> smtplib.SMTP:
        had_accepted = self._accepted
        try:
            return self._envelope(message, address, until)
        except Busy:
            if not had_accepted:
                raise
            return self._envelope(message, address, until)

    def _envelope(self, message: EmailMessage, address: str, until: float) -> smtplib.SMTP:
        """Name sender and recipient and ask to hand the message over; returns when the server says go ahead."""
        smtp = self._open()
        body = " body=8bitmime" if smtp.has_extn("8bitmime") else ""
        commands = [
            f"MAIL FROM:{_path(message.from_email)}{body}",
            f"RCPT TO:{_path(address)}",
            "DATA",
        ]
        try:
            sent, taken, asked = _ask(smtp, commands, until)
        except OSError as error:
            self.close()
            raise Busy(_text(error), at_message=True) from error
        last = asked or taken or sent
        if taken is None or last[0] == SERVICE_CLOSING:
            # The sender is this site's own: a refusal of it is no recipient's fault.
            self.close()
            raise Busy(_answer(*last), at_message=taken is not None)
        if asked is None or taken[0] not in TAKEN or asked[0] != GO_AHEAD:
            self._start_over(smtp, waits_for_message=bool(asked) and asked[0] == GO_AHEAD)
            raise _refusal(*(taken if taken[0] not in TAKEN else last))
        return smtp

    def _data(self, smtp: smtplib.SMTP, content: bytes, until: float) -> str:
        """Hand the message over; in doubt only between its last byte and the answer."""
        try:
            smtp.send(LEADING_DOT.sub(b"..", content) + b".\r\n")
            code, text = _reply(smtp, until)
        except OSError as error:
            self.close()
            raise Doubtful(_text(error)) from error
        if code == 250:
            self._accepted += 1
            return _answer(code, text)
        if code == SERVICE_CLOSING:
            self.close()
            raise Busy(_answer(code, text), at_message=True)
        self._start_over(smtp)
        raise _refusal(code, text)

    def _start_over(self, smtp: smtplib.SMTP, *, waits_for_message: bool = False) -> None:
        """Be ready for another message; a server that waits for one nobody is to get is left instead."""
        if waits_for_message:
            self._hang_up()
            return
        try:
            smtp.rset()
        except OSError:
            self.close()


Reply = tuple[int, bytes]


def _ask(smtp: smtplib.SMTP, commands: list[str], until: float) -> list[Reply | None]:
    """Give the commands, all at once where the server allows it (RFC 2920), up to the first refusal."""
    at_once = smtp.has_extn("pipelining")
    if at_once:
        smtp.send("".join(f"{command}\r\n" for command in commands))
    replies: list[Reply | None] = []
    for command in commands:
        if not at_once:
            smtp.putcmd(command)
        try:
            replies.append(_reply(smtp, until))
        except OSError:
            if not replies:
                raise
        refused = replies[-1][0] >= 400
        if len(replies) < len(commands) and refused and (not at_once or replies[-1][0] == SERVICE_CLOSING):
            break
    return replies + [None] * (len(commands) - len(replies))


def _reply(smtp: smtplib.SMTP, until: float) -> Reply:
    """Return the server's answer, for which it has the time that is left."""
    usual = smtp.sock.gettimeout()
    smtp.sock.settimeout(max(until - time.monotonic(), 0.1))
    answer = smtp.getreply()
    smtp.sock.settimeout(usual)
    return answer


def _path(address: str) -> str:
    """Return an address as the dialogue names it; only what is out of the ordinary goes the long way."""
    return f"<{address}>" if PLAIN_ADDRESS.fullmatch(address) else smtplib.quoteaddr(sanitize_address(address, CHARSET))


def _refusal(code: int, text: bytes) -> Unsent:
    return (Later if code < 500 else Refused)(_answer(code, text))


def _answer(code: int, text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(f"{code} {said}".split())[:ANSWER_LENGTH]


def _text(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"[:ANSWER_LENGTH]


def make_transport() -> DeskTransport | BackendTransport | SmtpTransport:
    """Return the way out that the settings name; it opens no connection before the first message."""
    if is_kept_in_desk():
        return DeskTransport()
    backend = get_connection()
    return SmtpTransport(backend) if isinstance(backend, SmtpBackend) else BackendTransport(backend)
