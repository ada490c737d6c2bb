"""The language a person reads: pages after signing in anywhere, and the messages sent to them."""

from django.conf import settings

from agencies.models import User

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


def choose_language(user: User, language: str) -> None:
    """Remember a person's language; an unknown one is a ValueError."""
    if language not in LANGUAGES:
        raise ValueError(language)
    User.objects.filter(pk=user.pk).update(language=language)
