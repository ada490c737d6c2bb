"""Official papers as PDF or Word bytes. Render outside a transaction: a page takes a tenth of a second."""

from .commitment import render_commitment
from .directive import render_directive, render_directive_docx
from .forwarding import render_forwarding, render_forwarding_docx
from .masthead import CLOSING, OPENING
from .preview import preview_context, render_preview
from .render import MissingGlyph, PaperError, printable
from .reply import FORMS, render_reply, render_reply_docx
from .roster import render_agency_roster, render_roster
from .sheet import paper_file_name
from .summary import render_summary, render_summary_docx

__all__ = [
    "CLOSING",
    "FORMS",
    "OPENING",
    "MissingGlyph",
    "PaperError",
    "paper_file_name",
    "preview_context",
    "printable",
    "render_agency_roster",
    "render_commitment",
    "render_directive",
    "render_directive_docx",
    "render_forwarding",
    "render_forwarding_docx",
    "render_preview",
    "render_reply",
    "render_reply_docx",
    "render_roster",
    "render_summary",
    "render_summary_docx",
]
