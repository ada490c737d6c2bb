"""Who can sign in: invitations and the printed notes."""


def access_list(request, pk):
    """Not built yet."""
    raise NotImplementedError


def access_invite(request, pk):
    """Not built yet."""
    raise NotImplementedError


def access_notes(request, pk):
    """Not built yet."""
    raise NotImplementedError
