"""Draw a message's templates once for all readers whose words differ only in the agency and the link.

Rendering is the dearest step of sending: of a directive to 150 agencies one message is drawn, with marks where
an agency's name and link belong, and the others are filled in. Whatever else differs is drawn anew.
"""

import re
from dataclasses import replace
from functools import lru_cache

from django.template import Context
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.translation import get_language

# A private-use character, which no text of the desk contains once it is normalised and squeezed.
MARK = "\ue000"
KEPT = 64
_TOO_FAR = re.compile(r"\n{3,}")


class _Drawing:
    """What a template is drawn from; equal where the result is the same."""

    def __init__(self, template: str, context: dict):
        self.template, self.context = template, context
        self._key = (template, get_language(), repr(context))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawing) and self._key == other._key


def draw(template: str, context: dict) -> tuple[str, str]:
    """Return the text and the HTML of emails/`template`; `context` holds `entries` and the `agencies` written to.

    Entries are plain values, which show when two messages are alike; a message without them is drawn by itself.
    """
    if not context["entries"]:
        return _drawn(template, context)
    words: dict[str, str] = {}
    for entry in context["entries"]:
        for value in (entry.agency, entry.link):
            words.setdefault(value, f"{MARK}{len(words)}{MARK}")
    entries = [
        replace(e, agency=words[e.agency], link=words[e.link], assignment_id=0, thread="") for e in context["entries"]
    ]
    masked = {**context, "entries": entries, "agencies": [words[agency] for agency in context["agencies"]]}
    if "entry" in context:
        masked["entry"] = entries[context["entries"].index(context["entry"])]
    text, html = _draw(_Drawing(template, masked))
    for value, mark in words.items():
        text, html = text.replace(mark, value), html.replace(mark, escape(value))
    return text, html


@lru_cache(KEPT)
def _draw(drawing: _Drawing) -> tuple[str, str]:
    return _drawn(drawing.template, drawing.context)


def _drawn(template: str, context: dict) -> tuple[str, str]:
    text = _render(f"emails/{template}.txt", Context(context, autoescape=False))
    return _TOO_FAR.sub("\n\n", text), _render(f"emails/{template}.html", Context(context))


def _render(name: str, context: Context) -> str:
    return get_template(name).template.render(context).strip() + "\n"
