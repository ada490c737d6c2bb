"""The process that reads one file: bytes on standard input, what was read or a code on standard output."""

import json
import sys

from directives.intake import DirectiveUnreadable, read_directive
from directives.intake.scan_rows import read_scan
from directives.intake.vulnerability_rows import read_vulnerabilities
from directives.intake.wire import packed, packed_scan, packed_table
from directives.sandbox import limit

READERS = {
    "directive": lambda data: packed(read_directive(data)),
    "scan": lambda data: packed_scan(read_scan(data)),
    "vulnerabilities": lambda data: packed_table(read_vulnerabilities(data)),
}


def main() -> None:
    """Read standard input and print the answer as one line."""
    limit()
    sys.stdout.buffer.write(_answer(sys.stdin.buffer.read(), sys.argv[1]).encode())


def _answer(data: bytes, what: str) -> str:
    try:
        return READERS[what](data)
    except DirectiveUnreadable as error:
        return json.dumps({"code": error.code})


if __name__ == "__main__":
    main()
