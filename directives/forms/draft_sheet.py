"""The whole draft page as one form: what is saved, what was typed, and what a button rearranges."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.models import User
from alertdesk.lib import clock
from alertdesk.lib.text import squeeze
from directives.models import Directive, RequiredAction

from .directives import action_initial, draft_initial, real_day
from .document_lines import lines_of
from .draft_links import DraftLinks, LinkedActionForm, LinkedDraftForm, link_initial
from .moments import Advice, advise, read_moment, shown_moment
from .recipients import Recipients

MAX_ACTIONS = 40
SAVING = ("save", "issue", "attach", "detach")


@dataclass(frozen=True)
class Difference:
    """One field that someone else saved differently meanwhile."""

    label: str
    saved: str
    typed: str


class DraftSheet:
    """The document's form, one form per action, and the recipients; made by one of the three ways below."""

    def __init__(
        self, directive: Directive, actor: User, document: LinkedDraftForm, actions: list, recipients: Recipients
    ):
        self.directive, self.document, self.actions, self.recipients = directive, document, actions, recipients
        self.links = DraftLinks(directive, actor, document, actions)
        self.version = directive.version
        self.added_name, self.added_problem = "", ""
        self.differences: list[Difference] = []

    @classmethod
    def saved(cls, directive: Directive, actor: User) -> "DraftSheet":
        """Return the page of a draft as it is saved."""
        rows = [action_initial(action) | {"carries_out": action.carries_out_id} for action in directive.actions.all()]
        document = LinkedDraftForm(initial=draft_initial(directive) | link_initial(directive))
        return cls(directive, actor, document, _unbound(rows), Recipients.of(directive))

    @classmethod
    def typed(cls, directive: Directive, data, actor: User) -> "DraftSheet":
        """Return the page as it was sent, to be checked and saved."""
        actions = [LinkedActionForm(data, prefix=f"a{n}") for n in range(_count(data))]
        sheet = cls(directive, actor, LinkedDraftForm(data), actions, _typed_recipients(directive, data))
        sheet._take_added(data)
        sheet.version = _whole(data.get("version", "")) or 0
        return sheet

    @classmethod
    def rearranged(cls, directive: Directive, data, act: str, actor: User) -> "DraftSheet":
        """Return the page with everything as typed and nothing checked, after one button: add, up-2, remove-2 …"""
        rows = [{name: data.get(f"a{n}-{name}", "") for name in _names(LinkedActionForm)} for n in range(_count(data))]
        typed = {name: data.get(name, "") for name in _names(LinkedDraftForm)}
        if act == "deadline" and (advice := advise(read_moment(typed["deadline"]))):
            typed["deadline"] = shown_moment(advice.better)
        recipients = _typed_recipients(directive, data)
        document, actions = LinkedDraftForm(initial=typed), _unbound(_rearrange(rows, act))
        sheet = cls(directive, actor, document, actions, recipients)
        if act == "link":
            sheet.links.accept()
        sheet._take_added(data)
        sheet.version = _whole(data.get("version", "")) or 0
        return sheet

    def _take_added(self, data) -> None:
        """Add the agency whose name was typed; a name that fits none stays in its box."""
        name = squeeze(data.get("add_name", ""))
        agency = self.recipients.find(name) if name else None
        if agency:
            self.recipients.choose(agency)
        elif name:
            self.added_name, self.added_problem = name, _("No agency in force on that day has this name.")

    def is_valid(self) -> bool:
        """Whether everything typed can be saved; a draft may be incomplete, but not contradictory."""
        valid = [form.is_valid() for form in (self.document, *self.actions)]
        return all(valid) and not self.added_problem

    @property
    def fields(self) -> dict:
        """The directive's fields as `update_draft` takes them."""
        recipients = self.recipients
        return self.document.values() | {
            "left_out": sorted(recipients.left_out),
            "added": list(dict.fromkeys(recipients.added_ids)),
        }

    @property
    def action_values(self) -> list[dict]:
        """The actions as `update_draft` takes them."""
        return [form.cleaned_data for form in self.actions]

    @property
    def deadline_advice(self) -> Advice | None:
        """What the calendar says of the deadline that stands in the form."""
        typed = self.document["deadline"].value()
        return advise(read_moment(typed) if isinstance(typed, str) else typed)

    @property
    def forms(self) -> list:
        """All forms, for the summary of errors."""
        return [self.document, *self.actions]

    def compare(self, directive: Directive) -> None:
        """Show beside what was typed what someone else has saved meanwhile, and let the next save win."""
        saved = draft_initial(directive) | link_initial(directive)
        self.differences = [
            Difference(field.label, _shown(field, saved[field.name]), _shown(field, field.value()))
            for field in self.document
            if field.name in saved and _is_other(field, saved[field.name])
        ]
        texts = [f"{action}\n{action.text}" for action in directive.actions.all()]
        typed = [f"{n}. {form['title'].value()}\n{form['text'].value()}" for n, form in enumerate(self.actions, 1)]
        if texts != [text.replace("\r\n", "\n") for text in typed]:
            self.differences.append(Difference(_("Required actions"), "\n\n".join(texts), "\n\n".join(typed)))
        self.version = directive.version


def _shown(field, value) -> str:
    """Return what a person reads of a value: of a choice its label."""
    labels = {str(key): label for key, label in getattr(field.field, "choices", ())}
    return str(labels.get(str(value or ""), value or ""))


def _is_other(field, saved) -> bool:
    shown = str(field.field.prepare_value(saved) or "").strip()
    return shown != str(field.value() or "").replace("\r\n", "\n").strip()


def _unbound(rows: list[dict]) -> list[LinkedActionForm]:
    return [LinkedActionForm(initial=row, prefix=f"a{n}") for n, row in enumerate(rows)]


def _names(form_class) -> list[str]:
    return list(form_class.base_fields)


def _count(data) -> int:
    return min(_whole(data.get("actions", "")) or 0, MAX_ACTIONS)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _rearrange(rows: list[dict], act: str) -> list[dict]:
    """Apply one button to the list of actions; a place that does not exist changes nothing."""
    verb, _dash, place = act.partition("-")
    index = _whole(place)
    if verb == "add" and len(rows) < MAX_ACTIONS:
        return [*rows, {"kind": RequiredAction.Kind.GENERAL, "evidence_rule": RequiredAction.EvidenceRule.OPTIONAL}]
    if index is None or index >= len(rows):
        return rows
    if verb == "remove":
        return rows[:index] + rows[index + 1 :]
    other = index + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= other < len(rows):
        rows[index], rows[other] = rows[other], rows[index]
    return rows


def _typed_recipients(directive: Directive, data) -> Recipients:
    return Recipients.typed(directive, data, lines=lines_of(data.get("addressees", "")), day=_typed_day(data))


def _typed_day(data) -> date:
    """Return the day that decides which agencies exist, by what stands in the form now."""
    return real_day(*(data.get(name) for name in ("day", "month", "year"))) or clock.today()
