"""Which papers there are, in which formats, and what each is printed from."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from directives.models import Assignment, Directive, Incident, Paper, PaperFile

from .commitment import commitment_content
from .directive import directive_content, render_directive_docx
from .forwarding import forwarding_content, render_forwarding_docx
from .incident import (
    closing_report_content,
    first_report_content,
    render_closing_report_docx,
    render_first_report_docx,
)
from .quick_report import quick_content, render_quick_docx
from .reply import render_reply_docx, reply_content
from .roster import agency_roster_content, roster_content
from .summary import render_summary_docx, summary_content
from .summary_sheets import summary_workbook

Kind, Format = Paper.Kind, PaperFile.Format
# From so many agencies on, a paper about all of them is read and printed apart from the request for it.
LONG_FROM = 200


class Printable(Protocol):
    """Something that is told apart by its key, and printed to bytes."""

    key: str

    def print(self) -> bytes:
        """Return the bytes; raises PaperError where they cannot be made."""


@dataclass(frozen=True)
class Written:
    """A file that is written so quickly that its bytes are its content."""

    data: bytes

    @cached_property
    def key(self) -> str:
        """The fingerprint of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def print(self) -> bytes:
        """Return the bytes."""
        return self.data


@dataclass(frozen=True)
class Printer:
    """How one kind of paper is made in one format; `reads_all` where it speaks of every agency asked."""

    content: Callable[[Directive | Assignment | Incident, str], Printable]
    reads_all: bool = False


# The papers of one agency; the others are about a whole directive.
OF_ASSIGNMENT = (Kind.REPLY, Kind.FORWARDING, Kind.COMMITMENT, Kind.AGENCY_ROSTER)
OF_INCIDENT = (Kind.INCIDENT_FIRST, Kind.INCIDENT_CLOSING)

PRINTERS: dict[tuple[str, str], Printer] = {
    (Kind.DIRECTIVE, Format.PDF): Printer(lambda row, form: directive_content(row)),
    (Kind.DIRECTIVE, Format.DOCX): Printer(lambda row, form: Written(render_directive_docx(row))),
    (Kind.REPLY, Format.PDF): Printer(lambda row, form: reply_content(row, form)),
    (Kind.REPLY, Format.DOCX): Printer(lambda row, form: Written(render_reply_docx(row, form=form))),
    (Kind.FORWARDING, Format.PDF): Printer(lambda row, form: forwarding_content(row)),
    (Kind.FORWARDING, Format.DOCX): Printer(lambda row, form: Written(render_forwarding_docx(row))),
    (Kind.COMMITMENT, Format.PDF): Printer(lambda row, form: commitment_content(row)),
    (Kind.AGENCY_ROSTER, Format.PDF): Printer(agency_roster_content),
    (Kind.ROSTER, Format.PDF): Printer(roster_content, reads_all=True),
    (Kind.INCIDENT_FIRST, Format.PDF): Printer(lambda row, form: first_report_content(row)),
    (Kind.INCIDENT_FIRST, Format.DOCX): Printer(lambda row, form: Written(render_first_report_docx(row))),
    (Kind.INCIDENT_CLOSING, Format.PDF): Printer(lambda row, form: closing_report_content(row)),
    (Kind.INCIDENT_CLOSING, Format.DOCX): Printer(lambda row, form: Written(render_closing_report_docx(row))),
    (Kind.SUMMARY, Format.PDF): Printer(lambda row, form: summary_content(row), reads_all=True),
    (Kind.SUMMARY, Format.DOCX): Printer(lambda row, form: Written(render_summary_docx(row)), reads_all=True),
    (Kind.QUICK_REPORT, Format.PDF): Printer(lambda row, form: quick_content(row), reads_all=True),
    (Kind.QUICK_REPORT, Format.DOCX): Printer(lambda row, form: Written(render_quick_docx(row)), reads_all=True),
    (Kind.SUMMARY, Format.XLSX): Printer(lambda row, form: summary_workbook(row), reads_all=True),
}


def content_of(kind: str, file_format: str, subject: Directive | Assignment | Incident, form: str = "") -> Printable:
    """Read what a paper says now; raises KeyError for a paper that is not printed in this format."""
    return PRINTERS[kind, file_format].content(subject, form)


def is_long(kind: str, file_format: str, subject: Directive | Assignment | Incident) -> bool:
    """Whether reading and printing it takes too long for a request."""
    return PRINTERS[kind, file_format].reads_all and subject.assignments.on_board().count() > LONG_FROM
