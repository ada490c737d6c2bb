"""A signed PDF in, what its digital signatures say out: pure, no network, nothing saved.

pyHanko is loaded in the reading process alone (`reading`, `judging`), never in the web server.
"""

from .errors import SignaturesUnreadable
from .findings import Coverage, Later, PdfSignatures, Signature, TimeSource, Trust
from .safely import read_signatures_safely

__all__ = [
    "Coverage",
    "Later",
    "PdfSignatures",
    "Signature",
    "SignaturesUnreadable",
    "TimeSource",
    "Trust",
    "read_signatures_safely",
]
