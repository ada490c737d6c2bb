"""What each role sees first."""


def home(request):
    """Not built yet."""
    raise NotImplementedError
