"""A certificate authority of our own, signers under it, and PDFs signed by them."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

NOW = datetime(2026, 4, 28, 3, 0, tzinfo=UTC)
PERSON, OFFICE = "Nguyễn Văn Kiểm Thử", "Sở Thông tin và Truyền thông tỉnh Bình Định"


class Authority:
    """A root certificate with its key; `issue` makes certificates under it."""

    def __init__(self, name: str = "Chứng thư gốc thử nghiệm"):
        self.key = _key(name)
        self.name = _name(name, "Ban Cơ yếu thử nghiệm")
        self.certificate = self._signed(self.name, self.key, years=(-5, 15), ca=True)

    @property
    def pem(self) -> bytes:
        """The root as it lies in the folder of trusted certificates."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def issue(self, name: str, organisation: str = OFFICE, *, years=(-1, 3), stamps: bool = False) -> dict:
        """Return certificate, key and chain as pyHanko's signers take them."""
        key = _key(name)
        certificate = self._signed(_name(name, organisation), key, years=years, stamps=stamps)
        store = SimpleCertificateStore()
        store.register(_plain(self.certificate))
        return {"cert": _plain(certificate), "key": _plain_key(key), "store": store}

    def _signed(self, subject, key, *, years, ca: bool = False, stamps: bool = False) -> x509.Certificate:
        begin, end = (NOW + timedelta(days=365 * year) for year in years)
        builder = x509.CertificateBuilder(self.name, subject, key.public_key(), x509.random_serial_number(), begin, end)
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        builder = builder.add_extension(_usage(ca), critical=True)
        if stamps:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        return builder.sign(self.key, hashes.SHA256())


def signed(
    pdf: bytes,
    who: dict,
    *,
    field: str = "Ky1",
    at: datetime | None = None,
    stamper: dict | None = None,
    digest: str = "sha256",
) -> bytes:
    """Return a PDF with one more signature; `stamper` is a certificate that stamps the time `at`."""
    signer = signers.SimpleSigner(signing_cert=who["cert"], signing_key=who["key"], cert_registry=who["store"])
    metadata = signers.PdfSignatureMetadata(field_name=field, md_algorithm=digest)
    clock = None
    if stamper:
        clock = DummyTimeStamper(stamper["cert"], stamper["key"], stamper["store"], fixed_dt=at or NOW)
    out = signers.PdfSigner(metadata, signer, timestamper=clock).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return out.getvalue()


def _usage(ca: bool) -> x509.KeyUsage:
    names = ["key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"]
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        **dict.fromkeys(names, False),
    )


def _name(name: str, organisation: str) -> x509.Name:
    attributes = [(NameOID.COMMON_NAME, name), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COUNTRY_NAME, "VN")]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in attributes if value])


@cache
def _key(name: str) -> rsa.RSAPrivateKey:
    """One key a name: making them is what takes time."""
    return rsa.generate_private_key(65537, 2048)


def _plain(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _plain_key(key: rsa.RSAPrivateKey) -> keys.PrivateKeyInfo:
    der = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return keys.PrivateKeyInfo.load(key.private_bytes(*der))
