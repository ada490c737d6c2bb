"""Letterhead and wording: the fields, and beside them what they will print."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from agencies.models import Agency
from agencies.permissions import letterheads_kept_by
from agencies.services.letterheads import LetterheadChanged, change_letterhead
from directives.forms.letterhead import LetterheadForm
from directives.papers import CLOSING, OPENING, PaperError, preview_context, render_preview

from .downloads import pdf_to_read


@require_safe
def own_letterheads(request):
    """Open the letterhead of the person's own body; with several, list them."""
    agencies = list(letterheads_kept_by(request.user).prefetch_related("names").order_by("pk"))
    if len(agencies) == 1:
        return redirect("directives:letterhead", agencies[0].pk)
    return render(request, "directives/letterheads.html", {"agencies": agencies})


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def letterhead(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an agency's letterhead and save it; `do` shows what is typed ("show") or prints it ("print")."""
    agency = _found(request, pk)
    if request.method != "POST":
        return _page(request, agency, LetterheadForm(agency=agency))
    form, do = LetterheadForm(request.POST, agency=agency), request.POST.get("do")
    is_valid = form.is_valid()
    if do == "show":
        return _page(request, agency, form)
    if not is_valid:
        return _page(request, agency, form, status=422)
    return _print(request, agency, form) if do == "print" else _save(request, agency, form)


def _save(request, agency: Agency, form: LetterheadForm) -> HttpResponse:
    version = form.cleaned_data["version"] or 0
    try:
        change_letterhead(agency, actor=request.user, version=version, values=form.values)
    except LetterheadChanged:
        form.add_error(None, _("Someone else has changed this letterhead meanwhile. Open the page anew and compare."))
        return _page(request, agency, form, status=409)
    messages.success(request, _("Saved: your papers are headed and worded like this from now on."))
    return redirect("directives:letterhead", agency.pk)


def _print(request, agency: Agency, form: LetterheadForm) -> HttpResponse:
    try:
        return pdf_to_read(render_preview(agency, form.typed), f"xem-truoc-{agency.pk}.pdf")
    except PaperError as problem:
        form.add_error(None, str(problem))
        return _page(request, agency, form, status=422)


def _page(request, agency: Agency, form: LetterheadForm, *, status: int = 200) -> HttpResponse:
    shown = form.typed if form.is_bound else form.stored
    context = {
        "agency": agency,
        "form": form,
        "preview": preview_context(agency, shown),
        "opening": OPENING,
        "closing": CLOSING,
    }
    template = "_letterhead_preview.html" if request.htmx else "letterhead.html"
    return render(request, f"directives/{template}", context, status=status)


def _found(request, pk: int) -> Agency:
    kept = letterheads_kept_by(request.user).select_related("letterhead", "parent")
    return get_object_or_404(kept.prefetch_related("names", "parent__names"), pk=pk)
