"""What becomes of agencies by a dated act: the directory's part of a merger, split, renaming or dissolution.

The old names end the day before, the new begin on the day. Of several successors the first takes over the
open work; agencies below move under it, and people follow it where the act says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Agency, AgencyName, Membership, Role, Succession, User
from agencies.permissions import may_give
from alertdesk.lib.text import fold

from .handing_over import count_rows, hand_over_registers
from .trail import record_event

Kind = Succession.Act


@dataclass(frozen=True)
class NewAgency:
    """An agency, or for a renaming a name, that begins with the act; a blank place is the predecessor's."""

    name: str
    short_name: str
    symbol: str
    place: str = ""


@dataclass(frozen=True)
class Act:
    """A dated act as typed; blank kind and parent of new agencies are the first predecessor's."""

    act: str
    on: date
    predecessors: tuple[Agency, ...]
    successors: tuple[Agency | NewAgency, ...] = ()
    document: str = ""
    kind: str = ""
    parent: Agency | None = None
    carries_people: bool = True

    @property
    def last_day(self) -> date:
        """The last day of the old names."""
        return self.on - timedelta(days=1)

    @property
    def is_renaming(self) -> bool:
        """Whether the agency itself goes on, under another name."""
        return self.act == Kind.RENAME


@dataclass(frozen=True)
class DirectoryPlan:
    """What the act does to the directory: names that end, agencies that begin or go on, units and people that move.

    `rows` counts the rows of registers that go on at the one that takes over.
    """

    ending: tuple[AgencyName, ...]
    beginning: tuple[NewAgency, ...]
    continuing: tuple[Agency, ...]
    moving: tuple[Agency, ...]
    leaving: tuple[Membership, ...]
    coming: tuple[Membership, ...]
    rows: int = 0


def heir_of(agency: Agency, day: date) -> Agency:
    """Return who has an agency's work on `day`: the agency itself, or the last that took it over."""
    seen = {agency.pk}
    while True:
        rows = agency.successions.filter(takes_over=True, happened_on__lte=day, successor__isnull=False)
        row = rows.exclude(successor__in=seen).select_related("successor").order_by("happened_on").last()
        if row is None:
            return agency
        agency = row.successor
        seen.add(agency.pk)


def problems_of(act: Act, *, actor: User) -> list[str]:
    """Return why the act cannot be carried out, each with what to do."""
    found = [*_wrong_counts(act)]
    for agency in act.predecessors:
        found += _wrong_predecessor(act, agency, actor)
    for successor in act.successors:
        if isinstance(successor, Agency) and not any(name.covers(act.on) for name in successor.names.all()):
            found.append(_("%(agency)s has no name in force on that day.") % {"agency": successor})
    if set(act.predecessors) & {successor for successor in act.successors if isinstance(successor, Agency)}:
        found.append(_("An agency cannot take over from itself; leave one that goes on out of those that end."))
    return found


def _wrong_counts(act: Act) -> list[str]:
    old, new = len(act.predecessors), len(act.successors)
    fits = {
        Kind.MERGE: (old >= 1 and new == 1, _("A merger has one agency that takes over.")),
        Kind.SPLIT: (old == 1 and new >= 2, _("A split has one agency that ends and at least two that follow.")),
        Kind.RENAME: (
            old == 1 and new == 1 and not isinstance(act.successors[0], Agency),
            _("A renaming has one agency and one new name, written as: name | short name | symbol."),
        ),
        Kind.DISSOLVE: (old >= 1 and new <= 1, _("A dissolved agency has at most one that takes over its work.")),
    }
    is_right, sentence = fits[Kind(act.act)]
    return [] if is_right else [sentence]


def _wrong_predecessor(act: Act, agency: Agency, actor: User) -> list[str]:
    names, found = list(agency.names.all()), []
    if not any(name.covers(act.last_day) for name in names):
        found.append(_("%(agency)s was not in force on the day before."))
    if any((name.valid_from or date.min) >= act.on for name in names):
        found.append(_("%(agency)s has a name that begins on that day or later; correct it by an import file first."))
    if not act.is_renaming and not _may_end(agency, actor):
        found.append(_("Only an administrator records the end of %(agency)s: people have other roles there."))
    rows = agency.successions.filter(takes_over=True, successor__isnull=False).exclude(successor=agency)
    known = {successor.pk for successor in act.successors if isinstance(successor, Agency)}
    if other := rows.exclude(successor__in=known).first():
        found.append(
            _("%(agency)s has been taken over by %(other)s already.") % {"agency": agency, "other": other.successor}
        )
    if _people_of(agency, act).filter(valid_from__gte=act.on).exists() and not act.is_renaming:
        found.append(_("Someone's role at %(agency)s begins on that day or later; end that role first."))
    return [sentence.replace("%(agency)s", str(agency)) for sentence in found]


def _may_end(agency: Agency, actor: User) -> bool:
    """Whether the act is the person's to record: no power that they could not give may move by it."""
    roles = set(agency.memberships.values_list("role", flat=True))
    return agency in actor.agencies_as(Role.STAFF) or all(may_give(actor, role) for role in roles)


def _people_of(agency: Agency, act: Act):
    return agency.memberships.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=act.on)).select_related("user")


def plan_directory(act: Act) -> DirectoryPlan:
    """Return what the act does to the directory; nothing is written."""
    ending = [n for a in act.predecessors for n in a.names.all() if n.covers(act.on) and n.covers(act.last_day)]
    new = tuple(successor for successor in act.successors if isinstance(successor, NewAgency))
    if act.is_renaming:
        return DirectoryPlan(tuple(ending), new, (), (), (), ())
    known = tuple(successor for successor in act.successors if isinstance(successor, Agency))
    moving, leaving = [], []
    for agency in act.predecessors:
        units = (
            Agency.objects.in_force_on(act.on).filter(parent=agency).exclude(pk__in=[a.pk for a in act.predecessors])
        )
        moving += units.exclude(pk__in=[a.pk for a in known]).prefetch_related("names").order_by("pk")
        leaving += _people_of(agency, act).order_by("pk")
    coming = _coming(act, leaving) if act.successors and act.carries_people else []
    return DirectoryPlan(
        tuple(ending),
        new,
        known,
        tuple(moving if act.successors else ()),
        tuple(leaving),
        tuple(coming),
        rows=count_rows(act.predecessors) if act.successors else 0,
    )


def _coming(act: Act, leaving: list[Membership]) -> list[Membership]:
    """Return the roles that people get at the first successor, each once and none that they hold there."""
    heir = act.successors[0]
    held = set()
    if isinstance(heir, Agency):
        held = set(heir.memberships.filter(valid_to__isnull=True).values_list("user", "role"))
    found = {}
    for membership in leaving:
        key = (membership.user_id, membership.role)
        if key not in held:
            found.setdefault(key, Membership(user=membership.user, role=membership.role, valid_to=membership.valid_to))
    return list(found.values())


def carry_out(act: Act, plan: DirectoryPlan, *, actor: User) -> Agency | None:
    """Write the directory's part of an act without problems; return who takes over the open work."""
    AgencyName.objects.filter(pk__in=[name.pk for name in plan.ending]).update(valid_to=act.last_day)
    successors = [_begin(act, successor) for successor in act.successors]
    heir = successors[0] if successors else None
    if heir and not act.is_renaming:
        Agency.objects.filter(pk__in=[unit.pk for unit in plan.moving]).update(parent=heir)
        for predecessor in act.predecessors:
            hand_over_registers(predecessor, heir, actor=actor)
    Membership.objects.filter(pk__in=[row.pk for row in plan.leaving]).update(valid_to=act.last_day)
    for membership in plan.coming:
        membership.agency, membership.valid_from = heir, act.on
        membership.save()
    for predecessor in act.predecessors:
        for place, successor in enumerate(successors or [None]):
            _note(act, predecessor, successor, takes_over=place == 0)
        ids = [successor.pk for successor in successors]
        record_event("succession", predecessor, actor=actor, agency=predecessor, kind=act.act, successors=ids)
    return heir


def _begin(act: Act, successor: Agency | NewAgency) -> Agency:
    """Return a successor that exists, begin a new agency, or give the renamed one its new name."""
    if isinstance(successor, Agency):
        return successor
    first = act.predecessors[0]
    agency = first
    if not act.is_renaming:
        parent = act.parent or (heir_of(first.parent, act.on) if first.parent else None)
        place = successor.place or first.place
        agency = Agency.objects.create(kind=act.kind or first.kind, parent=parent, place=place)
    AgencyName.objects.create(
        agency=agency,
        name=successor.name,
        short_name=successor.short_name,
        symbol=successor.symbol,
        valid_from=act.on,
        search_text=fold(f"{successor.name} {successor.short_name} {successor.symbol}"),
    )
    return agency


def _note(act: Act, predecessor: Agency, successor: Agency | None, *, takes_over: bool) -> None:
    row, _is_new = Succession.objects.get_or_create(
        predecessor=predecessor, successor=successor, happened_on=act.on, defaults={"act": act.act}
    )
    row.act, row.source_document, row.takes_over = act.act, act.document, takes_over
    row.save()
