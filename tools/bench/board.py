"""What the board costs the server, against the health page, a view that does nothing, on the same way through."""

import time
from collections.abc import Callable, Iterator
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .figures import Figure
from .world import AGENCIES, World

ROUNDS = 15


def measure(world: World) -> Iterator[Figure]:
    """Ask for the whole board and for the floor in turn; times are medians in one process."""
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip"})
    client.force_login(world.staff)
    draw = _asking(client, reverse("directives:board", args=[world.directive.pk]))
    floor = _asking(client, reverse("healthz"))
    for warming in (draw, floor):
        warming()
    with CaptureQueriesContext(connection) as queries:
        draw()
        count = len(queries)  # the next request empties the log
    spent, least = _medians(draw, floor)
    case = str(AGENCIES)
    yield Figure("board", case, "queries", count, "count")
    yield Figure("board", case, "server_ms", round(spent, 1), "ms")
    yield Figure("board", case, "ratio_to_floor", round(spent / least, 1), "ratio")


def _asking(client: Client, path: str) -> Callable[[], None]:
    def ask() -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}.")

    return ask


def _medians(*acts: Callable[[], None]) -> list[float]:
    """Return each act's median in milliseconds; they take turns, so that a busy moment hits all."""
    times: list[list[float]] = [[] for _act in acts]
    for _round in range(ROUNDS):
        for act, spent in zip(acts, times, strict=True):
            started = time.perf_counter()
            act()
            spent.append((time.perf_counter() - started) * 1000)
    return [median(spent) for spent in times]
