"""What became of the messages of a fault run: the rows against what the mail server wrote down."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """Counts of Deliveries, one Message-ID each; `kills` are the breaks made in mid-send."""

    planned: int
    sent: int
    lost: int
    doubled: int
    kills: int = 0
    unmarked: int = 0  # arrived again without being marked as perhaps double

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in vars(self).items())


def count(rows: Iterable[tuple[str, str, bool]], taken: Iterable[str], kills: int = 0) -> Outcome:
    """Compare rows (Message-ID, state, perhaps double) with the Message-IDs taken; the cancelled do not count."""
    planned = {message_id: marked for message_id, state, marked in rows if state != "cancelled"}
    times = Counter(taken)
    again = {message_id: number - 1 for message_id, number in times.items() if number > 1}
    return Outcome(
        planned=len(planned),
        sent=len(times),
        lost=len(planned.keys() - times.keys()),
        doubled=sum(again.values()),
        kills=kills,
        unmarked=sum(not planned.get(message_id) for message_id in again),
    )
