"""The rows behind an answer, by the kind of its action: the first class of a kind makes up its figures."""

from ..action import RequiredAction
from .base import AnswerRow
from .portals import FindingRow, PortalRow
from .systems import LayerRow, SystemRow
from .units import ProviderRow, UnitRow
from .weaknesses import ProductRow, WeaknessRow

Kind = RequiredAction.Kind
ROWS: dict[str, tuple[type[AnswerRow], ...]] = {
    Kind.SYSTEMS: (SystemRow,),
    Kind.VULNERABILITIES: (ProductRow, WeaknessRow),
    Kind.PORTALS: (PortalRow, FindingRow),
    Kind.LAYERS_AND_DUTY: (LayerRow, ProviderRow),
    Kind.CASCADE: (UnitRow,),
    Kind.GENERAL: (),
}
ROW_TYPES: dict[str, type[AnswerRow]] = {model.row_type(): model for models in ROWS.values() for model in models}

__all__ = [
    "ROWS",
    "ROW_TYPES",
    "AnswerRow",
    "FindingRow",
    "LayerRow",
    "PortalRow",
    "ProductRow",
    "ProviderRow",
    "SystemRow",
    "UnitRow",
    "WeaknessRow",
]
