"""What an agency has to protect and who does it: five registers, kept between directives."""

from .confirmation import RegisterConfirmation, fingerprint_of
from .contacts import DutyPerson, Portal, ServiceProvider
from .rows import Register, RegisterRow
from .systems import PRODUCT_LINES, InformationSystem, MachineGroup

REGISTERS: dict[str, type[RegisterRow]] = {
    model.register: model for model in (InformationSystem, MachineGroup, Portal, ServiceProvider, DutyPerson)
}

__all__ = [
    "PRODUCT_LINES",
    "REGISTERS",
    "DutyPerson",
    "InformationSystem",
    "MachineGroup",
    "Portal",
    "Register",
    "RegisterConfirmation",
    "RegisterRow",
    "ServiceProvider",
    "fingerprint_of",
]
