"""The review queue and one review."""


def review_queue(request):
    """Not built yet."""
    raise NotImplementedError


def submission_review(request, pk):
    """Not built yet."""
    raise NotImplementedError


def accepted_reopen(request, pk):
    """Not built yet."""
    raise NotImplementedError
