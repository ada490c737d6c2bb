"""What digital signatures say, in sentences for someone who has never seen a certificate."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from alertdesk.lib import clock
from directives.signatures import Coverage, Later, PdfSignatures, Signature, TimeSource, Trust


@dataclass(frozen=True)
class SignatureWords:
    """One signature in words: a tone (ok, warn, bad), its mark in two or three words, who, and sentences."""

    tone: str
    mark: str
    who: str
    lines: tuple[str, ...]


def signature_words(found: PdfSignatures) -> tuple[SignatureWords, ...]:
    """Say in the active language what each signature is worth, in the order of signing."""
    return tuple(_words(signature) for signature in found.signatures)


def _words(signature: Signature) -> SignatureWords:
    if not signature.is_readable:
        line = _("The file holds a digital signature of a form that is not known or is damaged; it proves nothing.")
        return SignatureWords("bad", _("Unreadable signature"), "", (line,))
    tone, mark = _mark(signature)
    lines = (_covers(signature), _stands_behind(signature), _when(signature), _certificate(signature))
    return SignatureWords(tone, mark, _who(signature), tuple(line for line in lines if line))


def _mark(signature: Signature) -> tuple[str, str]:
    if not signature.still_holds:
        is_partial = signature.is_intact and signature.coverage == Coverage.PART
        return "bad", _("Covers only a part") if is_partial else _("Changed after signing")
    if signature.trust == Trust.TRUSTED:
        return "ok", _("Intact, and the signer is proven")
    return "warn", _("Intact, but the signer is unproven")


def _who(signature: Signature) -> str:
    names = dict.fromkeys(filter(None, (signature.signer, signature.organisation)))
    return " – ".join(names) or _("the certificate gives no name")


def _covers(signature: Signature) -> str:
    if not signature.is_intact:
        return _("What was signed is not what stands in the file now: the file was changed after signing.")
    if signature.coverage == Coverage.PART:
        return _("The signature covers only a part of the file; what lies outside it may be anybody's.")
    return {
        Later.NOTHING: _("The signature covers the whole file; nothing was changed after signing."),
        Later.UPKEEP: _("Only time stamps and certificates were added after signing; the content is unchanged."),
        Later.SIGNED: _("Only further signatures or form entries were added after signing; the content is unchanged."),
    }.get(signature.later, _("The content of the file was changed or added to after signing."))


def _stands_behind(signature: Signature) -> str:
    return {
        Trust.TRUSTED: _("The certificate is issued under a root certificate that this site trusts."),
        Trust.NO_ROOTS: _(
            "This site has no root certificates set up, so it cannot confirm that the signer is who the "
            "certificate names."
        ),
        Trust.EXPIRED: _(
            "The certificate is issued under a trusted root, but it is not valid today and no trusted time stamp "
            "proves that it was when signing."
        ),
        Trust.WEAK: _("The signature was made with an algorithm that is no longer safe."),
        Trust.UNTRUSTED: _("The certificate is not issued under any root certificate that this site trusts."),
        Trust.UNKNOWN: "",
    }[signature.trust]


def _when(signature: Signature) -> str:
    if signature.time_source == TimeSource.NONE or not signature.signed_at:
        return _("The signature does not say when it was made.")
    words = {
        TimeSource.STAMP: _("Signed at %(at)s, by a trusted time stamp."),
        TimeSource.UNTRUSTED_STAMP: _("Signed at %(at)s, by a time stamp that this site cannot confirm."),
        TimeSource.SIGNER: _("Signed at %(at)s, by the clock of the signer's machine; there is no time stamp."),
    }[signature.time_source]
    return words % {"at": _moment(signature.signed_at)}


def _certificate(signature: Signature) -> str:
    if not (signature.valid_from and signature.valid_to):
        return ""
    return _("Certificate issued by %(issuer)s, valid from %(first)s to %(last)s.") % {
        "issuer": signature.issuer or "–",
        "first": _day(signature.valid_from),
        "last": _day(signature.valid_to),
    }


def _moment(at) -> str:
    here = timezone.localtime(at, clock.ZONE) if timezone.is_aware(at) else at
    return f"{here:%H:%M:%S %d/%m/%Y}"


def _day(at) -> str:
    return f"{timezone.localtime(at, clock.ZONE):%d/%m/%Y}"


def revocation_remark() -> str:
    """Say what no check here looks at."""
    return _("Whether a certificate has been revoked since is not checked: this site asks nothing of the network.")
