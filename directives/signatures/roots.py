"""The certificates that this site trusts, read from a folder."""

import logging
import re
from pathlib import Path

from cryptography import x509

ENDINGS = {".pem", ".crt", ".cer"}
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_log = logging.getLogger(__name__)


def roots_in(folder: str) -> list[str]:
    """Return the PEM texts of a folder's certificates; none for a blank name, a missing folder or other files."""
    if not folder or not Path(folder).is_dir():
        return []
    files = sorted(path for path in Path(folder).iterdir() if path.suffix.lower() in ENDINGS and path.is_file())
    return [text for path in files for text in _certificates(path)]


def _certificates(path: Path) -> list[str]:
    """Return those of a file's certificates that can be read, so that one bad file does not stop every check."""
    texts = _PEM.findall(path.read_text("ascii", errors="replace"))
    good = [text for text in texts if _is_certificate(text)]
    if not good or len(good) < len(texts):
        _log.warning("%s: %s of %s certificates can be read", path.name, len(good), len(texts))
    return good


def _is_certificate(text: str) -> bool:
    try:
        x509.load_pem_x509_certificate(text.encode())
    except ValueError:
        return False
    return True
