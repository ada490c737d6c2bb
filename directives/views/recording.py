"""Reports received another way, and the call log."""


def report_record(request, pk):
    """Not built yet."""
    raise NotImplementedError


def call_log(request, pk):
    """Not built yet."""
    raise NotImplementedError
