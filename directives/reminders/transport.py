"""Hand one message to the mail server, and tell what its answer means.

The connection (TLS, credentials, time-outs) is Django's own; the dialogue on it is spoken here step by
step, because `send_messages` tells neither the reply to a message nor the moment before DATA.
"""

import contextlib
import re
import smtplib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address
from django.utils import translation
from django.utils.translation import gettext as _

from directives.demo.clock import is_demo

from .channels import Busy, Doubtful

DUMMY = "django.core.mail.backends.dummy.EmailBackend"
CHARSET = "utf-8"
GO_AHEAD, SERVICE_CLOSING = 354, 421
ANSWER_LENGTH = 300
# From DATA to the last answer; with the sender's budget it ends before the worker's soft time limit.
DATA_SECONDS = 24
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

        `before_data` runs when sender and recipient are accepted and the next step cannot be taken back.
        A server that closes the connection after some messages is called again once.
        """
        try:
            smtp = self._named(message, address)
            before_data()
            return self._data(smtp, message.message().as_bytes(linesep="\r\n"))
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

    def _named(self, message: EmailMessage, address: str) -> smtplib.SMTP:
        had_accepted = self._accepted
        try:
            return self._envelope(message, address)
        except Busy:
            if not had_accepted:
                raise
            return self._envelope(message, address)

    def _open(self) -> smtplib.SMTP:
        try:
            self._backend.open()
            self._backend.connection.ehlo_or_helo_if_needed()
        except OSError as error:
            self.close()
            raise Busy(_text(error)) from error
        return self._backend.connection

    def _envelope(self, message: EmailMessage, address: str) -> smtplib.SMTP:
        """Open the connection if need be; name sender and recipient."""
        smtp = self._open()
        try:
            options = ["body=8bitmime"] if smtp.has_extn("8bitmime") else []
            sent = smtp.mail(sanitize_address(message.from_email, CHARSET), options)
            taken = smtp.rcpt(sanitize_address(address, CHARSET)) if sent[0] == 250 else None
        except OSError as error:  # smtplib's own errors among them
            self.close()
            raise Busy(_text(error), at_message=True) from error
        if taken is None or taken[0] == SERVICE_CLOSING:
            # The sender is this site's own: a refusal of it is no recipient's fault.
            self.close()
            raise Busy(_answer(*(taken or sent)), at_message=taken is not None)
        if taken[0] not in (250, 251):
            self._start_over(smtp)
            raise _refusal(*taken)
        return smtp

    def _data(self, smtp: smtplib.SMTP, content: bytes) -> str:
        """Hand the message over; in doubt only between its last byte and the answer."""
        until = time.monotonic() + DATA_SECONDS
        try:
            code, text = smtp.docmd("DATA")
        except OSError as error:
            self.close()
            raise Busy(_text(error), at_message=True) from error
        if code == GO_AHEAD:
            code, text = self._content(smtp, content, until)
        if code == 250:
            self._accepted += 1
            return _answer(code, text)
        if code == SERVICE_CLOSING:
            self.close()
            raise Busy(_answer(code, text), at_message=True)
        self._start_over(smtp)
        raise _refusal(code, text)

    def _content(self, smtp: smtplib.SMTP, content: bytes, until: float) -> tuple[int, bytes]:
        try:
            with _answering_until(smtp, until):
                smtp.send(LEADING_DOT.sub(b"..", content) + b".\r\n")
                return smtp.getreply()
        except OSError as error:
            self.close()
            raise Doubtful(_text(error)) from error

    def _start_over(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except OSError:
            self.close()


@contextmanager
def _answering_until(smtp: smtplib.SMTP, until: float) -> Iterator[None]:
    """Give the server the time that is left, whatever the usual time-out is."""
    usual = smtp.sock.gettimeout()
    smtp.sock.settimeout(max(until - time.monotonic(), 1))
    yield
    smtp.sock.settimeout(usual)


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
