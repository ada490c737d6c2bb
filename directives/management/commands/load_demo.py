"""Load the demo story."""

from django.core.management.base import BaseCommand
from django.db import transaction

from directives.demo import load, story


class Command(BaseCommand):
    help = "Load the demo story into an empty database and print its logins; does nothing where it is loaded already."

    def handle(self, *args, **options):
        """Load and print; an occupied database is refused with exit status 2."""
        try:
            with transaction.atomic():
                loaded = load.load()
        except load.NotEmpty:
            self.stderr.write(
                "Cơ sở dữ liệu đã có dữ liệu khác; hãy dùng một cơ sở dữ liệu trống cho bản trình diễn. / "
                "The database holds other data; use an empty database for the demo."
            )
            raise SystemExit(2) from None
        self.stdout.write("Demo story loaded." if loaded else "The demo story is already loaded.")
        for role, _text, email in story.LOGINS:
            self.stdout.write(f"  {role.value:8} {email:40} {story.PASSWORD}")
