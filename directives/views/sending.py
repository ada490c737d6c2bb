"""Checking, approving and sending a report."""


def report_submit(request, pk):
    """Not built yet."""
    raise NotImplementedError


def report_take_back(request, pk):
    """Not built yet."""
    raise NotImplementedError


def approval_ask(request, pk):
    """Not built yet."""
    raise NotImplementedError


def approval_stop(request, pk):
    """Not built yet."""
    raise NotImplementedError


def submission_detail(request, pk):
    """Not built yet."""
    raise NotImplementedError


def signed_reply_attach(request, pk):
    """Not built yet."""
    raise NotImplementedError


def submission_file_download(request, pk):
    """Not built yet."""
    raise NotImplementedError
