"""An assignment as its agency sees it."""


def assignment_detail(request, pk):
    """Not built yet."""
    raise NotImplementedError


def assignment_acknowledge(request, pk):
    """Not built yet."""
    raise NotImplementedError


def assignment_check(request, pk):
    """Not built yet."""
    raise NotImplementedError
