"""Being built."""


def directory(request, **kwargs):
    raise NotImplementedError
