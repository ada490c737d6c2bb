"""The process that reads one file's signatures: the question in one line of JSON, then the file's bytes."""

import json
import logging
import sys
from datetime import datetime

from directives.sandbox import limit
from directives.signatures.errors import SignaturesUnreadable
from directives.signatures.reading import read_signatures


def main() -> None:
    """Read standard input and print what was found as one line of JSON."""
    limit()
    logging.disable()  # pyHanko logs names from certificates
    question = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(_answer(question, sys.stdin.buffer.read())))


def _answer(question: dict, data: bytes) -> dict:
    roots = [root.encode() for root in question["roots"]]
    try:
        found = read_signatures(data, roots=roots, at=datetime.fromisoformat(question["at"]))
    except SignaturesUnreadable as error:
        return {"code": error.code}
    return {"signatures": found.as_values()}


if __name__ == "__main__":
    main()
