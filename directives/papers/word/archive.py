"""A document to bytes: the same document gives the same bytes on any day."""

import io
import zipfile

# The first moment that an archive can name.
_EPOCH = (1980, 1, 1, 0, 0, 0)
# What the library's template brings along and no paper uses.
_NOT_OURS = ("/thumbnail", "/stylesWithEffects", "/customXml", "/webSettings")


def packed(document) -> bytes:
    """Return a document as .docx, its parts dated alike and only those that it uses."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_NOT_OURS)]:
            del relations[key]
    written = io.BytesIO()
    document.save(written)
    return _dated_alike(written)


def _dated_alike(source: io.BytesIO) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(source) as parts, zipfile.ZipFile(target, "w") as archive:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _EPOCH)
            archive.writestr(entry, parts.read(part), zipfile.ZIP_DEFLATED)
    return target.getvalue()
