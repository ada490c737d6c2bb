"""What happens to a directive after issue."""


def directive_number(request, pk):
    """Not built yet."""
    raise NotImplementedError


def directive_close(request, pk):
    """Not built yet."""
    raise NotImplementedError


def directive_reopen(request, pk):
    """Not built yet."""
    raise NotImplementedError


def directive_recall(request, pk):
    """Not built yet."""
    raise NotImplementedError


def recipient_add(request, pk):
    """Not built yet."""
    raise NotImplementedError


def recipient_remove(request, pk):
    """Not built yet."""
    raise NotImplementedError
