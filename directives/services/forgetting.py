"""Private telephones go when nobody needs them: those of past shifts, and of people taken out of the register."""

import logging
from datetime import datetime

from django.db.models import Q

from agencies.models import DutyPerson
from directives.models import TELEPHONES_KEPT, Shift

logger = logging.getLogger(__name__)


def forget_telephones(now: datetime) -> int:
    """Blank telephones of shifts that ended TELEPHONES_KEPT ago, and of people removed as long ago; return how many.

    Names, hours and confirmations stay. Who stands in the register of people on duty today keeps the number there.
    """
    before = now - TELEPHONES_KEPT
    old = Shift.objects.filter(ends_at__lt=before).exclude(telephone="", backup_telephone="")
    gone = DutyPerson.objects.filter(removed_at__lt=before).filter(~Q(telephone="") | ~Q(email=""))
    count = old.update(telephone="", backup_telephone="") + gone.update(telephone="", email="")
    if count:
        logger.info("Telephones of %s past shifts and removed people were blanked.", count)
    return count
