"""Who takes part: agencies under their dated names, people and their roles, what they protect, the audit trail."""

from .agency import Agency, AgencyName, Succession
from .event import Event
from .letterhead import AUTHORITIES, PLACEHOLDERS, Letterhead, unknown_braces
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
    "AUTHORITIES",
    "PLACEHOLDERS",
    "REGISTERS",
    "Agency",
    "AgencyName",
    "DutyPerson",
    "Event",
    "InformationSystem",
    "Letterhead",
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
    "unknown_braces",
]
