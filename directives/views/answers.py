"""One required action a page, with its evidence."""


def answer_edit(request, pk, position):
    """Not built yet."""
    raise NotImplementedError


def evidence_add(request, pk):
    """Not built yet."""
    raise NotImplementedError


def evidence_remove(request, pk):
    """Not built yet."""
    raise NotImplementedError


def evidence_download(request, pk):
    """Not built yet."""
    raise NotImplementedError
