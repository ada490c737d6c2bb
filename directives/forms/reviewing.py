"""The desk's verdict on each item of a submission."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.models import ReviewItem, Submission, SubmissionItem, Verdict

from .fields import needed_sometimes


class ReviewItemForm(NormalText, forms.Form):
    """Sufficient, or more is asked for with a reason; only a review that is kept may leave it open."""

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=Verdict,
        error_messages={"required": _("Decide on this item.")},
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    reason = needed_sometimes(
        forms.CharField(
            label=_("What is asked for"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "class": "t-s"}),
            help_text=_("The agency sees these words first."),
        )
    )
    is_verified = forms.BooleanField(
        label=_("Figures compared and verified"),
        required=False,
        help_text=_("Tick once the figures were compared with another source; only where the verdict is “sufficient”."),
    )

    def __init__(self, *args, item: SubmissionItem, **kwargs):
        super().__init__(*args, prefix=f"item{item.pk}", **kwargs)
        self.item = item
        if not item.has_figures:
            del self.fields["is_verified"]
        self.fields["verdict"].required = self.data.get("do") != "keep"

    def clean(self):
        """Ask for the words where more is asked for."""
        values = super().clean()
        if values.get("verdict") == Verdict.MORE and not values.get("reason"):
            self.add_error("reason", _("Say what is asked for."))
        if values.get("is_verified") and values.get("verdict") != Verdict.OK:
            self.add_error("is_verified", _("Only figures that are sufficient can be verified."))
        return values


class ReviewNoteForm(NormalText, forms.Form):
    """A remark on the whole report."""

    note = forms.CharField(
        label=_("Remark on the whole report"), required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "t-s"})
    )


class ReviewSheet:
    """One form per item of a submission, and a remark; filled with what was saved before."""

    def __init__(self, submission: Submission, data=None):
        review = getattr(submission, "review", None)
        saved = {row.item_id: row for row in review.items.all()} if review else {}
        items = submission.items.select_related("action__amendment").prefetch_related("evidence")
        self.items = [ReviewItemForm(data, item=item, initial=_initial(saved.get(item.pk))) for item in items]
        self.note = ReviewNoteForm(data, initial={"note": review.note if review else ""})

    @classmethod
    def with_the_rest_enough(cls, submission: Submission, data) -> "ReviewSheet":
        """Return the sheet as typed, unsaved, with “sufficient” on every item that has neither verdict nor words."""
        sheet = cls(submission)
        for form in sheet.items:
            verdict, reason, tick = (data.get(form.add_prefix(n), "") for n in ("verdict", "reason", "is_verified"))
            verdict = verdict or ("" if reason.strip() else Verdict.OK)
            form.initial = {"verdict": verdict, "reason": reason, "is_verified": bool(tick)}
        sheet.note.initial = {"note": data.get("note", "")}
        return sheet

    @property
    def forms(self) -> list:
        """All forms, for the summary of errors."""
        return [self.note, *self.items]

    def is_valid(self) -> bool:
        """Whether every form can be read."""
        return all([form.is_valid() for form in self.forms])

    @property
    def values(self) -> dict:
        """Return what the review services take beside the submission and the actor."""
        typed = {form.item.pk: form.cleaned_data for form in self.items if form.cleaned_data["verdict"]}
        return {
            "verdicts": {pk: (values["verdict"], values["reason"]) for pk, values in typed.items()},
            "verified": {pk for pk, values in typed.items() if values.get("is_verified")},
            "note": self.note.cleaned_data["note"],
        }


def _initial(saved: ReviewItem | None) -> dict:
    names = ("verdict", "reason", "is_verified")
    return {name: getattr(saved, name) for name in names} if saved else {}


class ReopenAcceptedForm(NormalText, forms.Form):
    """Which item of an acknowledged report is opened again, and why."""

    item = forms.ModelChoiceField(label=_("Action"), queryset=SubmissionItem.objects.none(), empty_label=None)
    reason = forms.CharField(label=_("What is asked for"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, submission: Submission, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = submission.items.select_related("action")
        self.fields["item"].label_from_instance = lambda item: str(item.action)
