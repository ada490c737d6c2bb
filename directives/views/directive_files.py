"""Files that go with a directive."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directives.forms.directives import DirectiveFileForm
from directives.models import Assignment, Directive, DirectiveFile
from directives.services.drafting import add_directive_file, remove_directive_file
from directives.services.errors import FileRefused

from .desk import directive_kept
from .downloads import download
from .refusals import refusals_shown_by, show_refusal


@require_POST
def directive_file_add(request, pk):
    """Attach a file to a directive of the desk."""
    directive = directive_kept(request, pk)
    form = DirectiveFileForm(request.POST, request.FILES, directive=directive)
    if not form.is_valid():
        for field in form.errors.values():
            messages.error(request, field[0])
        return redirect("directives:detail", pk)
    given = form.cleaned_data
    try:
        add_directive_file(
            directive, given["upload"], actor=request.user, kind=given["file_kind"], action=given["file_action"]
        )
    except FileRefused as refusal:
        show_refusal(request, refusal)
    else:
        messages.success(request, _("The file is attached; recipients see it from now on."))
    return redirect("directives:detail", pk)


def _draft_again(request, pk):
    return redirect("directives:detail", _file_of_desk(request, pk).directive_id)


@require_POST
@refusals_shown_by(_draft_again)
def directive_file_remove(request, pk):
    """Take a file off a draft."""
    kept = _file_of_desk(request, pk)
    remove_directive_file(kept, actor=request.user)
    return redirect("directives:edit", kept.directive_id)


def _file_of_desk(request, pk) -> DirectiveFile:
    own = DirectiveFile.objects.filter(directive__in=Directive.objects.visible_to(request.user).values("pk"))
    return get_object_or_404(own.select_related("directive"), pk=pk)


@require_safe
def directive_file_download(request, pk):
    """Send a file of a directive to its desk, its leaders and its recipients."""
    seen = Directive.objects.visible_to(request.user).values("pk")
    received = Assignment.objects.visible_to(request.user).values("directive")
    files = DirectiveFile.objects.filter(directive__in=seen) | DirectiveFile.objects.filter(directive__in=received)
    return download(get_object_or_404(files.distinct(), pk=pk))
