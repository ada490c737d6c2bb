"""The filters of the board as a form whose answer lives in the URL."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.reports.board import Board
from directives.reports.board_filters import Choice


class BoardFilterForm(NormalText, forms.Form):
    """Search, state, kind, lateness and order; every choice says how many rows it would leave."""

    q = forms.CharField(label=_("Find an agency"), required=False, help_text=_("With or without accents"))
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind of agency"), required=False)
    late = forms.ChoiceField(label=_("Lateness"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, board: Board):
        filters = board.filters
        late = "1" if filters.late else ""
        initial = {"q": filters.q, "state": filters.state, "kind": filters.kind, "late": late, "sort": filters.sort}
        super().__init__(initial=initial, auto_id="f-%s")
        self.fields["q"].widget.input_type = "search"
        self.fields["state"].choices = _counted(board.states)
        self.fields["kind"].choices = _counted(board.kinds)
        self.fields["late"].choices = [("", _("All")), *_counted([board.late])]
        self.fields["sort"].choices = [(choice.value, choice.label) for choice in board.sorts]
        if filters.cell:
            self._keep("cell", filters.cell)
            self._keep("action", filters.action or "")

    def _keep(self, name: str, value) -> None:
        """Carry a filter that has no field of its own."""
        self.fields[name] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.initial[name] = value


def _counted(choices: list[Choice]) -> list[tuple[str, str]]:
    return [(choice.value, f"{choice.label} ({choice.count})") for choice in choices]


def removable(board: Board) -> list[tuple[str, str]]:
    """Return the filters that narrow the board as (words, query string without it)."""
    filters = board.filters
    named = [choice.label for choice in (*board.states, *board.kinds) if choice.is_chosen and choice.value]
    fields = [name for name in ("state", "kind") if getattr(filters, name)]
    found = [(label, filters.with_changes(**{name: ""})) for label, name in zip(named, fields, strict=True)]
    if filters.q:
        found.insert(0, (f"“{filters.q}”", filters.with_changes(q="")))
    if filters.late:
        found.append((board.late.label, filters.with_changes(late=False)))
    if filters.cell:
        found.append((str(_("One cell of the board")), filters.with_changes(cell="", action=None)))
    return found
