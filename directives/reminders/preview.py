"""Write a reminder before it exists: the words that `messages` would send now, for the desk to read first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alertdesk.lib.working_days import Overrides
from directives.models import Assignment, Delivery, Notice

from .addresses import languages_of
from .content import load_content
from .messages import compose


@dataclass(frozen=True)
class Words:
    """What some addresses would read, all in one language."""

    addresses: tuple[str, ...]
    language: str
    subject: str
    text: str


@dataclass(frozen=True)
class Preview:
    """One agency, and what goes to which of its addresses."""

    assignment: Assignment
    words: tuple[Words, ...]


def previews(due: Iterable, now: datetime, overrides: Overrides, *, kind: str = Notice.Kind.MANUAL) -> list[Preview]:
    """Return what each agency of `due` (with `assignment` and `addresses`) would get; nothing is written.

    An address that several of them share gets one message about all, and the preview shows that one.
    """
    due = list(due)
    notices = {
        (row.assignment.pk, address): _notice(row, address, kind, now) for row in due for address in row.addresses
    }
    load_content(notices.values())
    languages = languages_of({address for _pk, address in notices})
    desk = _Desk(notices, languages, now, overrides)
    return [Preview(row.assignment, tuple(desk.words_for(row))) for row in due]


def _notice(row, address: str, kind: str, now: datetime) -> Notice:
    return Notice(assignment=row.assignment, kind=kind, address=address, planned_at=now, cycle=row.assignment.cycle)


class _Desk:
    """Compose every different message once."""

    def __init__(self, notices: dict, languages: dict[str, str], now: datetime, overrides: Overrides):
        self._languages, self._now, self._overrides = languages, now, overrides
        self._notices: dict[str, list[Notice]] = {}
        for (_pk, address), notice in notices.items():
            self._notices.setdefault(address, []).append(notice)
        self._written: dict[tuple, tuple[str, str]] = {}

    def words_for(self, row) -> list[Words]:
        """Return the agency's messages, its addresses that read the same words together."""
        groups: dict[tuple, list[str]] = {}
        for address in row.addresses:
            about = tuple(sorted(notice.assignment_id for notice in self._notices[address]))
            groups.setdefault((self._languages.get(address, "vi"), about), []).append(address)
        return [Words(tuple(addresses), key[0], *self._write(key, addresses[0])) for key, addresses in groups.items()]

    def _write(self, key: tuple, address: str) -> tuple[str, str]:
        if key not in self._written:
            delivery = Delivery(address=address, language=key[0], message_id="<preview>", planned_at=self._now)
            kept = compose(delivery, self._notices[address], self._now, self._overrides).kept
            self._written[key] = kept["subject"], kept["text"]
        return self._written[key]
