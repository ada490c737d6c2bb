"""Being built."""


def login(request, **kwargs):
    raise NotImplementedError


def logout(request, **kwargs):
    raise NotImplementedError


def welcome(request, **kwargs):
    raise NotImplementedError


def profile(request, **kwargs):
    raise NotImplementedError


def password_change(request, **kwargs):
    raise NotImplementedError


def password_change_done(request, **kwargs):
    raise NotImplementedError


def password_reset(request, **kwargs):
    raise NotImplementedError


def password_reset_done(request, **kwargs):
    raise NotImplementedError


def password_reset_confirm(request, **kwargs):
    raise NotImplementedError


def password_reset_complete(request, **kwargs):
    raise NotImplementedError
