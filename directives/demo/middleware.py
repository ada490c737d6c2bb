"""Every request of the demo sees the story's clock."""

from .clock import standing_clock


class DemoClockMiddleware:
    """Answer each request at the demo's moment; the real clock runs where there is no demo."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with standing_clock():
            return self.get_response(request)
