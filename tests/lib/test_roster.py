"""What is found wrong in a roster, against a count of every single minute."""

from datetime import time, timedelta
from itertools import cycle

from hypothesis import given, settings
from hypothesis import strategies as st

from alertdesk.lib.clock import local
from alertdesk.lib.duty import (
    LONGEST_WITHOUT_RELIEF,
    Fault,
    Finding,
    Watch,
    covered,
    findings,
    percent_covered,
    rotation,
)

BEGIN = local(2023, 4, 29)
END = local(2023, 5, 1)
MINUTE = timedelta(minutes=1)
POSTS, PEOPLE = ("portal", "systems"), ("An", "Bình", "Chi")


def watch(person, start, hours, post="portal"):
    return Watch(post, person, BEGIN + timedelta(hours=start), BEGIN + timedelta(hours=start + hours))


def found(*watches, posts=("portal",)):
    return [(f.fault, f.post or f.person, f.starts_at, f.ends_at) for f in _findings(watches, posts)]


def _findings(watches, posts):
    return findings(watches, starts_at=BEGIN, ends_at=END, posts=posts)


def test_a_roster_without_a_hole_has_no_findings():
    assert found(watch("An", 0, 12), watch("Bình", 12, 12), watch("An", 24, 12), watch("Bình", 36, 12)) == []


def test_an_empty_roster_is_one_gap_on_each_post():
    assert found(posts=POSTS) == [(Fault.GAP, "portal", BEGIN, END), (Fault.GAP, "systems", BEGIN, END)]


def test_exactly_24_hours_is_allowed_and_a_minute_more_is_not():
    full = watch("An", 0, 24)
    assert [f for f in _findings([full], ()) if f.fault is Fault.NO_RELIEF] == []
    longer = Watch("portal", "An", BEGIN, BEGIN + LONGEST_WITHOUT_RELIEF + MINUTE)
    assert Finding(longer.starts_at, longer.ends_at, Fault.NO_RELIEF, person="An") in _findings([longer], ())


def test_duty_that_began_before_the_holiday_counts_from_its_beginning():
    early = Watch("portal", "An", BEGIN - timedelta(hours=20), BEGIN + timedelta(hours=5))
    assert Finding(early.starts_at, early.ends_at, Fault.NO_RELIEF, person="An") in _findings([early], ())


def test_the_same_person_twice_on_one_post_is_no_overlap():
    assert found(watch("An", 0, 24), watch("An", 12, 12), watch("Bình", 24, 24)) == []


def test_only_every_minute_of_every_post_is_100_percent():
    def percent(*watches):
        return percent_covered(watches, starts_at=BEGIN, ends_at=END)

    assert percent() == 0
    assert percent(watch("An", 0, 48)) == 100
    assert percent(watch("An", 0, 24), watch("An", 0, 48, post="systems")) == 75
    assert percent(Watch("portal", "An", BEGIN, END - MINUTE)) == 99


minutes = st.integers(-300, 3200)
watches = st.builds(
    lambda post, person, start, length: Watch(post, person, BEGIN + start * MINUTE, BEGIN + (start + length) * MINUTE),
    st.sampled_from(POSTS),
    st.sampled_from(PEOPLE),
    minutes,
    st.integers(0, 1800),
)


def on(rows, minute):
    return [w for w in rows if w.starts_at <= minute < w.ends_at]


def by_minute(rows):
    """Say for each minute of the window which faults hold in it, by counting."""
    faults = set()
    minute = BEGIN
    while minute < END:
        now = on(rows, minute)
        for post in POSTS:
            people = {w.person for w in now if w.post == post}
            if len(people) != 1:
                faults.add((Fault.OVERLAP if people else Fault.GAP, post, minute))
        for person in PEOPLE:
            if len({w.post for w in now if w.person == person}) > 1:
                faults.add((Fault.TWO_POSTS, person, minute))
        minute += MINUTE
    return faults


def without_relief(rows, person):
    """Return the runs of minutes longer than allowed in which a person stands somewhere."""
    own = sorted({m for w in rows if w.person == person for m in _minutes(w.starts_at, w.ends_at)})
    runs, start = [], None
    for place, minute in enumerate(own):
        start = minute if start is None else start
        if place + 1 == len(own) or own[place + 1] != minute + MINUTE:
            runs.append((start, minute + MINUTE))
            start = None
    return [(a, b) for a, b in runs if b - a > LONGEST_WITHOUT_RELIEF and a < END and b > BEGIN]


def _minutes(start, end):
    while start < end:
        yield start
        start += MINUTE


@settings(max_examples=60, deadline=None)
@given(st.lists(watches, max_size=9))
def test_roster_findings_equal_a_count_of_every_minute(rows):
    told = _findings(rows, POSTS)
    counted = {
        (f.fault, f.post or f.person, minute)
        for f in told
        if f.fault is not Fault.NO_RELIEF
        for minute in _minutes(f.starts_at, f.ends_at)
    }
    assert counted == by_minute(rows)
    relief = sorted((f.person, f.starts_at, f.ends_at) for f in told if f.fault is Fault.NO_RELIEF)
    assert relief == sorted((person, a, b) for person in PEOPLE for a, b in without_relief(rows, person))


@settings(max_examples=60, deadline=None)
@given(st.lists(watches, max_size=9))
def test_roster_coverage_and_gaps_make_up_the_window(rows):
    for post in POSTS:
        gaps = [f for f in _findings(rows, POSTS) if f.fault is Fault.GAP and f.post == post]
        missing = sum((f.ends_at - f.starts_at for f in gaps), timedelta())
        assert covered(rows, starts_at=BEGIN, ends_at=END, post=post) + missing == END - BEGIN


@settings(max_examples=300, deadline=None)
@given(
    people=st.lists(st.text(min_size=1, max_size=3), min_size=2, max_size=6, unique=True),
    hours=st.sampled_from((8, 12, 24)),
    change_at=st.times().map(lambda t: time(t.hour, t.minute)),
    days=st.integers(1, 12),
)
def test_a_roster_in_which_two_or_more_take_turns_has_no_findings(people, hours, change_at, days):
    end = BEGIN + timedelta(days=days)
    turns = rotation(BEGIN, end, length=timedelta(hours=hours), change_at=change_at)
    roster = [Watch("portal", person, *turn) for turn, person in zip(turns, cycle(people), strict=False)]
    assert findings(roster, starts_at=BEGIN, ends_at=end, posts=["portal"]) == []
    assert percent_covered(roster, starts_at=BEGIN, ends_at=end) == 100


def test_one_person_alone_cannot_hold_a_roster():
    turns = rotation(BEGIN, END, length=timedelta(hours=12), change_at=time(7))
    alone = [Watch("portal", "An", *turn) for turn in turns]
    assert [finding.fault for finding in _findings(alone, ())] == [Fault.NO_RELIEF]
    assert turns[0] == (BEGIN, BEGIN + timedelta(hours=7))
