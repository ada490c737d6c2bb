"""Judge one signature: is it intact, what does it cover, whose is it, who stands behind it, when was it made."""

import asyncio
from datetime import datetime

from asn1crypto import pem, x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from .findings import Coverage, Later, Signature, TimeSource, Trust

# Certificates of offices carry one of the two, or both.
_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_COVERAGE = {
    SignatureCoverageLevel.ENTIRE_FILE: Coverage.WHOLE,
    SignatureCoverageLevel.ENTIRE_REVISION: Coverage.REVISION,
}
_LATER = {
    ModificationLevel.NONE: Later.NOTHING,
    ModificationLevel.LTA_UPDATES: Later.UPKEEP,
    ModificationLevel.FORM_FILLING: Later.SIGNED,
}
_WEAK = {AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE}
_NAME_LENGTH = 200


class Judge:
    """Judges signatures against trusted roots at one moment."""

    def __init__(self, roots: list[bytes], at: datetime):
        self._roots = [_certificate(root) for root in roots]
        self._at = at

    def judge(self, found: EmbeddedPdfSignature) -> Signature:
        """Return what is found about a signature; raises whatever pyHanko does about one it cannot read."""
        is_stamp = found.sig_object_type == "/DocTimeStamp"
        status = self._status(found, self._at)
        certificate = status.signing_cert
        signed_at, source = self._moment(found, status, is_stamp)
        return Signature(
            is_stamp=is_stamp,
            is_intact=status.intact and status.valid,
            coverage=_COVERAGE.get(status.coverage, Coverage.PART),
            later=_later(status, is_stamp),
            trust=self._trust(found, status, signed_at, source) if status.intact and status.valid else Trust.UNKNOWN,
            signer=_named(certificate.subject, "common_name"),
            organisation=_named(certificate.subject, "organization_name"),
            issuer=_named(certificate.issuer, "common_name", "organization_name"),
            valid_from=certificate.not_valid_before,
            valid_to=certificate.not_valid_after,
            signed_at=signed_at,
            time_source=source,
        )

    def _status(self, found: EmbeddedPdfSignature, at: datetime):
        context = ValidationContext(trust_roots=self._roots, moment=at, allow_fetching=False)
        if found.sig_object_type == "/DocTimeStamp":
            return asyncio.run(async_validate_pdf_timestamp(found, context))
        # A stamp is judged by today's clock even where the signature is judged by the stamp's.
        stamps = ValidationContext(trust_roots=self._roots, moment=self._at, allow_fetching=False)
        return asyncio.run(async_validate_pdf_signature(found, context, stamps, key_usage_settings=_USAGE))

    def _moment(self, found: EmbeddedPdfSignature, status, is_stamp: bool) -> tuple[datetime | None, TimeSource]:
        stamp = status if is_stamp else status.timestamp_validity
        if stamp is not None and stamp.intact and stamp.valid:
            return stamp.timestamp, TimeSource.STAMP if stamp.trusted else TimeSource.UNTRUSTED_STAMP
        claimed = None if is_stamp else found.self_reported_timestamp
        return (claimed, TimeSource.SIGNER) if claimed else (None, TimeSource.NONE)

    def _trust(self, found: EmbeddedPdfSignature, status, signed_at: datetime | None, source: TimeSource) -> Trust:
        if not self._roots:
            return Trust.NO_ROOTS
        if status.trusted:
            return Trust.TRUSTED
        if status.trust_problem_indic in _WEAK:
            return Trust.WEAK
        lasted = _moment_within(status.signing_cert, signed_at)
        if not self._status(found, lasted).trusted:
            return Trust.UNTRUSTED
        return Trust.TRUSTED if source == TimeSource.STAMP and lasted == signed_at else Trust.EXPIRED


def _moment_within(certificate: x509.Certificate, signed_at: datetime | None) -> datetime:
    """Return the time of signing where the certificate was valid then, else the last moment it was."""
    first, last = certificate.not_valid_before, certificate.not_valid_after
    return signed_at if signed_at and signed_at.tzinfo and first <= signed_at <= last else last


def _later(status, is_stamp: bool) -> Later:
    """Return what was added after; what the signer or an earlier one forbade counts as a change."""
    if not is_stamp and status.docmdp_ok is False:
        return Later.CHANGED
    return _LATER.get(status.modification_level, Later.CHANGED)


def _certificate(encoded: bytes) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(encoded)[2] if pem.detect(encoded) else encoded)


def _named(name: x509.Name, *parts: str) -> str:
    """Return the first of the named parts that a certificate's name has, as one short line."""
    values = name.native
    for part in parts:
        value = values.get(part)
        if value:
            text = " / ".join(value) if isinstance(value, list) else str(value)
            return " ".join(text.split())[:_NAME_LENGTH]
    return ""
