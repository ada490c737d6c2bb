"""Why a PDF's signatures cannot be read."""

MAX_BYTES = 20 * 1024 * 1024
CODES = ("too_large", "not_pdf", "encrypted", "damaged", "too_many", "too_heavy")


class SignaturesUnreadable(Exception):
    """Bytes whose signatures cannot be judged; `code` is one of CODES and says why."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)
