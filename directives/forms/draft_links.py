"""What a draft follows, on its page: the directive it carries out, action by action, and the one it replaces."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from directives.models import Directive, RequiredAction
from directives.services.following import LinkProposal, parents_for, propose_links, replaceable_by

from .directives import ActionForm, DraftForm

NOTHING = "–"


class FollowedField(forms.ModelChoiceField):
    """A directive, named by its number, subject and issuing body."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Directive.objects.none(), required=False, empty_label=NOTHING, **kwargs)

    def label_from_instance(self, obj):
        """Return what a choice says."""
        return f"{obj.full_number or obj.doc_type} · {obj.subject} ({obj.issuer_name})"


class CarriedOutField(forms.ModelChoiceField):
    """An action of the parent; one of another directive is none, so that a new parent brings no errors."""

    def to_python(self, value):
        """Return the action, None for what is not among the parent's."""
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class LinkedDraftForm(DraftForm):
    """The facts of a draft, and the directives it follows."""

    parent = FollowedField(
        label=_("Carries out the directive"),
        help_text=_("A directive that your office received, or that it or its superior body issued."),
    )
    supersedes = FollowedField(
        label=_("Replaces the directive"),
        help_text=_("When this draft is issued, the chosen one ends and its agencies are told."),
    )

    def values(self) -> dict:
        """Return the fields of the directive as `update_draft` takes them."""
        return super().values() | {name: self.cleaned_data[name] for name in ("parent", "supersedes")}


class LinkedActionForm(ActionForm):
    """One required action of a draft, and the parent's action that it carries out."""

    carries_out = CarriedOutField(
        label=_("Carries out the action"), queryset=RequiredAction.objects.none(), required=False, empty_label=NOTHING
    )
    proposed_link: LinkProposal | None = None


class DraftLinks:
    """The choices behind those fields, and what is proposed where an action is not linked yet."""

    def __init__(self, directive: Directive, actor: User, document: LinkedDraftForm, actions: list[LinkedActionForm]):
        self._actions = actions
        self._parents = document.fields["parent"].queryset = parents_for(directive, actor=actor)
        document.fields["supersedes"].queryset = replaceable_by(directive)
        self._chosen = str(document["parent"].value() or "")
        for form in actions:
            form.fields["carries_out"].queryset = RequiredAction.objects.filter(directive=self.parent)
        for form, proposal in zip(actions, self._proposals(), strict=True):
            form.proposed_link = None if form["carries_out"].value() else proposal

    @cached_property
    def parent(self) -> Directive | None:
        """The directive that is chosen as the one carried out."""
        return self._parents.filter(pk=self._chosen).first() if _is_id(self._chosen) else None

    def _proposals(self) -> list[LinkProposal | None]:
        if self.parent is None:
            return [None] * len(self._actions)
        drafted = [(str(form["kind"].value()), str(form["text"].value() or "")) for form in self._actions]
        return propose_links(drafted, list(self.parent.actions.all()))

    def accept(self) -> None:
        """Choose every proposal; nothing is saved by it."""
        for form in self._actions:
            if form.proposed_link:
                form["carries_out"].initial = form.proposed_link.action.pk
                form.proposed_link = None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def link_initial(directive: Directive) -> dict:
    """Return what those fields show of a saved draft."""
    return {"parent": directive.parent_id, "supersedes": directive.supersedes_id}
