"""Why a service refuses, in words for the person; views show them, nothing here knows of HTTP."""

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule of the domain refuses the act; the message says what to do."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message

    def __str__(self):
        return str(self.message)


class NotAllowed(DomainError):
    """The person may see the thing but not do this to it."""

    def __init__(self, message=None):
        super().__init__(message or _("You are not allowed to do this."))


class Overtaken(DomainError):
    """Someone else was faster, or the state no longer allows the act; nothing was changed."""

    def __init__(self, message=None):
        super().__init__(
            message
            or _(
                "This was changed by someone else in the meantime, or can no longer be done. "
                "Nothing was changed; look at the current state and try again."
            )
        )


class Incomplete(DomainError):
    """Something required is missing; `missing` lists it."""

    def __init__(self, message, missing=()):
        super().__init__(message)
        self.missing = list(missing)


class FileRefused(DomainError):
    """An uploaded file is too large, empty, or of a type that is not taken."""
