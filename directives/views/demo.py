"""The demo's clock and its sent mail."""


def demo_clock(request):
    """Not built yet."""
    raise NotImplementedError


def demo_mail(request):
    """Not built yet."""
    raise NotImplementedError


def demo_mail_detail(request, pk):
    """Not built yet."""
    raise NotImplementedError
