"""Plan and deliver reminders once."""

import json
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError

from alertdesk.lib import clock
from directives.reminders.sweep import sweep, sweep_now


class Command(BaseCommand):
    """Plan and deliver once; print the counts as one JSON object."""

    help = "Plan and deliver reminders once and print the counts as JSON."

    def add_arguments(self, parser):
        """Take the moment to stand at."""
        parser.add_argument(
            "--at", metavar="ISO", help="stand at this moment, Vietnamese time unless it says otherwise"
        )

    def handle(self, *args, at=None, **options):
        """Sweep at `at` or at this site's moment."""
        if at:
            with clock.frozen(_moment(at)):
                counts = sweep()
        else:
            counts = sweep_now()
        self.stdout.write(json.dumps(counts))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Not a moment such as 2023-04-28T09:00: {text}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.ZONE)
