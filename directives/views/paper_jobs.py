"""A paper that is being printed: how far it is, the file when it is ready, and trying again."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directives.models import TRIES, PaperJob
from directives.papers import MissingGlyph
from directives.papers.jobs import try_again

from .papers import FINDERS, Format, find_subject, hand_over


@require_safe
def paper_job(request, pk):
    """Show how far a paper is; the page looks again by itself and ends in the file."""
    job = _find_job(request, pk)
    if request.htmx:
        return _progress(request, job)
    if job.file and job.file.file and job.format == Format.PDF:
        return redirect("directives:paper_file", job.pk)
    return render(request, "directives/paper_job.html", _page(job))


@require_safe
def paper_file(request, pk):
    """Send the file that a job has printed."""
    job = _find_job(request, pk)
    if not (job.file and job.file.file):
        return redirect("directives:paper_job", job.pk)
    return hand_over(request, job.file)


@require_POST
def paper_again(request, pk):
    """Print a paper anew that could not be printed, or whose file has been cleared away."""
    job = _find_job(request, pk)
    if not job.is_open:
        try_again(job)
    return redirect("directives:paper_job", job.pk)


def _find_job(request, pk: int) -> PaperJob:
    related = ("paper__directive", "paper__assignment__directive", "file")
    job = get_object_or_404(PaperJob.objects.select_related(*related), pk=pk)
    find_subject(request, job.paper.kind, job.paper.subject.pk, job.form)
    return job


def _progress(request, job: PaperJob):
    """Return the part of the page that changes; once the job has ended the whole page is asked for."""
    response = render(request, "directives/_paper_progress.html", _page(job))
    if not job.is_open:
        response["HX-Refresh"] = "true"
    return response


def _page(job: PaperJob) -> dict:
    paper = job.paper
    return {
        "job": job,
        "directive": paper.directive,
        "back": (FINDERS[paper.kind][1], paper.subject.pk),
        "ahead": PaperJob.objects.filter(state=PaperJob.State.WAITING, pk__lt=job.pk).count(),
        "tries": TRIES,
        "reason": _reason(job),
    }


def _reason(job: PaperJob) -> str:
    """Say why a paper could not be printed, and what to do."""
    problem = PaperJob.Problem
    if job.problem == problem.GLYPHS:
        return MissingGlyph(list(job.letters)).sentence()
    if job.problem in (problem.TIME, problem.MEMORY):
        return _("It is too long to be printed within the limits of time and memory. Take the Excel file instead.")
    return _(
        "The printing was cut off three times. Try again; if it fails once more, tell your administrator the number "
        "%(number)s."
    ) % {"number": job.pk}
