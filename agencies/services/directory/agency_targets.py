"""What a file does to one agency, held in memory until it is written."""

from agencies.models import Agency, AgencyName, Succession
from alertdesk.lib.text import fold

from .plans import Change, Plan

AT_ONCE = 500
PLAIN = ("kind", "place", "code", "mailbox", "telephone", "contact_name", "needs_approval")
OF_NAME = ("name", "short_name", "symbol", "aliases", "valid_from", "valid_to")


class Target:
    """One agency that the file speaks of, known or new, with what becomes of it."""

    def __init__(self, agency: Agency, number: str):
        self.agency, self.number = agency, number
        self.is_new = agency.pk is None
        self.names: list[AgencyName] = [] if self.is_new else list(agency.names.all())
        self.records: list = []
        self.fields: set[str] = set()
        self.parent: Agency | None = None
        self.moves = False
        self.named: dict[int, AgencyName] = {}
        self.changed_names: list[AgencyName] = []
        self.successors: list[Agency] = []
        self.changes: list[Change] = []
        self.of_row: dict[int, tuple[bool, list[Change]]] = {}

    @property
    def first(self):
        """The row that speaks for the agency itself."""
        return self.records[0]

    def tell(self, plan: Plan) -> None:
        """Add a line to the plan for every row; what concerns the agency stands in its first."""
        for record in self.records:
            is_new, changes = self.of_row.get(record.row, (False, []))
            own = self.changes if record is self.first else []
            plan.add(record.row, record.get("name"), is_new=is_new, changes=[*own, *changes])

    def note_successors(self) -> None:
        """Write who took over; open assignments are moved by the act of succession, not by a file."""
        act = Succession.Act.SPLIT if len(self.successors) > 1 else Succession.Act.MERGE
        for place, successor in enumerate(self.successors):
            names = successor.names.order_by("valid_from").first()
            ended = max((name.valid_to for name in self.names if name.valid_to), default=None)
            day = (names and names.valid_from) or ended
            if day:
                Succession.objects.create(
                    predecessor=self.agency, successor=successor, act=act, happened_on=day, takes_over=place == 0
                )


def write_targets(targets: list[Target]) -> dict[str, list[int]]:
    """Write what a plan without problems says, many rows at a time; return the ids added and changed."""
    new = [target.agency for target in targets if target.is_new]
    Agency.objects.bulk_create(new, AT_ONCE)
    moved = [target for target in targets if target.moves]
    for target in moved:
        target.agency.parent = target.parent
    known = [target.agency for target in targets if target.moves or (target.fields and not target.is_new)]
    Agency.objects.bulk_update(known, [*PLAIN, "code_key", "parent"], AT_ONCE)
    _write_names(targets)
    for target in targets:
        target.note_successors()
    changed = [t for t in targets if not t.is_new and (t.moves or t.fields or t.changed_names or t.successors)]
    return {"added": [agency.pk for agency in new], "changed": [target.agency.pk for target in changed]}


def _write_names(targets: list[Target]) -> None:
    names = []
    for target in targets:
        for name in target.changed_names:
            name.agency = target.agency
            name.search_text = fold(f"{name.name} {name.short_name} {name.symbol}")
            names.append(name)
    known = [name for name in names if name.pk]
    AgencyName.objects.bulk_create([name for name in names if name.pk is None], AT_ONCE)
    AgencyName.objects.bulk_update(known, [*OF_NAME, "search_text"], AT_ONCE)
