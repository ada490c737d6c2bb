"""Who takes part: agencies under their dated names, people and their roles, what they protect, the audit trail."""

from .agency import Agency, AgencyName, Succession
from .event import Event
from .registers import (
    REGISTERS,
    DutyPerson,
    InformationSystem,
    MachineGroup,
    Portal,
    Register,
    RegisterConfirmation,
    RegisterRow,
    ServiceProvider,
)
from .user import Membership, Role, User

__all__ = [
    "REGISTERS",
    "Agency",
    "AgencyName",
    "DutyPerson",
    "Event",
    "InformationSystem",
    "MachineGroup",
    "Membership",
    "Portal",
    "Register",
    "RegisterConfirmation",
    "RegisterRow",
    "Role",
    "ServiceProvider",
    "Succession",
    "User",
]
