"""Official papers as PDF."""


def summary_paper(request, pk):
    """Not built yet."""
    raise NotImplementedError


def directive_paper(request, pk):
    """Not built yet."""
    raise NotImplementedError


def reply_paper(request, pk):
    """Not built yet."""
    raise NotImplementedError
