"""What an agency says about one required action."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.models import COMPLETE, FIGURES, WITH_REASON, Answer, AnswerRevision, AnswerStatus, RequiredAction
from directives.services.detailing import duty_figures, unit_figures

from .fields import FILE_HINT, CountField, LineField, ManyFilesField, ProseField, needed_sometimes
from .rows import RowSheet, UnitAidForm, arranged

FIGURE_NAMES = ("total", "done", "extra", "reference")
COUNTED = ("total", "done", "extra")  # what rows add up to
TYPED = ("status", "note", *FIGURE_NAMES)
STATUSES = [(status, status.label) for status in (AnswerStatus.IN_PROGRESS, *COMPLETE)]


class AnswerForm(NormalText, forms.Form):
    """Status, note and the few figures that the action's kind asks for; `version` is what the person saw."""

    status = forms.ChoiceField(label=_("Result so far"), choices=STATUSES, widget=forms.RadioSelect)
    total = CountField(required=False)
    done = CountField(required=False)
    extra = CountField(required=False)
    reference = LineField(required=False, max_length=120)
    note = needed_sometimes(
        ProseField(
            label=_("What was done, or the reason"),
            required=False,
            max_length=4000,
            help_text=_(
                "Required for “partly done” (what is still open, until when), “nothing arose” and “not applicable”."
            ),
        )
    )
    evidence = ManyFilesField(label=_("Add evidence"), required=False, help_text=FILE_HINT)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    from_last = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, answer: Answer, *args, **kwargs):
        self.answer = answer
        initial = {name: getattr(answer, name) for name in (*TYPED, "version")}
        self.sheet = kwargs.pop("sheet", None)
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.sheet = self.sheet or (RowSheet.typed(answer, self.data) if self.is_bound else RowSheet.shown(answer))
        self.aids = None
        if answer.action.kind == RequiredAction.Kind.CASCADE:
            self.aids = UnitAidForm.as_typed(self.data)
        self._ask_for_figures(answer.action)
        if answer.action.evidence_rule == RequiredAction.EvidenceRule.REQUIRED:
            self.fields["evidence"].label = _("Add evidence (this action needs at least one file)")

    def _ask_for_figures(self, action: RequiredAction) -> None:
        """Give the figures the words of the action's kind; drop those the kind does not ask for."""
        labels = FIGURES[RequiredAction.Kind(action.kind)]
        made = COUNTED if self.sheet.makes_figures or unit_figures(self.answer) else ()
        if action.kind == RequiredAction.Kind.LAYERS_AND_DUTY:  # people are counted from the roster, once there is one
            made = {*made} - {"extra"} | set(duty_figures(self.answer))
        for name in FIGURE_NAMES:
            if (label := getattr(labels, name)) and name not in made:
                self.fields[name].label = label
            else:
                del self.fields[name]

    @property
    def figures(self) -> list:
        """The bound fields of the figures, in order."""
        return [self[name] for name in FIGURE_NAMES if name in self.fields]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") in (*WITH_REASON, AnswerStatus.PARTLY) and not cleaned.get("note", "").strip():
            self.add_error("note", self._reason_asked(cleaned["status"]))
        total, done = cleaned.get("total"), cleaned.get("done")
        if done is not None and "total" in cleaned and (total is None or done > total):
            self.add_error("done", _("What is done cannot exceed the total."))
        return cleaned

    def _reason_asked(self, status: str):
        if status == AnswerStatus.PARTLY:
            return _("Say what is still open and until when.")
        return _("“Nothing arose” and “not applicable” need a reason.")

    @property
    def values(self) -> dict:
        """What the saving service takes."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("evidence", "from_last")}
        if self.cleaned_data["from_last"]:
            typed["origin"] = AnswerRevision.Origin.LAST_TIME
        return typed | {"rows": [] if typed["status"] in WITH_REASON else self.sheet.rows}

    def is_valid(self):
        """Whether the answer and every row of it are typed right."""
        rows_fit = not self.is_bound or self.data.get("status") in WITH_REASON or self.sheet.is_valid()
        return super().is_valid() and rows_fit

    @property
    def problems(self) -> list[str]:
        """What is wrong with what was typed, in the rows as well, each sentence once."""
        forms = [self, *self.sheet.forms]
        return list(dict.fromkeys(line for form in forms for lines in form.errors.values() for line in lines))

    @classmethod
    def as_typed(cls, answer: Answer, data) -> "AnswerForm":
        """Return the form with what was typed but not saved, without judging it."""
        typed = {name: data[name].replace("\r\n", "\n") for name in (*TYPED, "version", "from_last") if name in data}
        form = cls(answer, initial=typed, sheet=RowSheet.as_typed(answer, data))
        form.aids = form.aids and UnitAidForm.as_typed(data)
        return form

    @classmethod
    def arranged(cls, answer: Answer, data, wanted: list[str]) -> "AnswerForm":
        """Return the form as typed, with the rows about units filled or pasted as was asked for; nothing is saved."""
        data, aids = arranged(data, wanted)
        form = cls.as_typed(answer, data)
        form.aids = aids
        return form

    @property
    def is_unsaved(self) -> bool:
        """Whether an unbound form shows something else than what is saved."""
        asked = [name for name in TYPED if name in self.fields]
        changed = any(str(self.initial[name] or "") != str(getattr(self.answer, name) or "") for name in asked)
        return changed or self.sheet.is_unsaved or bool(self.aids and self.aids.is_begun)

    @property
    def is_behind(self) -> bool:
        """Whether someone saved the answer after the person began to type."""
        # Not through self["version"]: a bound field remembers its first value.
        typed = self.data.get("version") if self.is_bound else self.initial["version"]
        return str(typed) != str(self.answer.version)

    def saw_current(self) -> None:
        """Let the next save count from the saved text, which the page now shows beside what was typed."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["version"] = self.answer.version
        else:
            self.initial["version"] = self.answer.version
