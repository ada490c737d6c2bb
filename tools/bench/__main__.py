"""Run benchmarks by name, all without one: `python -m tools.bench [NAME...]` prints JSON lines.

Everything is measured on this code's own ground: a database made for the run, production's settings
for static files, nothing of the machine's configuration.
"""

import os
import sys
import tempfile
from importlib import import_module

import django

NAMES = ("pages", "board", "intake", "papers", "faults", "reminders")
WITHOUT_WORLD = ("intake", "faults", "reminders")


def main(names: list[str]) -> int:
    """Run the benchmarks and return the exit status."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"There is no benchmark called {unknown[0]}; there are: {', '.join(NAMES)}.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="alertdesk-bench-") as folder:
        os.environ.update(VAR_DIR=folder, READ_DOT_ENV="0", EMBEDDED_SCHEDULER="0", LOG_LEVEL="WARNING")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alertdesk.settings")
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's event loop runs beside the ORM
        django.setup()
        # Imported only now: the models need the settings, and those read the environment once.
        names = names or list(NAMES)
        world = import_module("tools.bench.world").open_world() if set(names) - set(WITHOUT_WORLD) else None
        for name in names:
            for figure in import_module(f"tools.bench.{name}").measure(world):
                print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
