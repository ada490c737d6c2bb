"""Take in an uploaded file: check what it really is, give it a fingerprint."""

import hashlib
import unicodedata

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from alertdesk.lib.file_kinds import KINDS, content_type_of
from alertdesk.lib.text import squeeze

from .errors import FileRefused

NAME_LENGTH = 150
# Beside a kind's own ending a name may bear these; a script with a harmless text in it may not.
OTHER_ENDINGS = {"image/jpeg": ("jpeg",), "text/plain": ("csv", "log", "md")}


def stored(upload, *, actor: User) -> dict:
    """Return the fields of a StoredFile for an upload (a Django File with a name).

    Raises FileRefused for an empty file, one above UPLOAD_MAX_BYTES, or a type outside pdf, docx,
    xlsx, png, jpg, txt; the type is decided from the bytes.
    """
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise FileRefused(
            _("The file “%(name)s” is larger than 20 MB. Make it smaller or split it.") % {"name": upload.name}
        )
    data = upload.read()
    if not data:
        raise FileRefused(_("The file “%(name)s” is empty. Choose another file.") % {"name": upload.name})
    content_type = content_type_of(data)
    if content_type is None:
        raise FileRefused(
            _(
                "The file “%(name)s” is not a PDF, Word, Excel, picture (PNG, JPG) or text file. "
                "Save it as PDF and try again."
            )
            % {"name": upload.name}
        )
    digest = hashlib.sha256(data).hexdigest()
    return {
        "file": ContentFile(data, name=digest),
        "name": shown_name(upload.name, content_type),
        "size": len(data),
        "sha256": digest,
        "content_type": content_type,
        "uploaded_by": actor,
    }


def shown_name(name: str, content_type: str) -> str:
    """Return a file name safe to show and to open: no path, no control or direction marks, at most
    150 characters, and an ending that says what the file is ("run.bat" becomes "run.bat.txt").
    """
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = squeeze("".join(c for c in base if unicodedata.category(c)[0] != "C")) or "file"
    own = next(kind for kind, known in KINDS.items() if known == content_type)
    stem, _dot, ending = plain.rpartition(".")
    if ending.lower() not in (own, *OTHER_ENDINGS.get(content_type, ())):
        stem, ending = plain, own
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}"
