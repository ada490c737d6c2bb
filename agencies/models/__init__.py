"""Who takes part: agencies under their dated names, people and their roles, the audit trail."""

from .agency import Agency, AgencyName, Succession
from .event import Event
from .user import Membership, Role, User

__all__ = ["Agency", "AgencyName", "Event", "Membership", "Role", "Succession", "User"]
