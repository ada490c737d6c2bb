"""What makes a printed page an archive file: PDF/A-3a with tags, its facts attached as JSON, no clock."""

import json
from datetime import UTC, datetime

from django.core.serializers.json import DjangoJSONEncoder
from weasyprint import Attachment

from alertdesk.lib.text import nfc

VARIANT = "pdf/a-3a"
FACTS_FILE = "du-lieu.json"
_FACTS_TITLE = "Dữ liệu của văn bản"
# The PDF dates what it carries; a fixed day keeps the bytes the same on any day.
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
# The fonts' own name in place of the private one that keeps the system's fonts out.
_PRIVATE, _OWN = b"Paper-Serif", b"Liberation-Serif"
# The mark of PDF/UA-1; a property that PDF/A does not know is allowed with its description beside it.
_ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def archived(document, facts: dict | None) -> bytes:
    """Write a laid out document as PDF/A-3a; `facts` goes with it as a JSON file."""
    plain = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *about: _with_accessibility(plain(*about))
    document.metadata.attachments = [_attachment(facts)] if facts is not None else []
    return document.write_pdf(pdf_variant=VARIANT, finisher=_finish)


def _attachment(facts: dict) -> Attachment:
    """Return the facts as a file inside the paper; a new one for each writing, as it is read up."""
    return Attachment(
        string=nfc(json.dumps(facts, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)),
        name=FACTS_FILE,
        description=_FACTS_TITLE,
        created=_EPOCH,
        modified=_EPOCH,
        relationship="Data",
    )


def _with_accessibility(metadata: bytes) -> bytes:
    """Return the metadata with the mark of PDF/UA-1 at its end."""
    return metadata.removesuffix(b"</rdf:RDF>") + _ACCESSIBLE


def _finish(_document, pdf) -> None:
    """Give the fonts their own name, and name each attached file once."""
    for part in pdf.objects:
        if isinstance(part, dict) and part.get("Type") in ("/Font", "/FontDescriptor"):
            _rename(part)
    if files := pdf.catalog.get("AF"):
        files[:] = dict.fromkeys(files)


def _rename(part: dict) -> None:
    for key in ("BaseFont", "FontName"):
        if key in part:
            part[key] = part[key].replace(_PRIVATE, _OWN)
    if "FontFamily" in part:
        part["FontFamily"].string = _OWN.decode().replace("-", " ")
