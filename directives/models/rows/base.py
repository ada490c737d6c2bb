"""What the rows of all answers share: whose they are, in which order, and how they are kept as plain values."""

from collections.abc import Sequence
from datetime import date

from django.db import models

from ..answer import Answer


class AnswerRow(models.Model):
    """One row of an answer: a system, a product line, a portal, a unit, as the agency reports on it.

    `FIELDS` are the values that a person types and that revisions and submissions keep. `LINKS` are what a row
    points at beside them. Where the rows belong into a register, the first link is its row there, and `SHARED`
    names the register's fields with the fields here that fill them.
    """

    FIELDS: tuple[str, ...] = ()
    is_single = True  # two rows of one name would be a mistake
    LINKS: tuple[str, ...] = ()
    SHARED: dict[str, str] = {}

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="%(class)ss")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position"]

    @classmethod
    def row_type(cls) -> str:
        """Return the name by which kept values say which rows they are."""
        return cls._meta.model_name

    def to_dict(self) -> dict:
        """Return the row's values as JSON has them, days as ISO text."""
        values = {name: getattr(self, name) for name in self.FIELDS}
        return {"row": self.row_type(), **{name: _plain(value) for name, value in values.items()}}

    @classmethod
    def figures(cls, rows: "Sequence[AnswerRow]", beside: "Sequence[AnswerRow]" = ()) -> dict[str, int]:
        """Return what the rows, and those of other classes beside them, add up to: total, done, extra."""
        raise NotImplementedError

    @property
    def link(self):
        """The register's row behind this one, or None."""
        return getattr(self, self.LINKS[0]) if self.SHARED else None


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value
