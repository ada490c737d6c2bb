"""Hand one message to the mail server, and tell what its answer means.

The connection (TLS, credentials, time-outs) is Django's own; the dialogue on it is spoken here step by
step, because `send_messages` tells neither the reply to a message nor the moment before DATA.
"""

import contextlib
import smtplib
from collections.abc import Callable

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
SERVICE_CLOSING = 421
ANSWER_LENGTH = 300


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
        had_accepted = self._accepted
        try:
            smtp = self._envelope(message, address)
        except Busy:
            if not had_accepted:
                raise
            smtp = self._envelope(message, address)
        try:
            before_data()
        except Exception:
            self.close()
            raise
        return self._data(smtp, message)

    def close(self) -> None:
        """Say goodbye where the server still listens."""
        self._accepted = 0
        with contextlib.suppress(OSError):
            self._backend.close()

    def _envelope(self, message: EmailMessage, address: str) -> smtplib.SMTP:
        """Open the connection if need be; name sender and recipient."""
        try:
            self._backend.open()
            smtp = self._backend.connection
            smtp.ehlo_or_helo_if_needed()
            options = ["body=8bitmime"] if smtp.has_extn("8bitmime") else []
            sent = smtp.mail(sanitize_address(message.from_email, CHARSET), options)
            taken = smtp.rcpt(sanitize_address(address, CHARSET)) if sent[0] == 250 else None
        except OSError as error:  # smtplib's own errors among them
            self.close()
            raise Busy(_text(error)) from error
        if taken is None or taken[0] == SERVICE_CLOSING:
            # The sender is this site's own: a refusal of it is no recipient's fault.
            self.close()
            raise Busy(_answer(*(taken or sent)))
        if taken[0] not in (250, 251):
            self._start_over(smtp)
            raise _refusal(*taken)
        return smtp

    def _data(self, smtp: smtplib.SMTP, message: EmailMessage) -> str:
        try:
            code, text = smtp.data(message.message().as_bytes(linesep="\r\n"))
        except smtplib.SMTPDataError as error:
            code, text = error.smtp_code, error.smtp_error
        except OSError as error:
            self.close()
            raise Doubtful(_text(error)) from error
        if code == 250:
            self._accepted += 1
            return _answer(code, text)
        if code == SERVICE_CLOSING:
            self.close()
            raise Busy(_answer(code, text))
        self._start_over(smtp)
        raise _refusal(code, text)

    def _start_over(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except OSError:
            self.close()


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
