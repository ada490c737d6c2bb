"""Print the papers that people wait for."""

from django.core.management.base import BaseCommand

from directives.papers import jobs
from directives.papers.limits import limit_memory


class Command(BaseCommand):
    """Print all jobs that wait, within the limits of memory and time; a site without Celery starts it by itself."""

    help = "Prints the papers that wait, one after the other. A site without Celery starts it by itself."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        """Print until nothing waits; say how many."""
        limit_memory()
        self.stdout.write(f"{jobs.work_off()}")
