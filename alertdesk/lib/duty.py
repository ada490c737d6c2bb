"""A duty roster looked through: who stands where and when, and what is wrong with it.

All moments are aware; a watch covers [starts_at, ends_at). Everything here is plain values in and out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

LONGEST_WITHOUT_RELIEF = timedelta(hours=24)


class Fault(StrEnum):
    """What can be wrong with a stretch of a roster."""

    GAP = "gap"  # nobody stands on a post
    OVERLAP = "overlap"  # a post has two people at once
    TWO_POSTS = "two_posts"  # one person stands on two posts at once
    NO_RELIEF = "no_relief"  # one person stands longer than LONGEST_WITHOUT_RELIEF without a break


@dataclass(frozen=True)
class Watch:
    """One person on one post from a moment to a later one."""

    post: str
    person: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, order=True)
class Finding:
    """A longest stretch in which one fault holds; `post` or `person` is blank where the fault has none."""

    starts_at: datetime
    ends_at: datetime
    fault: Fault
    post: str = ""
    person: str = ""


def findings(
    watches: Iterable[Watch], *, starts_at: datetime, ends_at: datetime, posts: Iterable[str]
) -> list[Finding]:
    """Return what is wrong within a window, in order of time: on each of `posts` and for each person.

    Gaps, overlaps and people on two posts are looked for inside the window; duty without relief is counted
    whole, also where it begins before the window or ends after it.
    """
    watches = [watch for watch in watches if watch.starts_at < watch.ends_at]
    by_post, by_person = _grouped(watches, lambda w: w.post), _grouped(watches, lambda w: w.person)
    found = []
    for post in dict.fromkeys([*posts, *by_post]):
        people = list(_counted(by_post[post], lambda w: w.person, starts_at, ends_at))
        found += [Finding(*s, Fault.GAP, post=post) for s in _joined(people, lambda count: count == 0)]
        found += [Finding(*s, Fault.OVERLAP, post=post) for s in _joined(people, lambda count: count > 1)]
    for person, own in by_person.items():
        places = list(_counted(own, lambda w: w.post, starts_at, ends_at))
        found += [Finding(*s, Fault.TWO_POSTS, person=person) for s in _joined(places, lambda count: count > 1)]
        found += [Finding(*s, Fault.NO_RELIEF, person=person) for s in _without_relief(own, starts_at, ends_at)]
    return sorted(found)


def covered(watches: Iterable[Watch], *, starts_at: datetime, ends_at: datetime, post: str) -> timedelta:
    """Return how much of a window somebody stands on a post."""
    own = [watch for watch in watches if watch.post == post]
    stretches = _joined(_counted(own, lambda w: w.person, starts_at, ends_at), lambda count: count > 0)
    return sum((end - start for start, end in stretches), timedelta())


def percent_covered(watches: Iterable[Watch], *, starts_at: datetime, ends_at: datetime) -> int:
    """Return how much of a window the posts are covered on average, in whole percent; 100 means every minute."""
    watches = list(watches)
    posts = {watch.post for watch in watches}
    whole = (ends_at - starts_at) * len(posts)
    done = sum((covered(watches, starts_at=starts_at, ends_at=ends_at, post=post) for post in posts), timedelta())
    return done * 100 // whole if whole else 0


def rotation(
    starts_at: datetime, ends_at: datetime, *, length: timedelta, change_at: time
) -> list[tuple[datetime, datetime]]:
    """Cut a window where shifts of a length change, once at `change_at`; the first and last may be shorter."""
    change = starts_at.replace(hour=change_at.hour, minute=change_at.minute, second=0, microsecond=0)
    while change > starts_at:
        change -= length
    found = []
    while change < ends_at:
        found.append((max(change, starts_at), min(change + length, ends_at)))
        change += length
    return [(start, end) for start, end in found if start < end]


def _grouped(watches: list[Watch], key: Callable[[Watch], str]) -> defaultdict[str, list[Watch]]:
    found = defaultdict(list)
    for watch in watches:
        found[key(watch)].append(watch)
    return found


def _counted(
    watches: list[Watch], key: Callable[[Watch], str], starts_at: datetime, ends_at: datetime
) -> Iterator[tuple[datetime, datetime, int]]:
    """Cut the window where a watch begins or ends; yield each piece with how many different keys are in it."""
    inside = {m for w in watches for m in (w.starts_at, w.ends_at) if starts_at < m < ends_at}
    for start, end in pairwise(sorted({starts_at, ends_at, *inside})):
        yield start, end, len({key(w) for w in watches if w.starts_at <= start and w.ends_at >= end})


def _joined(
    pieces: Iterable[tuple[datetime, datetime, int]], is_meant: Callable[[int], bool]
) -> list[tuple[datetime, datetime]]:
    """Return the longest stretches made of neighbouring pieces that are meant."""
    return _merged((start, end) for start, end, count in pieces if is_meant(count))


def _merged(stretches: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Join stretches that touch or overlap."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _without_relief(
    watches: list[Watch], starts_at: datetime, ends_at: datetime
) -> Iterator[tuple[datetime, datetime]]:
    for start, end in _merged((watch.starts_at, watch.ends_at) for watch in watches):
        if end - start > LONGEST_WITHOUT_RELIEF and start < ends_at and end > starts_at:
            yield start, end
