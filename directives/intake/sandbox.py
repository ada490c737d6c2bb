"""Read an untrusted file in a process of its own, as `directives.sandbox` runs it."""

import json

from directives.sandbox import WALL_SECONDS, ReaderStopped, run_reader

from .draft import Draft
from .errors import DirectiveUnreadable
from .reading import MAX_BYTES
from .scan_rows import ScanTable
from .vulnerability_rows import VulnerabilityTable
from .wire import unpacked, unpacked_scan, unpacked_table


def read_safely(data: bytes, name: str = "") -> Draft:
    """Return the draft of a file's bytes, or raise DirectiveUnreadable; never holds more than the file here.

    `name` is the file's name as the sender gave it; like `read_directive` this decides by the content alone.
    """
    return unpacked(_answer(data, "directive"))


def read_vulnerabilities_safely(data: bytes) -> VulnerabilityTable:
    """Return the weaknesses that a file lists, or raise DirectiveUnreadable."""
    return unpacked_table(_answer(data, "vulnerabilities"))


def read_scan_safely(data: bytes) -> ScanTable:
    """Return the rows of an agency's own scan, or raise DirectiveUnreadable."""
    return unpacked_scan(_answer(data, "scan"))


def _answer(data: bytes, what: str) -> str:
    """Return what the child printed, or raise the refusal that it named or came to."""
    if len(data) > MAX_BYTES:
        raise DirectiveUnreadable("too_large")
    try:
        answer = run_reader("directives.intake.child", what, data=data, seconds=WALL_SECONDS)
    except ReaderStopped as error:
        raise DirectiveUnreadable("too_heavy") from error
    if answer.startswith('{"code": '):
        raise DirectiveUnreadable(json.loads(answer)["code"])
    return answer
