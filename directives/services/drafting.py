"""Keep the draft of a directive: made from what intake read, changed by the desk until it is issued."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Role, User
from agencies.services.trail import record_event
from alertdesk.lib import clock
from alertdesk.lib.text import fold, squeeze
from directives.intake.cves import cves_of
from directives.intake.draft import Draft
from directives.models import Directive, DirectiveFile, DirectiveState, RequiredAction, Vulnerability
from directives.permissions import is_staff_of

from .errors import DomainError, NotAllowed, Overtaken
from .following import require_links
from .recipients import match_recipients
from .storing import stored


@transaction.atomic
def create_draft(draft: Draft, *, actor: User, issuer: Agency | None = None) -> Directive:
    """Save what intake read as a draft; what it could not read stays blank and is listed in `unread`.

    The issuer is the actor's own body whose name the document carries, else the actor's first one.
    """
    directive = Directive.objects.create(
        issuer=issuer or _issuing_body(draft, actor),
        issuer_parent_name=draft.issuer_parent or "",
        issuer_name=draft.issuer or "",
        doc_type=draft.doc_type or "công văn",
        number=draft.number or "",
        symbol=draft.symbol or "",
        place=draft.place or "",
        day=draft.day if draft.month and draft.year else None,  # a day alone is no date
        month=draft.month,
        year=draft.year,
        subject=draft.subject or "",
        preamble=draft.preamble,
        closing=draft.closing,
        based_on=[letter.to_dict() for letter in draft.based_on],
        addressees=list(draft.recipients),
        copies=[copy.to_dict() for copy in draft.copies],
        contacts=[contact.to_dict() for contact in draft.contacts],
        signer_authority=draft.signer.authority or "",
        signer_title=draft.signer.title or "",
        signer_name=draft.signer.name or "",
        urgency=draft.urgency or Directive.Urgency.NORMAL,
        deadline=parse_deadline(draft.deadline),
        unread=list(draft.warnings),
        source_text=draft.source,
        source_marks=_marks(draft),
        created_by=actor,
    )
    actions = RequiredAction.objects.bulk_create(
        RequiredAction(
            directive=directive, position=a.position, title=default_title(a.kind, a.text), text=a.text, kind=a.kind
        )
        for a in draft.actions
    )
    Vulnerability.objects.bulk_create(_named_weaknesses(draft, actions))
    if not draft.recipients:
        _choose_from_copies(directive)
    record_event("draft", directive, actor=actor, agency=directive.issuer)
    return directive


def _choose_from_copies(directive: Directive) -> None:
    """Choose the agencies that Nơi nhận names, where no line of Kính gửi does: a plan goes to those who carry it out.

    A line with a note, "(để b/cáo)" say, is for information.
    """
    lines = [copy["name"] for copy in directive.copies if not copy["note"]]
    matches = match_recipients(lines, issuer=directive.issuer, day=directive.reference_day)
    directive.added = list(dict.fromkeys(agency.pk for match in matches for agency in match.agencies))
    directive.save(update_fields=["added"])


def _named_weaknesses(draft: Draft, actions: list[RequiredAction]) -> list[Vulnerability]:
    """Return the weaknesses of the document under the actions that name them.

    Those of an annex belong to the first action about weaknesses; where there is none, to nobody.
    """
    about = next((action for action in actions if action.kind == RequiredAction.Kind.VULNERABILITIES), None)
    naming = {cve: [action for action in actions if cve in cves_of(action.text)] for cve in draft.cves}
    owners = {cve: found or ([about] if about else []) for cve, found in naming.items()}
    return [Vulnerability(action=action, cve=cve) for cve, found in owners.items() for action in found]


def _marks(draft: Draft) -> dict:
    """Return the draft's spans as the directive keeps them."""
    spans = {field: [[span.start, span.end] for span in spans] for field, spans in draft.spans.items()}
    return {"spans": spans, "left_out": [[span.start, span.end] for span in draft.left_out]}


def _issuing_body(draft: Draft, actor: User) -> Agency:
    bodies = actor.agencies_as(Role.STAFF)
    if not bodies:
        raise NotAllowed
    printed = fold(draft.issuer or "")
    return next((body for body in bodies if printed and printed in body.current_name.spellings()), bodies[0])


def parse_deadline(text: str | None) -> datetime | None:
    """Return the moment a deadline as read means; a bare date lasts to its last second."""
    if not text:
        return None
    if "T" in text:
        return datetime.fromisoformat(text).replace(tzinfo=clock.ZONE)
    return clock.end_of_day(date.fromisoformat(text))


TITLES = {
    RequiredAction.Kind.SYSTEMS: "Hệ thống thông tin quan trọng",
    RequiredAction.Kind.VULNERABILITIES: "Lỗ hổng, điểm yếu",
    RequiredAction.Kind.PORTALS: "Cổng/Trang thông tin điện tử",
    RequiredAction.Kind.LAYERS_AND_DUTY: "Mô hình 4 lớp, trực 24/7",
    RequiredAction.Kind.CASCADE: "Đơn vị trực thuộc",
}


def default_title(kind: str, text: str) -> str:
    """Return a short title for an action: its kind's, else the first words of its text's first line."""
    first = squeeze(text.strip().partition("\n")[0]).split(". ")[0].rstrip(" :;.")
    return TITLES.get(kind) or (first if len(first) <= 60 else f"{first[:57].rsplit(' ', 1)[0]}…")


def require_draft(directive: Directive, actor: User) -> None:
    """Refuse anyone but the issuer's staff, and any directive that has already been sent."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    if directive.state != DirectiveState.DRAFT:
        raise DomainError(_("This directive has been issued; its text can no longer be changed here."))


@transaction.atomic
def update_draft(directive: Directive, *, actor: User, version: int, fields: dict, actions: list[dict]) -> Directive:
    """Save the desk's changes: `fields` of the directive, and the whole ordered list of its actions.

    Each action is a dict of title, text, kind, evidence_rule, due_at, carries_out and, for one that exists, id.
    Raises Overtaken when someone else has saved since `version` was read, DomainError for what it cannot follow.
    """
    require_draft(directive, actor)
    require_links(directive, actor=actor, fields=fields, actions=actions)
    saved = Directive.objects.filter(pk=directive.pk, version=version, state=DirectiveState.DRAFT)
    if not saved.update(version=version + 1, **fields):
        raise Overtaken
    _replace_actions(directive, actions)
    directive.refresh_from_db()
    record_event("edit", directive, actor=actor, agency=directive.issuer, version=directive.version)
    return directive


def _replace_actions(directive: Directive, actions: list[dict]) -> None:
    """Make the directive's actions exactly these, numbered in order; ids of another directive are not touched."""
    kept = {action["id"] for action in actions if action.get("id")}
    own = {action.pk: action for action in directive.actions.all()}
    directive.actions.exclude(pk__in=kept).delete()
    # Positions are unique: move what stays out of the way before giving the final numbers.
    for offset, pk in enumerate(sorted(kept & own.keys())):
        directive.actions.filter(pk=pk).update(position=1000 + offset)
    for position, values in enumerate(actions, 1):
        fields = {name: value for name, value in values.items() if name != "id"}
        if values.get("id") in own:
            directive.actions.filter(pk=values["id"]).update(position=position, **fields)
        else:
            RequiredAction.objects.create(directive=directive, position=position, **fields)


@transaction.atomic
def add_directive_file(
    directive: Directive, upload, *, actor: User, kind: str, action: RequiredAction | None = None
) -> DirectiveFile:
    """Attach a file to a directive, perhaps to one of its actions; raises FileRefused."""
    if not is_staff_of(actor, directive):
        raise NotAllowed
    if action is not None and action.directive_id != directive.pk:
        raise NotAllowed
    kept = DirectiveFile.objects.create(directive=directive, action=action, kind=kind, **stored(upload, actor=actor))
    record_event("attach", directive, actor=actor, agency=directive.issuer, file=kept.pk, sha256=kept.sha256)
    return kept


@transaction.atomic
def remove_directive_file(kept: DirectiveFile, *, actor: User) -> None:
    """Take a file off a draft; an issued directive keeps what its recipients were shown."""
    require_draft(kept.directive, actor)
    record_event("detach", kept.directive, actor=actor, agency=kept.directive.issuer, file=kept.pk, sha256=kept.sha256)
    kept.delete()


@transaction.atomic
def delete_draft(directive: Directive, *, actor: User) -> None:
    """Throw a draft away; the trail remembers that it existed."""
    require_draft(directive, actor)
    record_event("delete", directive, actor=actor, agency=directive.issuer)
    directive.delete()
