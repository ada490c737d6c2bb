"""The directory as tables: what a file holds, what it would change, and the change made whole or not at all."""

from .loading import FIELDS, load_directory
from .plans import DirectoryUnreadable

__all__ = ["FIELDS", "DirectoryUnreadable", "load_directory"]
