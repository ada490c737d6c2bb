"""Words that only the desk's lists need."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag
def late_words(late, days):
    """Say how many calendar days something is late; within the day of its deadline that it has just passed."""
    if not late:
        return ""
    if not days:
        return _("just past the deadline")
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


@register.filter
def last_login_of(users):
    """Return the latest sign-in of several accounts, None where nobody has signed in yet."""
    return max((user.last_login for user in users if user.last_login), default=None)


@register.filter(name="zip")
def paired(second, first):
    """Pair two equally long lists: `cells|zip:heads` gives (head, cell)."""
    return zip(first, second, strict=True)
