"""The text a draft was read from, in pieces: which field each was read into, and what became no field."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.models import Directive

LABELS = {
    "issuer_parent": gettext_lazy("parent body, as printed"),
    "issuer": gettext_lazy("issuing body, as printed"),
    "doc_type": gettext_lazy("type of document"),
    "number": gettext_lazy("number"),
    "symbol": gettext_lazy("symbol"),
    "place": gettext_lazy("place"),
    "day": gettext_lazy("day"),
    "month": gettext_lazy("month"),
    "year": gettext_lazy("year"),
    "subject": gettext_lazy("subject"),
    "urgency": gettext_lazy("urgency"),
    "recipients": gettext_lazy("addressed to"),
    "preamble": gettext_lazy("opening"),
    "based_on": gettext_lazy("letter it carries out"),
    "actions": gettext_lazy("required action"),
    "cves": gettext_lazy("vulnerability"),
    "deadline": gettext_lazy("deadline"),
    "contacts": gettext_lazy("support contact"),
    "closing": gettext_lazy("closing"),
    "copies": gettext_lazy("copies to"),
    "signer": gettext_lazy("signer"),
}
_NUMBERED = ("actions",)  # whose place in the list says which of them is meant


@dataclass(frozen=True)
class SourcePiece:
    """A stretch of the text; `label` names the innermost field it was read into, "" for none."""

    text: str
    label: str = ""
    begins: bool = False  # the first piece of its field: the label is shown there


@dataclass(frozen=True)
class SourceView:
    """A draft's source in pieces, and the lines that became no field."""

    pieces: tuple[SourcePiece, ...]
    left_out: tuple[str, ...]


def source_view(directive: Directive) -> SourceView | None:
    """Return the source with its fields marked; None for a draft that was typed on the page itself."""
    text, marks = directive.source_text, directive.source_marks
    if not text:
        return None
    spans = [(start, end, field) for field, found in marks.get("spans", {}).items() for start, end in found]
    lines = (text[start:end].strip() for start, end in marks.get("left_out", ()))
    return SourceView(tuple(_pieces(text, spans)), tuple(line for line in lines if line))


def _pieces(text: str, spans: list[tuple[int, int, str]]) -> list[SourcePiece]:
    """Return the text cut at every span's ends; where spans lie in each other the shortest names the piece."""
    owner: list[str] = [""] * len(text)
    for start, end, field in sorted(spans, key=lambda span: span[0] - span[1]):
        owner[start:end] = [field] * (min(end, len(text)) - start)
    cuts = [at for at in range(len(text)) if at == 0 or owner[at] != owner[at - 1]]
    pieces, named = [], set()
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        field = owner[start]
        pieces.append(SourcePiece(text[start:end], _label(field), bool(field) and field not in named))
        named.add(field)
    return pieces


def _label(field: str) -> str:
    """Return a field's name as the page shows it."""
    name, _dot, number = field.partition(".")
    if not name:
        return ""
    if name in _NUMBERED:
        return _("Action %(number)s") % {"number": number}
    return str(LABELS[name])
