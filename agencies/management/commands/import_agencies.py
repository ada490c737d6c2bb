"""Add the agencies of a CSV directory."""

from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import translation

from agencies.services.directory import FIELDS, DirectoryUnreadable, load_directory


class Command(BaseCommand):
    help = f"Add the agencies of a CSV or .xlsx file with the columns {', '.join(FIELDS)}; whole or not at all."

    def add_arguments(self, parser):
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        """Load the file; what cannot be read is said in both languages, with exit status 2."""
        try:
            count = load_directory(file)
        except (DirectoryUnreadable, OSError) as error:
            self._refuse("vi", "Không đọc được danh mục cơ quan", error)
            self._refuse("en", "The directory cannot be read", error)
            raise SystemExit(2) from None
        self.stdout.write(f"{count} agencies in the directory.")

    def _refuse(self, language, words, error):
        with translation.override(language):
            self.stderr.write(f"{words}: {error}")
