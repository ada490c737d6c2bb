"""Faults of the mail server, and of the clock by which the desk plans."""

from dataclasses import replace

from .arena import Arena, Run
from .counting import Outcome

MINUTE, DAY, HOUR = "interval '1 minute'", "interval '1 day'", 60
SENT = """
    SELECT n.kind, n.occasion, n.address FROM directives_notice n
    JOIN directives_delivery d ON d.id = n.delivery_id WHERE d.channel = 'email' AND d.state = 'sent'
"""


def _sweeps(arena: Arena, run: Run, guard: str, *, by: str = DAY):
    """Return a function that sweeps once on this run's database when so much time has passed, and who does it."""
    desk = run.start("desk", guard=guard) if guard else arena.desk(run)

    def sweep(**when) -> None:
        _pass_time(run, by)
        desk.order(do="sweep", **when)

    return sweep, desk


def _pass_time(run: Run, by: str) -> None:
    """Let so much time pass for whoever waits."""
    run.sql(f"UPDATE directives_delivery SET next_try_at = next_try_at - {by}, lease_until = lease_until - {by}")  # noqa: S608


def _until_done(run: Run, sweep, most: int = 12) -> None:
    while most and not run.is_done():
        sweep()
        most -= 1


def misbehaving(mode: str, *, breaks: bool = False):
    """Return a case: the server misbehaves at a third of the messages; `breaks` counts each as a kill."""

    def case(arena: Arena, messages: int, *, guard: str = "") -> Outcome:
        times = messages // 3
        with arena.run("build", agencies=messages) as run:
            sweep, desk = _sweeps(arena, run, guard)
            run.behave(mode, times=times)
            for _time in range(times):
                sweep()
            run.behave("ok")
            _until_done(run, sweep)
            desk.order(do="requeue_dead")
            _until_done(run, sweep)
            return run.outcome(times if breaks else 0)

    case.__doc__ = f"Mail server: {mode}."
    return case


def smtp_away(arena: Arena, messages: int, *, guard: str = "") -> Outcome:
    """Let nobody listen for a simulated hour of sweeps, minute by minute, in the middle of the sending."""
    with arena.run("build", agencies=messages) as run:
        sweep, _desk = _sweeps(arena, run, guard, by=MINUTE)
        run.behave("closing")
        sweep()
        run.behave("away")
        for _minute in range(HOUR):
            sweep()
        run.behave("ok")
        for _minute in range(3):
            sweep()
        return run.outcome()


# The directive of 2023: issued on 26/4 at 9:00, to be answered by 28/4, 17:00.
DAYS = ("2023-04-26", "2023-04-27", "2023-04-28", "2023-04-29", "2023-05-04", "2023-05-05", "2023-05-08")
HOURS = ("07:45", "09:05", "11:00", "14:00", "15:05", "16:30")
HEALTH = ("syt@binhdinh.example", "vanthu@syt.example")
MOMENTS = [f"{day}T{hour}+07:00" for day in DAYS for hour in HOURS][1:]


# The clock jumps here: from the first day to the deadline's, from the deadline's to the first, and after it.
WRONG_AT = ("2023-04-26T11:00+07:00", "2023-04-28T11:00+07:00", "2023-05-05T11:00+07:00")


def clock_wrong(days: float):
    """Return a case: some sweeps plan with the clock wrong by so many days, then it is put right."""

    def case(arena: Arena, messages: int, *, guard: str = "") -> Outcome:
        right, _outcome = _occasions(arena, {}, "")
        wrong, outcome = _occasions(arena, dict.fromkeys(WRONG_AT, days), guard)
        return replace(outcome, planned=len(right), sent=len(wrong), lost=outcome.lost + len(right - wrong))

    case.__doc__ = f"Plan with the clock {days:+} days wrong now and then; every occasion of the right clock is kept."
    return case


def _occasions(arena: Arena, wrong_by: dict[str, float], guard: str) -> tuple[set[tuple], Outcome]:
    """Sweep through the story; returns the occasions that were sent, by address, and the messages' outcome."""
    with arena.run("build_story") as run:
        sweep, _desk = _sweeps(arena, run, guard)
        for moment in MOMENTS:
            sweep(at=moment, days=wrong_by.get(moment, 0))
        return set(run.sql(SENT)), run.outcome()


def same_day_return(arena: Arena, messages: int, *, guard: str = "") -> Outcome:
    """Report, and be asked for more on the same day: both addresses are told, and reminded that afternoon."""
    with arena.run("build_story") as run:
        sweep, desk = _sweeps(arena, run, guard)
        sweep(at="2023-04-26T09:05+07:00")
        desk.order(do="report", at="2023-04-28T08:00+07:00")
        sweep(at="2023-04-28T08:05+07:00")
        desk.order(do="ask_for_more", at="2023-04-28T08:40+07:00")
        sweep(at="2023-04-28T08:45+07:00")
        for moment in MOMENTS[12:17]:
            sweep(at=moment)
        told = {(kind, address) for kind, _occasion, address in run.sql(SENT)}
        expected = {(kind, address) for kind in ("returned", "last_hours") for address in HEALTH}
        return replace(run.outcome(), lost=run.outcome().lost + len(expected - told))
