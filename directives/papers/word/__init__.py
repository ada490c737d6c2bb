"""Papers as Word files: from the same template and context as their PDF, the same words in the same order."""

from .flow import paper_file

__all__ = ["paper_file"]
