"""Send a kept file: always as an attachment, never as something the browser runs."""

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from directives.models.files import StoredFile

SEALED = "default-src 'none'; sandbox"


def download(kept: StoredFile) -> FileResponse:
    """Return a stored file under the name people know it by; the caller has checked who may see it."""
    response = FileResponse(
        kept.file.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.content_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SEALED
    return response


def pdf_to_read(data: bytes, filename: str) -> HttpResponse:
    """Return a PDF that we made, for the browser to show; saving it proposes `filename`."""
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(False, filename)},
    )


def to_save(data: bytes, filename: str, content_type: str) -> HttpResponse:
    """Return a file that we made, to be saved."""
    return HttpResponse(
        data, content_type=content_type, headers={"Content-Disposition": content_disposition_header(True, filename)}
    )
