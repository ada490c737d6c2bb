"""The directive as a Word file, from the context of templates/papers/directive.html."""

from .archive import packed
from .page import opened
from .parts import add_addressees, add_head, add_lines, add_signature, add_title
from .styles import ACTION, BODY, number_actions


def directive_file(context: dict) -> bytes:
    """Return a .docx; raises MissingGlyph as the PDF does. Its actions are numbered by Word."""
    document = opened(context)
    number_actions(document, context["numbering"])
    add_head(document, context)
    if context["doc_title"]:
        add_title(document, context)
    add_addressees(document, context["addressees"])
    add_lines(document, context["preamble"], BODY)
    for action in context["actions"]:
        add_lines(document, action["lines"][:1], ACTION)
        add_lines(document, action["lines"][1:], BODY)
    add_lines(document, context["closing"], BODY)
    add_signature(document, context)
    return packed(document)
