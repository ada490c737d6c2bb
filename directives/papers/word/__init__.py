"""Papers as Word files: from the same context as their PDF, the same words in the same order."""

from .directive import directive_file

__all__ = ["directive_file"]
