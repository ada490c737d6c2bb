"""What `manage.py check` says about settings that would quietly do nothing."""

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register

from directives.signatures.roots import roots_in


@register()
def signature_roots_hold_certificates(app_configs, **kwargs) -> list[CheckWarning]:
    """Warn where a folder of trusted certificates is named that holds none."""
    folder = settings.SIGNATURE_ROOTS
    if not folder or roots_in(folder):
        return []
    return [
        CheckWarning(
            f"SIGNATURE_ROOTS names {folder}, which is no folder with certificates in PEM form.",
            hint="Put the root certificates there as .pem, .crt or .cer, or leave the variable unset.",
            id="directives.W001",
        )
    ]
