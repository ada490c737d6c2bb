"""The process that reads one file: bytes on standard input, what was read or a code on standard output."""

import json
import resource
import sys

from directives.intake import DirectiveUnreadable, read_directive
from directives.intake.scan_rows import read_scan
from directives.intake.vulnerability_rows import read_vulnerabilities
from directives.intake.wire import packed, packed_scan, packed_table

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 30
READERS = {
    "directive": lambda data: packed(read_directive(data)),
    "scan": lambda data: packed_scan(read_scan(data)),
    "vulnerabilities": lambda data: packed_table(read_vulnerabilities(data)),
}


def limit() -> None:
    """Take from this process what reading needs not: more memory, more time, files of its own, a core dump."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


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
