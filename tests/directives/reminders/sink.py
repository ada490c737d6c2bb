"""A mail server of this machine that takes everything and answers as told."""

import asyncio
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Sink:
    """Holds what was taken; `script` maps (step, address) to the answers to give first.

    For DATA the answer may be "drop", to hang up, or "hang", to stay silent, both with the message taken.
    """

    def __init__(self):
        self.taken, self.script, self.connections, self.per_connection = [], {}, 0, None
        self.takes_all_at_once = False

    def _answer(self, step: str, address: str) -> str | None:
        answers = self.script.get((step, address)) or []
        return answers.pop(0) if answers else None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802  aiosmtpd's names
        self.connections += 1
        session.host_name, session.mails = hostname, 0
        return ["250-PIPELINING", *responses] if self.takes_all_at_once else responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if session.mails == self.per_connection:
            return "421 4.7.0 too many messages"
        if answer := self._answer("MAIL", address):
            return answer
        session.mails += 1
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if answer := self._answer("RCPT", address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        address = envelope.rcpt_tos[0]
        answer = self._answer("DATA", address)
        if answer and answer not in ("drop", "hang"):
            return answer
        self.taken.append((address, envelope.content))
        if answer == "drop":
            server.transport.abort()
        if answer == "hang":
            await asyncio.sleep(60)
        return "250 2.0.0 taken"

    def addresses(self) -> list[str]:
        """Return the addresses written to, in order, doubles included."""
        return [address for address, _content in self.taken]


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextmanager
def running_sink():
    """Run a sink in the block; gives it and its port."""
    sink, port = Sink(), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    try:
        yield sink, port
    finally:
        controller.stop()
