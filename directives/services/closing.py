"""End a directive, and open it again."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from directives.models import Assignment, Directive

from .directive_moves import move_assignments, move_directive
from .errors import Incomplete


@transaction.atomic
def close_directive(directive: Directive, *, actor: User) -> int:
    """End an issued directive; assignments still owed lapse, visibly, and nobody is written to. Return how many."""
    move_directive(directive, "close", actor=actor)
    return _count_direct(move_assignments(directive, "lapse", actor=actor))


@transaction.atomic
def reopen_directive(directive: Directive, *, actor: User, reason: str) -> int:
    """Open a closed directive again; lapsed assignments become what they were. Return how many."""
    if not reason.strip():
        raise Incomplete(_("Say why the directive is opened again."))
    move_directive(directive, "reopen", actor=actor)
    return _count_direct(move_assignments(directive, "revive", actor=actor))


def _count_direct(moved: list[Assignment]) -> int:
    """Count the desk's own recipients; the units below them move with them and are not counted."""
    return sum(assignment.parent_id is None for assignment in moved)
