"""A directive's text to a draft: find the zones, read each, list what is missing."""

import html
import re
from dataclasses import replace

from alertdesk.lib.text import nfc

from .addressees import read_addressees
from .base_letters import base_letters
from .body import Body, read_body
from .cleaning import lines_of
from .contacts import read_contacts
from .cves import cves_of
from .dates import real_date
from .deadlines import read_deadline
from .draft import Action, Draft, Signer
from .errors import DirectiveUnreadable
from .findings import findings
from .header import Head, read_head
from .kinds import propose_kind
from .marks import is_dash
from .paragraphs import paragraphs_of
from .spans import left_out
from .tail import read_tail
from .tcvn3 import from_tcvn3, looks_like_tcvn3
from .tracing import spans_of
from .zones import Zones, zones_of

# NUL, which PostgreSQL refuses, and halves of characters, which no encoding has.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
# Papers that answer, ask or record, but direct nobody.
_NO_DIRECTIVES = frozenset({"báo cáo", "tờ trình", "giấy mời", "biên bản", "hợp đồng"})
_ENOUGH_SIGNALS = 2
# The longest directives, annexes included, have some sixty pages; reading time grows with the text.
_MAX_LENGTH = 400_000
# What a database column holds; a longer "number" or "place" was misread and counts as not read.
_LIMITS = {
    "issuer_parent": 200,
    "issuer": 200,
    "number": 20,
    "symbol": 60,
    "place": 100,
    "subject": 500,
}
_SIGNER_LIMIT = 100


def parse(text: str, *, blank_pages: int = 0) -> Draft:
    """Return the draft of a directive's text, or raise DirectiveUnreadable."""
    if len(text) > _MAX_LENGTH:
        raise DirectiveUnreadable("too_large")
    text = _source(text)
    lines = lines_of(text)
    zones = zones_of(lines)
    head = read_head(zones.head, addressed=bool(zones.address))
    recipients, used = read_addressees(zones.address)
    body = read_body(paragraphs_of(zones.address[used:] if zones.address else zones.rest[head.used :]))
    _require_directive(head, zones, body)
    return _draft(text, head, recipients, body, zones, blank_pages)


def _draft(text: str, head: Head, recipients: list[str], body: Body, zones: Zones, blank_pages: int) -> Draft:
    """Return the draft put together from what was read."""
    tail = read_tail(zones.tail)
    closing = body.asking if body.proposed else body.closing
    deadline = read_deadline(body.asking, closing, (head.day, head.month, head.year))
    fields = _head_fields(head) | {
        "recipients": tuple(recipients),
        "based_on": base_letters([*body.preamble, *(p for p in body.asking if body.proposed and not is_dash(p))]),
        "deadline": deadline.text,
        "actions": _actions(body.actions),
        "proposed": body.proposed,
        "cves": cves_of("\n".join(lines_of(text))),
        "contacts": read_contacts(body.asking),
        "copies": tail.copies,
        "signer": _signer(tail.signer),
    }
    draft = Draft(
        **fields,
        urgency=head.urgency,
        unread=findings(fields, deadline_code=deadline.code, blank_pages=blank_pages),
        preamble="\n".join(body.preamble),
        closing="\n".join(body.closing),
        source=text,
    )
    spans = spans_of(draft, deadline.words, head.stamp)
    return replace(draft, spans=spans, left_out=left_out(text, (span for found in spans.values() for span in found)))


def _source(text: str) -> str:
    """Return the text as it is kept and shown: real letters, one normal form, no character that a database refuses."""
    text = html.unescape(from_tcvn3(text) if looks_like_tcvn3(text) else text)
    return nfc(_UNKEEPABLE.sub("", text))


def _head_fields(head: Head) -> dict:
    """Return the letterhead's fields; what is too long, or no day of the calendar, was not read."""
    fields = {name: getattr(head, name) for name in ("issuer_parent", "issuer", "number", "symbol", "place", "subject")}
    fields = {name: _within(value, _LIMITS[name]) for name, value in fields.items()}
    month = head.month if head.month and 1 <= head.month <= 12 else None
    # A leap year stands in for an unknown one: 29 February must not be lost for that.
    day = head.day if real_date(head.day, month or 1, head.year or 2024) else None
    return fields | {"doc_type": head.doc_type or "công văn", "day": day, "month": month, "year": head.year}


def _signer(signer: Signer) -> Signer:
    """Return the signer without what is too long to be a title or a name."""
    return Signer(**{name: _within(value, _SIGNER_LIMIT) for name, value in signer.to_dict().items()})


def _within(value: str | None, limit: int) -> str | None:
    """Return a value that fits its column, None for one that was misread."""
    return value if value is None or len(value) <= limit else None


def _actions(texts: tuple[str, ...]) -> tuple[Action, ...]:
    """Return the actions numbered from 1, each with its proposed kind and the reason."""
    kinds = [propose_kind(text) for text in texts]
    pairs = enumerate(zip(texts, kinds, strict=True), 1)
    return tuple(Action(position, kind.kind, text, kind.reason) for position, (text, kind) in pairs)


def _require_directive(head: Head, zones: Zones, body: Body) -> None:
    """Raise where too little of an official letter is there, or it is of a kind that directs nobody."""
    seen = (head.has_motto, head.symbol, head.year or head.month, head.doc_type or head.subject, *zones.signals)
    if head.doc_type in _NO_DIRECTIVES or sum(map(bool, seen)) < _ENOUGH_SIGNALS:
        raise DirectiveUnreadable("not_a_directive")
