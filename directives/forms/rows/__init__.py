"""The rows of an answer on its page: one small form a row, one section a class of rows."""

from .arranging import UnitAidForm, arranged, wishes
from .sheet import RowSheet

__all__ = ["RowSheet", "UnitAidForm", "arranged", "wishes"]
