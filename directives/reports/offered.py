"""The rows an answer starts from: what the agency's registers hold, else what this kind of action asks for first."""

from collections.abc import Callable

from agencies.models import Agency, InformationSystem, MachineGroup, Portal, ServiceProvider
from alertdesk.lib import clock
from directives.models import (
    Answer,
    AnswerRow,
    LayerRow,
    PortalRow,
    ProductRow,
    ProviderRow,
    RequiredAction,
    State,
    SystemRow,
    UnitRow,
)

LEVEL_THREE = 3
Kind = RequiredAction.Kind
# What is counted machine by machine beside Windows, by the words of a weakness's product line.
FAMILIES = {
    "Microsoft Office": ("Office", "Word", "Excel", "Outlook", "Publisher", "Visio"),
    "Exchange Server": ("Exchange",),
    "SharePoint Server": ("SharePoint",),
}


def offered_rows(answer: Answer) -> list[AnswerRow]:
    """Return rows for an answer that has none yet, unsaved; what nobody has said stays blank in them."""
    offer = OFFERS.get(answer.action.kind)
    return offer(answer) if offer else []


def _from(register, row_model: type[AnswerRow], agency: Agency) -> list[AnswerRow]:
    """Return one row per kept row of a register, with the fields that both have."""
    kept = register.objects.kept().filter(agency=agency).order_by("pk")
    return [_row(row_model, row) for row in kept]


def _row(model: type[AnswerRow], kept) -> AnswerRow:
    shared = {ours: getattr(kept, theirs) for theirs, ours in model.SHARED.items()}
    return model(**{model.LINKS[0]: kept}, **shared)


def _systems(answer: Answer) -> list[AnswerRow]:
    return _from(InformationSystem, SystemRow, answer.assignment.responsible_agency)


def _layers(answer: Answer) -> list[AnswerRow]:
    """Offer the systems at level 3 or above and the important ones, and every provider."""
    agency = answer.assignment.responsible_agency
    systems = InformationSystem.objects.kept().filter(agency=agency).order_by("pk")
    asked = [system for system in systems if (system.level or 0) >= LEVEL_THREE or system.is_important]
    return [*(_row(LayerRow, system) for system in asked), *_from(ServiceProvider, ProviderRow, agency)]


def _portals(answer: Answer) -> list[AnswerRow]:
    return _from(Portal, PortalRow, answer.assignment.responsible_agency)


def _products(answer: Answer) -> list[AnswerRow]:
    """Offer the machines of the register, else Windows and what else of Microsoft the directive's weaknesses touch."""
    known = _from(MachineGroup, ProductRow, answer.assignment.responsible_agency)
    named = " ".join(answer.action.vulnerabilities.values_list("product_line", flat=True))
    touched = [line for line, words in FAMILIES.items() if any(word in named for word in words)]
    return known or [ProductRow(product_line=line) for line in ("Windows", *touched)]


def _units(answer: Answer) -> list[AnswerRow]:
    """Offer the units of the directory directly under the agency today; those that report here need no row."""
    today, reporting = clock.today(), answer.assignment.children.exclude(state=State.WITHDRAWN).values("agency")
    units = Agency.objects.in_force_on(today).filter(parent=answer.assignment.responsible_agency)
    units = units.exclude(pk__in=reporting)
    return [
        UnitRow(unit=unit, name=unit.name_on(today).name) for unit in units.prefetch_related("names").order_by("pk")
    ]


OFFERS: dict[str, Callable[[Answer], list[AnswerRow]]] = {
    Kind.SYSTEMS: _systems,
    Kind.VULNERABILITIES: _products,
    Kind.PORTALS: _portals,
    Kind.LAYERS_AND_DUTY: _layers,
    Kind.CASCADE: _units,
}
