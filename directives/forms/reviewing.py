"""The desk's verdict on each item of a submission."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.models import ReviewItem, Submission, SubmissionItem, Verdict


class ReviewItemForm(NormalText, forms.Form):
    """Sufficient, or more is asked for with a reason; only a review that is kept may leave it open."""

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=Verdict,
        error_messages={"required": _("Decide on this item.")},
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    reason = forms.CharField(
        label=_("What is asked for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "t-s"}),
        help_text=_("The agency sees these words first."),
    )

    def __init__(self, *args, item: SubmissionItem, **kwargs):
        super().__init__(*args, prefix=f"item{item.pk}", **kwargs)
        self.item = item
        self.fields["verdict"].required = self.data.get("do") != "keep"

    def clean(self):
        """Ask for the words where more is asked for."""
        values = super().clean()
        if values.get("verdict") == Verdict.MORE and not values.get("reason"):
            self.add_error("reason", _("Say what is asked for."))
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
            verdict, reason = (data.get(form.add_prefix(name), "") for name in ("verdict", "reason"))
            form.initial = {"verdict": verdict or ("" if reason.strip() else Verdict.OK), "reason": reason}
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
        typed = ((form.item.pk, form.cleaned_data) for form in self.items)
        verdicts = {pk: (values["verdict"], values["reason"]) for pk, values in typed if values["verdict"]}
        return {"verdicts": verdicts, "note": self.note.cleaned_data["note"]}


def _initial(saved: ReviewItem | None) -> dict:
    return {"verdict": saved.verdict, "reason": saved.reason} if saved else {}


class ReopenAcceptedForm(NormalText, forms.Form):
    """Which item of an acknowledged report is opened again, and why."""

    item = forms.ModelChoiceField(label=_("Action"), queryset=SubmissionItem.objects.none(), empty_label=None)
    reason = forms.CharField(label=_("What is asked for"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, submission: Submission, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = submission.items.select_related("action")
        self.fields["item"].label_from_instance = lambda item: str(item.action)
