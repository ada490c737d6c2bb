"""Files that go with a directive."""


def directive_file_add(request, pk):
    """Not built yet."""
    raise NotImplementedError


def directive_file_remove(request, pk):
    """Not built yet."""
    raise NotImplementedError


def directive_file_download(request, pk):
    """Not built yet."""
    raise NotImplementedError
