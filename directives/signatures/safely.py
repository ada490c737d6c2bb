"""Read an untrusted file's signatures in a process of its own, with limits on memory and time."""

import json
from datetime import datetime

from directives.sandbox import ReaderStopped, run_reader

from .errors import MAX_BYTES, SignaturesUnreadable
from .findings import PdfSignatures


def read_signatures_safely(data: bytes, *, roots: list[str], at: datetime) -> PdfSignatures:
    """Return what the signatures of a PDF say at the moment `at`; `roots` are PEM texts.

    Takes half a second and more; raises SignaturesUnreadable.
    """
    if len(data) > MAX_BYTES:
        raise SignaturesUnreadable("too_large")
    question = json.dumps({"roots": roots, "at": at.isoformat()}).encode()
    try:
        answer = json.loads(run_reader("directives.signatures.child", data=question + b"\n" + data))
    except ReaderStopped as error:
        raise SignaturesUnreadable("too_heavy") from error
    if "code" in answer:
        raise SignaturesUnreadable(answer["code"])
    return PdfSignatures.from_values(answer["signatures"])
