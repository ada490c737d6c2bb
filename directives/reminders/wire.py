"""Write a reminder as the bytes that go to the mail server.

What Django's message would be, written directly: its generator takes longer than all the rest of sending.
Text and HTML go as UTF-8 in 8 bits where no line is too long for that, else as base64.
"""

import base64
import secrets
from collections.abc import Iterator
from email.header import Header
from functools import lru_cache

from django.core.mail import BadHeaderError, EmailMultiAlternatives

LONGEST_LINE = 990  # bytes; RFC 5321 allows 998
HEADER_LINE = 76


def as_bytes(message: EmailMultiAlternatives) -> bytes:
    """Return the message with CRLF line ends; raises BadHeaderError where a header would break out of its line."""
    boundary = f"={secrets.token_hex(12)}="
    parts = [("plain", message.body), *(("html", part.content) for part in message.alternatives)]
    head = "".join(f"{name}: {_header(name, str(value))}\r\n" for name, value in _headers(message))
    head += f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
    body = b"".join(f"--{boundary}\r\n".encode() + _part(kind, words) for kind, words in parts)
    return head.encode("ascii") + body + f"--{boundary}--\r\n".encode()


def _headers(message: EmailMultiAlternatives) -> Iterator[tuple[str, str]]:
    yield "Subject", message.subject
    yield "From", message.from_email
    yield "To", ", ".join(message.to)
    yield from message.extra_headers.items()


@lru_cache(256)
def _header(name: str, value: str) -> str:
    if "\n" in value or "\r" in value:
        raise BadHeaderError(f"A header cannot have several lines: {value!r}")
    if value.isascii() and len(name) + len(value) + 2 <= HEADER_LINE:
        return value
    charset = "ascii" if value.isascii() else "utf-8"
    return Header(value, charset, maxlinelen=HEADER_LINE, header_name=name).encode(linesep="\r\n")


def _part(kind: str, words: str) -> bytes:
    lines = words.encode().splitlines()
    encoding, content = "8bit", b"\r\n".join(lines)
    if max(map(len, lines), default=0) > LONGEST_LINE:
        encoding, content = "base64", base64.encodebytes(content).replace(b"\n", b"\r\n")
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + content + b"\r\n"
