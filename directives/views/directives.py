"""The desk's list of directives, intake, the draft page and issuing."""


def directive_list(request):
    """Not built yet."""
    raise NotImplementedError


def directive_import(request):
    """Not built yet."""
    raise NotImplementedError


def directive_edit(request, pk):
    """Not built yet."""
    raise NotImplementedError


def directive_issue(request, pk):
    """Not built yet."""
    raise NotImplementedError


def directive_delete(request, pk):
    """Not built yet."""
    raise NotImplementedError


def directive_detail(request, pk):
    """Not built yet."""
    raise NotImplementedError
