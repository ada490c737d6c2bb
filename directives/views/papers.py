"""Official papers as PDF, shown in the browser."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from alertdesk.lib import clock
from directives import papers
from directives.models import Directive

from .downloads import pdf_to_read
from .finding import find_assignment


@require_safe
def summary_paper(request, pk):
    """Show the summary for the province's leaders as it stands now."""
    directive = _find_directive(request, pk)
    moment = clock.now()
    return pdf_to_read(papers.render_summary(directive), f"bao-cao-tong-hop-{directive.pk}-{moment:%Y%m%d-%H%M}.pdf")


@require_safe
def directive_paper(request, pk):
    """Show the directive as its recipients get it."""
    directive = _find_directive(request, pk)
    return pdf_to_read(papers.render_directive(directive), f"cong-van-{directive.pk}.pdf")


@require_safe
def reply_paper(request, pk):
    """Show the agency's official reply, ready to be numbered and signed."""
    assignment = find_assignment(request, pk)
    return pdf_to_read(
        papers.render_reply(assignment), f"bao-cao-{assignment.directive_id}-{assignment.position:03d}.pdf"
    )


def _find_directive(request, pk: int) -> Directive:
    return get_object_or_404(Directive.objects.visible_to(request.user), pk=pk)
