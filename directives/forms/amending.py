"""The page on which an issued directive is changed: what it says now, what is typed, and actions in addition."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.models import Directive, RequiredAction
from directives.services.amending import ACTION_FIELDS, FIELDS, Wanted

from .directives import ActionForm
from .document_lines import read_contacts, write_contacts
from .draft_sheet import MAX_ACTIONS, Difference
from .fields import LineField, PastDateField, ProseField
from .moments import Advice, DeadlineField, advise, read_moment, shown_moment

ACTING = ("preview", "confirm")


class AmendmentForm(NormalText, forms.Form):
    """Why and by which document a directive is changed, and its own texts."""

    reason = ProseField(
        label=_("Why it is changed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "t-s"}),
        help_text=_("The agencies read these words."),
    )
    document_number = LineField(
        label=_("Number of the amending document"),
        required=False,
        max_length=60,
        help_text=_("Where a document of its own goes with it; without one it stays blank."),
    )
    document_on = PastDateField(label=_("Its date"), required=False)
    deadline = DeadlineField(
        label=_("Deadline for the reports"), help_text=_("For example 17:00 28/4/2023. A day alone lasts to its end.")
    )
    preamble = ProseField(label=_("Opening"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    closing = ProseField(label=_("Closing"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    contacts = ProseField(
        label=_("Support contacts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "t-s"}),
        help_text=_("One line each: name: telephones, e-mail addresses."),
    )

    @property
    def changed(self) -> dict:
        """The fields of the directive that now read differently."""
        said = {name: self.cleaned_data[name] for name in self.changed_data if name in FIELDS}
        return said | ({"contacts": read_contacts(said["contacts"])} if "contacts" in said else {})


class AmendedActionForm(ActionForm):
    """One action of an issued directive; its kind stays, since reports answer it already."""

    id = None

    class Meta(ActionForm.Meta):
        fields = ACTION_FIELDS

    def __init__(self, *args, action: RequiredAction, **kwargs):
        super().__init__(*args, prefix=prefix_of(action), **kwargs)
        self.action = action


class AddedActionForm(ActionForm):
    """One action that the directive asks in addition."""

    id = None


def prefix_of(action: RequiredAction) -> str:
    """Return what the names of an action's fields begin with."""
    return f"a{action.pk}"


class AmendmentSheet:
    """The directive's own form, one per action, and those in addition; made by one of the three ways below."""

    def __init__(self, directive: Directive, document: AmendmentForm, actions: list, added: list):
        self.directive, self.document, self.actions, self.added = directive, document, actions, added
        self.version = directive.version
        self.differences: list[Difference] = []

    @classmethod
    def saved(cls, directive: Directive) -> "AmendmentSheet":
        """Return the page with the directive as it stands."""
        actions = [AmendedActionForm(action=a, initial=_said(a, ACTION_FIELDS)) for a in directive.actions.all()]
        return cls(directive, AmendmentForm(initial=_document(directive)), actions, [])

    @classmethod
    def typed(cls, directive: Directive, data) -> "AmendmentSheet":
        """Return the page as it was sent, to be checked; an action that it did not show is left as it stands."""
        actions = [_typed_action(action, data) for action in directive.actions.all()]
        added = [AddedActionForm(data, prefix=f"new{n}") for n in range(_count(data))]
        sheet = cls(directive, AmendmentForm(data, initial=_document(directive)), actions, added)
        sheet.version = _whole(data.get("version", ""))
        return sheet

    @classmethod
    def rearranged(cls, directive: Directive, data, act: str) -> "AmendmentSheet":
        """Return the page with everything as typed and nothing checked, after one button: add, drop-0, deadline."""
        document = {name: data.get(name, "") for name in AmendmentForm.base_fields}
        if act == "deadline" and (advice := advise(read_moment(document["deadline"]))) and advice.better:
            document["deadline"] = shown_moment(advice.better)
        actions = [AmendedActionForm(action=a, initial=_sent(a, data)) for a in directive.actions.all()]
        names = AddedActionForm.base_fields
        rows = [{name: data.get(f"new{n}-{name}", "") for name in names} for n in range(_count(data))]
        added = [AddedActionForm(initial=row, prefix=f"new{n}") for n, row in enumerate(_changed_rows(rows, act))]
        sheet = cls(directive, AmendmentForm(initial=document), actions, added)
        sheet.version = _whole(data.get("version", ""))
        return sheet

    @property
    def forms(self) -> list:
        """All forms, for the summary of errors."""
        return [self.document, *self.actions, *self.added]

    def is_valid(self) -> bool:
        """Whether everything that was sent can be read."""
        return all([form.is_valid() for form in self.forms if form.is_bound])

    @property
    def wanted(self) -> Wanted:
        """What the service takes: only what reads differently, and the actions in addition."""
        sent = [form for form in self.actions if form.is_bound]
        return Wanted(
            fields=self.document.changed,
            actions={form.action.pk: {name: form.cleaned_data[name] for name in form.changed_data} for form in sent},
            added=tuple(form.cleaned_data for form in self.added),
        )

    @property
    def grounds(self) -> dict:
        """The reason, and the document that goes with it."""
        return {name: self.document.cleaned_data[name] for name in ("reason", "document_number", "document_on")}

    @property
    def digest(self) -> str:
        """A fingerprint of all that was typed, to be compared when it is confirmed."""
        return hashlib.sha256(repr((self.wanted, self.grounds)).encode()).hexdigest()

    @property
    def deadline_advice(self) -> Advice | None:
        """What the calendar says of the deadline that stands in the form, and beside the present one."""
        typed, present = self.document["deadline"].value(), self.directive.deadline
        moment = read_moment(typed) if isinstance(typed, str) else typed
        return advise(moment, before=present if moment != present else None)

    def compare(self) -> None:
        """Show what stands now beside what was typed, and let the next confirmation count from there."""
        sent = [(form, form.action.position) for form in self.actions if form.is_bound]
        for form, position in [(self.document, None), *sent]:
            for name in form.changed_data:
                if name in (*FIELDS, *ACTION_FIELDS):
                    self.differences.append(_difference(form[name], position))
        self.version = self.directive.version


def _difference(field, position: int | None) -> Difference:
    label = f"{field.label} ({_('action')} {position})" if position else field.label
    words = dict(getattr(field.field, "choices", ()))
    saved, typed = field.field.prepare_value(field.initial), field.value()
    return Difference(label, str(words.get(saved, saved) or ""), str(words.get(typed, typed) or ""))


def _document(directive: Directive) -> dict:
    return _said(directive, FIELDS) | {"contacts": write_contacts(directive.contacts)}


def _said(row, names) -> dict:
    """Return a row's fields as a form compares them: a field strips what stands around a text."""
    values = {name: getattr(row, name) for name in names}
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _typed_action(action: RequiredAction, data) -> AmendedActionForm:
    sent = data if f"{prefix_of(action)}-text" in data else None
    return AmendedActionForm(sent, action=action, initial=_said(action, ACTION_FIELDS))


def _sent(action: RequiredAction, data) -> dict:
    """Return an action's fields as typed, where they were sent at all."""
    typed = {name: data.get(f"{prefix_of(action)}-{name}") for name in ACTION_FIELDS}
    return _said(action, ACTION_FIELDS) | {name: value for name, value in typed.items() if value is not None}


def _count(data) -> int:
    return min(_whole(data.get("added", "")), MAX_ACTIONS)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _changed_rows(rows: list[dict], act: str) -> list[dict]:
    """Add a blank action or leave one out; a place that does not exist changes nothing."""
    verb, _dash, place = act.partition("-")
    if verb == "add" and len(rows) < MAX_ACTIONS:
        return [*rows, {"kind": RequiredAction.Kind.GENERAL, "evidence_rule": RequiredAction.EvidenceRule.OPTIONAL}]
    if verb == "drop" and place.isdecimal():
        return [row for index, row in enumerate(rows) if index != _whole(place)]
    return rows
