"""What the frame around every page shows."""


def frame(request):
    """Return navigation, hotlines and the demo's clock for the page frame."""
    return {}
