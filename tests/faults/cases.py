"""Every fault by its name: what is done, in which size for the short and the full form, and its controls."""

from collections.abc import Callable
from dataclasses import dataclass, field

from . import mail_cases, process_cases
from .arena import Arena
from .counting import Outcome


@dataclass(frozen=True)
class Case:
    """One fault; `guard` names what is taken out of the sender in a control, which must then lose or double."""

    do: Callable[..., Outcome]
    short: dict[str, int] = field(default_factory=dict)
    full: dict[str, int] = field(default_factory=dict)
    guard: str = ""

    def run(self, arena: Arena, *, full: bool = False) -> Outcome:
        """Do it in one of the two sizes."""
        return self.do(arena, **(self.full if full else self.short), **({"guard": self.guard} if self.guard else {}))


def _size(short: int, full: int, **more: int | tuple[int, int]) -> dict[str, dict[str, int]]:
    pairs = {"messages": (short, full), **more}
    return {"short": {n: p[0] for n, p in pairs.items()}, "full": {n: p[1] for n, p in pairs.items()}}


_KILLS = _size(240, 3000, kills=(2, 12))
_BROKER, _RESTARTS, _MAIL, _STORY = _size(240, 600), _size(240, 900, restarts=(1, 3)), _size(12, 60), _size(0, 0)
_SQLITE = _size(120, 600)

CASES: dict[str, Case] = {
    "kill_9": Case(process_cases.kill_9, **_KILLS),
    "kill_9_guard_off": Case(process_cases.kill_9, **_KILLS, guard="mark_each"),
    "redis_flushall": Case(process_cases.redis_flushall, **_BROKER),
    "redis_flushall_guard_off": Case(process_cases.redis_flushall, **_BROKER, guard="outbox"),
    "redis_sigkill": Case(process_cases.redis_sigkill, **_BROKER),
    "redis_sigkill_guard_off": Case(process_cases.redis_sigkill, **_BROKER, guard="outbox"),
    "two_beats": Case(process_cases.two_beats, **_BROKER),
    "two_beats_guard_off": Case(process_cases.two_beats, **_BROKER, guard="lock"),
    "two_sweepers_sqlite": Case(process_cases.two_sweepers_sqlite, **_SQLITE),
    "two_sweepers_sqlite_guard_off": Case(process_cases.two_sweepers_sqlite, **_SQLITE, guard="lock"),
    "postgres_restart": Case(process_cases.postgres_restart, **_RESTARTS),
    "postgres_restart_guard_off": Case(process_cases.postgres_restart, **_RESTARTS, guard="insist"),
    "smtp_away_an_hour": Case(mail_cases.smtp_away, **_MAIL),
    "smtp_away_an_hour_guard_off": Case(mail_cases.smtp_away, **_MAIL, guard="blame_nobody"),
    "smtp_hangs": Case(mail_cases.misbehaving("hang"), **_size(6, 15)),
    "smtp_4xx": Case(mail_cases.misbehaving("defer"), **_MAIL),
    "smtp_5xx": Case(mail_cases.misbehaving("reject"), **_MAIL),
    "smtp_421": Case(mail_cases.misbehaving("closing"), **_MAIL),
    "smtp_drops": Case(mail_cases.misbehaving("drop"), **_MAIL),
    "smtp_drops_guard_off": Case(mail_cases.misbehaving("drop"), **_MAIL, guard="doubt"),
    "smtp_reply_lost": Case(mail_cases.misbehaving("reply_lost", breaks=True), **_MAIL),
    "clock_2_days_ahead": Case(mail_cases.clock_wrong(2), **_STORY),
    "clock_2_days_ahead_guard_off": Case(mail_cases.clock_wrong(2), **_STORY, guard="dates"),
    "clock_2_days_behind": Case(mail_cases.clock_wrong(-2), **_STORY),
    "same_day_return": Case(mail_cases.same_day_return, **_STORY),
}
