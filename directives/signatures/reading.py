"""Read the signatures of a PDF with pyHanko. Costs about a tenth of a second each; never asks the network."""

import io
import logging
from collections.abc import Iterator
from datetime import datetime

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from .errors import MAX_BYTES, SignaturesUnreadable
from .findings import PdfSignatures, Signature
from .judging import Judge

MAX_SIGNATURES = 20
_log = logging.getLogger(__name__)


def read_signatures(data: bytes, *, roots: list[bytes], at: datetime) -> PdfSignatures:
    """Return what the signatures of a PDF say at the moment `at`, in the order of signing.

    `roots` are trusted certificates (PEM or DER). Raises SignaturesUnreadable. For files from outside
    use `read_signatures_safely`: this one runs here, without limits.
    """
    if len(data) > MAX_BYTES:
        raise SignaturesUnreadable("too_large")
    if not data.startswith(b"%PDF-"):
        raise SignaturesUnreadable("not_pdf")
    judge = Judge(roots, at)
    try:
        reader = _opened(data)
        filled = _filled_fields(reader)
        return PdfSignatures(tuple(_judged(judge, found) for found in _in_order(reader, filled)))
    except (SignaturesUnreadable, MemoryError):
        raise
    except Exception as error:
        # A hostile file makes the parser stumble anywhere; what it stumbled over matters to nobody.
        _log.info("signatures unreadable: %s", type(error).__name__)
        raise SignaturesUnreadable("damaged") from error


def _opened(data: bytes) -> PdfFileReader:
    """Open a PDF; one that only a lenient reader understands may be read as long as nobody signed it."""
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=True)
        reader.root  # noqa: B018 reads the cross references, which is where damage shows
    except PdfError:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if not reader.encrypted and _filled_fields(reader):
            raise
    if reader.encrypted:
        raise SignaturesUnreadable("encrypted")
    return reader


def _filled_fields(reader: PdfFileReader) -> list[tuple]:
    filled = []
    for field in enumerate_sig_fields(reader, filled_status=True):
        filled.append(field)
        if len(filled) > MAX_SIGNATURES:
            raise SignaturesUnreadable("too_many")
    return filled


def _in_order(reader: PdfFileReader, filled: list[tuple]) -> Iterator[EmbeddedPdfSignature | None]:
    """Yield the signatures as they were made, then None for each that has no form we know."""
    found = [_embedded(reader, name, field) for name, _value, field in filled]
    yield from sorted((signature for signature in found if signature), key=lambda one: one.signed_revision)
    yield from (signature for signature in found if not signature)


def _embedded(reader: PdfFileReader, name: str, field) -> EmbeddedPdfSignature | None:
    try:
        return EmbeddedPdfSignature(reader, field, name)
    except MemoryError:
        raise
    except Exception as error:
        _log.info("a signature is unreadable: %s", type(error).__name__)
        return None


def _judged(judge: Judge, found: EmbeddedPdfSignature | None) -> Signature:
    if found is None:
        return Signature()
    try:
        return judge.judge(found)
    except MemoryError:
        raise
    except Exception as error:
        _log.info("a signature cannot be judged: %s", type(error).__name__)
        return Signature()
