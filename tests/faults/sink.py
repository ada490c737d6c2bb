"""A mail server in a process of its own that writes down what it takes and misbehaves when told.

    python -m tests.faults.sink PORT LOG

One line of LOG per message taken: `MESSAGE-ID ADDRESS SECONDS`, written before the answer. One JSON object per line of
stdin says how to behave from now on: `{"mode": "reply_lost", "times": 3, "delay_ms": 0}`; without `times` for good.
"""

import asyncio
import json
import os
import sys
import time

MODES = {
    "ok": "takes everything",
    "away": "nobody listens, whoever is connected is cut off",
    "closing": "421 to every sender",
    "defer": "451 to every recipient",
    "reject": "550 to every recipient",
    "hang": "takes nothing and stays silent after the message",
    "drop": "hangs up after the message and has not taken it",
    "reply_lost": "takes the message and hangs up instead of answering",
    "pause": "takes the message and answers only when told to behave otherwise",
}
AT_MAIL, AT_RCPT = {"closing": "421 4.3.2 closing"}, {"defer": "451 4.2.1 later", "reject": "550 5.1.1 no such mailbox"}
AFTER_MESSAGE = ("hang", "drop", "reply_lost", "pause")
TAKEN = ("reply_lost", "pause")


class Sink:
    """How the server behaves now, and what it has taken."""

    def __init__(self, port: int, log: str):
        self.port, self.mode, self.times, self.delay = port, "ok", 0, 0.0
        self.log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.open: set[asyncio.Transport] = set()
        self.paused: list[Dialogue] = []
        self.server: asyncio.Server | None = None

    async def behave(self, mode: str, times: int = 0, delay_ms: float = 0) -> None:
        """Take on a mode; `away` closes the port, any other opens it again."""
        self.mode, self.times, self.delay = mode, times, delay_ms / 1000
        while self.paused and mode != "pause":
            self.paused.pop().accept()
        if mode == "away" and self.server:
            self.server.close()
            self.server = None
            for transport in list(self.open):
                transport.abort()
        elif mode != "away" and self.server is None:
            loop = asyncio.get_running_loop()
            self.server = await loop.create_server(lambda: Dialogue(self), "127.0.0.1", self.port, reuse_address=True)

    def use(self, among: tuple[str, ...] | dict) -> str | None:
        """Return the current mode if it is among those asked for, and count its use."""
        if self.mode not in among:
            return None
        used = self.mode
        if self.times:
            self.times -= 1
            self.mode = self.mode if self.times else "ok"
        return used

    def take(self, message_id: str, address: str) -> None:
        """Write down a message."""
        os.write(self.log, f"{message_id} {address} {time.monotonic():.6f}\n".encode())


class Dialogue(asyncio.Protocol):
    """One connection."""

    def __init__(self, sink: Sink):
        self.sink, self.buffer, self.in_data, self.address = sink, bytearray(), False, ""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Greet."""
        self.transport = transport
        self.sink.open.add(transport)
        self.say("220 sink")

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the connection."""
        self.sink.open.discard(self.transport)

    def say(self, answer: str) -> None:
        """Send one answer."""
        self.transport.write(answer.encode() + b"\r\n")

    def data_received(self, data: bytes) -> None:
        """Work off whole lines, or a whole message after DATA."""
        self.buffer += data
        while True:
            end = self.buffer.find(b"\r\n.\r\n" if self.in_data else b"\r\n")
            if end < 0:
                return
            piece = bytes(self.buffer[:end])
            del self.buffer[: end + (5 if self.in_data else 2)]
            if self.in_data:
                self.in_data = False
                self.message(piece)
            else:
                self.command(piece.decode("utf-8", "replace"))

    def command(self, line: str) -> None:
        """Answer one command."""
        verb = line[:4].upper()
        if verb == "EHLO":
            self.say("250-sink\r\n250-PIPELINING\r\n250 8BITMIME")
        elif verb == "MAIL":
            self.say(AT_MAIL.get(self.sink.use(AT_MAIL), "250 2.1.0 ok"))
        elif verb == "RCPT":
            self.address = line[line.index("<") + 1 : line.index(">")]
            self.say(AT_RCPT.get(self.sink.use(AT_RCPT), "250 2.1.5 ok"))
        elif verb == "DATA":
            self.in_data = True
            self.say("354 go ahead")
        elif verb == "QUIT":
            self.say("221 2.0.0 bye")
            self.transport.close()
        else:
            self.say("250 2.0.0 ok")

    def message(self, content: bytes) -> None:
        """Take a message or not, answer or not."""
        mode = self.sink.use(AFTER_MESSAGE)
        if mode is None or mode in TAKEN:
            self.sink.take(_message_id(content), self.address)
        if mode in ("drop", "reply_lost"):
            self.transport.abort()
        elif mode == "pause":
            self.sink.paused.append(self)
        elif mode is None:
            self.accept()

    def accept(self) -> None:
        """Answer 250, perhaps after a while."""
        if self.sink.delay:
            asyncio.get_running_loop().call_later(self.sink.delay, self.say, "250 2.0.0 taken")
        else:
            self.say("250 2.0.0 taken")


def _message_id(content: bytes) -> str:
    head = content[: content.find(b"\r\n\r\n")]
    at = head.lower().find(b"message-id:")
    return head[at + 11 : head.find(b"\r\n", at) if b"\r\n" in head[at:] else None].strip().decode()


async def main(port: int, log: str) -> None:
    """Serve until stdin ends."""
    sink = Sink(port, log)
    await sink.behave("ok")
    loop = asyncio.get_running_loop()
    orders = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while order := await orders.readline():
        await sink.behave(**json.loads(order))
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
