"""Say that a number is noted for another paper too; registers have been kept wrongly before, so nothing is refused."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from directives.models import Paper
from directives.reports.paper_check import paper_title
from directives.services.issued_papers import papers_numbered_alike


def warn_of_same_number(request: HttpRequest, paper: Paper) -> None:
    """Warn above the next page of each other paper of the same body that bears the number in the same year."""
    for other in papers_numbered_alike(paper):
        messages.warning(
            request,
            _("Number %(number)s is noted for another paper of the same year as well: %(paper)s.")
            % {"number": paper.full_number, "paper": paper_title(other)},
        )
