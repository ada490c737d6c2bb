"""The board and the lists the desk calls by."""


def board(request, pk):
    """Not built yet."""
    raise NotImplementedError


def call_sheet(request, pk):
    """Not built yet."""
    raise NotImplementedError


def chase_list(request, pk):
    """Not built yet."""
    raise NotImplementedError


def reminder_list(request, pk):
    """Not built yet."""
    raise NotImplementedError


def reminder_requeue(request, pk):
    """Not built yet."""
    raise NotImplementedError
