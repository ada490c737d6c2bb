"""Start one process of the product for a fault run: with short leases and time-outs, perhaps with a guard off.

    python -m tests.faults.launch ROLE [ARGUMENTS]

Roles: `celery …` is the product's own worker or beat; `embedded` its scheduler thread; `desk` takes orders as JSON
lines (`{"do": NAME, …}`, a function of `desk` or `floors`) and answers each with one JSON line. FAULTS holds the
times and the guard.
"""

import json
import os
import sys

import django


def main(role: str, arguments: list[str]) -> None:
    """Set up Django, patch, and become that process."""
    django.setup()
    from tests.faults import guards

    guards.apply(json.loads(os.environ.get("FAULTS", "{}")))
    ROLES[role](arguments)


def celery(arguments: list[str]) -> None:
    """Be `celery -A alertdesk ARGUMENTS`."""
    from celery.__main__ import main as run

    from tests.faults import floors  # noqa: F401  its task is then known

    sys.argv = ["celery", "-A", "alertdesk", *arguments]
    run()


def embedded(_arguments: list[str]) -> None:
    """Keep the embedded scheduler's rhythm until stdin ends."""
    from directives.reminders import scheduler

    scheduler.start()
    sys.stdin.read()


def desk(_arguments: list[str]) -> None:
    """Carry out one order a line."""
    from django.conf import settings
    from django.db import connections

    from tests.faults import desk as acts
    from tests.faults import floors

    orders = vars(floors) | vars(acts)

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for line in sys.stdin:
        order = json.loads(line)
        answer = orders[order.pop("do")](**order)
        connections.close_all()  # between two orders the database may be copied or restarted
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


ROLES = {"celery": celery, "embedded": embedded, "desk": desk}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
