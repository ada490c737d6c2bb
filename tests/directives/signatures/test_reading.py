"""What the signatures of a PDF say: on files signed here by certificates of our own authority."""

import io
import logging
import zlib
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from weasyprint import HTML

from directives.signatures import Coverage, Later, SignaturesUnreadable, TimeSource, Trust, read_signatures_safely
from directives.signatures.findings import PdfSignatures
from directives.signatures.reading import MAX_SIGNATURES, read_signatures
from tests.directives.intake.builders import VARIANTS

from .makers import NOW, OFFICE, PERSON, Authority, signed

pytestmark = pytest.mark.once
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
LATER = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def person(authority):
    return authority.issue(PERSON)


@pytest.fixture(scope="module")
def plain():
    return HTML(string="<p>Báo cáo kết quả thực hiện</p>").write_pdf()


@pytest.fixture(scope="module")
def letter(plain, person):
    return signed(plain, person)


def _read(data, *roots, at=LATER):
    return read_signatures(data, roots=[root.pem for root in roots], at=at)


def _only(data, *roots, at=LATER):
    (signature,) = _read(data, *roots, at=at).signatures
    return signature


def test_a_signed_letter_is_intact_trusted_and_names_its_signer(letter, authority):
    signature = _only(letter, authority)
    assert signature.still_holds
    assert (signature.coverage, signature.later, signature.trust) == (Coverage.WHOLE, Later.NOTHING, Trust.TRUSTED)
    assert (signature.signer, signature.organisation) == (PERSON, OFFICE)
    assert signature.issuer == "Chứng thư gốc thử nghiệm"


def test_without_a_time_stamp_the_time_is_what_the_signers_machine_said(letter, authority):
    signature = _only(letter, authority)
    assert signature.time_source == TimeSource.SIGNER
    assert abs(signature.signed_at - LATER) < timedelta(hours=2)


def test_a_time_stamp_under_a_trusted_root_gives_the_time(plain, person, authority):
    stamper = authority.issue("Dấu thời gian", stamps=True)
    data = signed(plain, person, stamper=stamper, at=NOW)
    signature = _only(data, authority)
    assert (signature.time_source, signature.signed_at) == (TimeSource.STAMP, NOW)


def test_a_time_stamp_under_another_root_is_told_apart(plain, person, authority):
    stamper = Authority("Gốc lạ").issue("Dấu thời gian lạ", stamps=True)
    signature = _only(signed(plain, person, stamper=stamper), authority)
    assert (signature.time_source, signature.trust) == (TimeSource.UNTRUSTED_STAMP, Trust.TRUSTED)


def test_a_signer_under_another_root_is_intact_but_not_trusted(letter):
    signature = _only(letter, Authority("Gốc khác"))
    assert signature.still_holds
    assert signature.trust == Trust.UNTRUSTED


def test_where_no_root_is_known_that_is_said_and_no_list_of_the_machine_is_used(letter):
    assert _only(letter).trust == Trust.NO_ROOTS


def test_one_changed_byte_breaks_the_signature(letter, authority):
    place = letter.index(b"stream") + 30
    changed = letter[:place] + bytes([letter[place] ^ 1]) + letter[place + 1 :]
    signature = _only(changed, authority)
    assert not signature.is_intact
    assert not signature.still_holds
    assert signature.trust == Trust.UNKNOWN


def test_no_byte_of_what_was_signed_can_change_unseen(letter, authority):
    gap = letter.index(b"/Contents <") + len(b"/Contents <")
    end = letter.index(b">", gap)
    places = [place for place in range(0, len(letter), len(letter) // 40) if not gap <= place < end]
    for place in places:
        changed = letter[:place] + bytes([letter[place] ^ 0x10]) + letter[place + 1 :]
        try:
            found = _read(changed, authority)
        except SignaturesUnreadable:
            continue
        assert not found.still_hold, place


def test_a_file_saved_again_by_another_program_no_longer_holds(letter, authority):
    stream = io.BytesIO()
    pypdfium2.PdfDocument(letter).save(stream)
    found = _read(stream.getvalue(), authority)
    assert not found.still_hold


def test_the_second_signature_leaves_the_first_standing(letter, authority):
    both = signed(letter, authority.issue(OFFICE), field="Ky2")
    first, second = _read(both, authority).signatures
    assert (first.signer, first.coverage, first.later) == (PERSON, Coverage.REVISION, Later.SIGNED)
    assert (second.signer, second.coverage, second.later) == (OFFICE, Coverage.WHOLE, Later.NOTHING)
    assert first.still_holds
    assert second.still_holds


def test_what_is_added_to_the_page_after_signing_shows(letter, authority):
    writer = IncrementalPdfFileWriter(io.BytesIO(letter))
    added = writer.add_object(generic.StreamObject(stream_data=b"0 0 m 100 100 l S"))
    writer.add_stream_to_page(0, added)
    stream = io.BytesIO()
    writer.write(stream)
    signature = _only(stream.getvalue(), authority)
    assert signature.is_intact
    assert (signature.coverage, signature.later) == (Coverage.REVISION, Later.CHANGED)
    assert not signature.still_holds


def test_bytes_behind_the_end_are_no_part_of_what_was_signed(letter, authority):
    signature = _only(letter + b"\n% more\n", authority)
    assert signature.coverage != Coverage.WHOLE


def test_a_certificate_that_has_run_out_since_is_told_from_a_stranger(plain, person, authority, letter):
    after = person["cert"].not_valid_after + timedelta(days=1)
    assert _only(letter, authority, at=after).trust == Trust.EXPIRED


def test_a_certificate_that_had_run_out_before_signing_is_not_trusted(plain, authority):
    data = signed(plain, authority.issue("Người ký cũ", years=(-3, -1)))
    signature = _only(data, authority)
    assert signature.trust == Trust.EXPIRED
    assert signature.signed_at > signature.valid_to


def test_a_trusted_time_stamp_outlives_the_certificate(plain, authority):
    then = NOW - timedelta(days=500)
    stamper = authority.issue("Dấu thời gian", stamps=True)
    data = signed(plain, authority.issue("Người ký cũ", years=(-3, -1)), stamper=stamper, at=then)
    assert _only(data, authority).trust == Trust.TRUSTED


def test_a_page_that_was_only_scanned_has_no_signature():
    stream = io.BytesIO()
    Image.new("1", (200, 280), 1).save(stream, "PDF")
    assert _read(stream.getvalue()) == PdfSignatures()


def test_a_field_left_empty_for_the_clerk_is_no_signature(plain):
    writer = IncrementalPdfFileWriter(io.BytesIO(plain))
    append_signature_field(writer, SigFieldSpec("Ky1"))
    stream = io.BytesIO()
    writer.write(stream)
    assert _read(stream.getvalue()) == PdfSignatures()


def test_a_signature_of_no_known_form_is_counted_and_does_not_hold(letter, authority):
    broken = letter.replace(b"/ByteRange", b"/ByteTange")
    (signature,) = _read(broken, authority).signatures
    assert not signature.is_readable
    assert not signature.still_holds


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_pdf"),
        (b"MZ\x90\x00", "not_pdf"),
        (b"%PDF-1.7\n" + b"0" * 500 + b"\n%%EOF", "damaged"),
        (b"%PDF-1.7\n" + b"[" * 100_000 + b"\n%%EOF", "damaged"),
        (b"%PDF-1.7\n" + b"0" * (20 * 1024 * 1024), "too_large"),
    ],
    ids=["empty", "program", "zeros", "brackets", "huge"],
)
def test_what_is_no_readable_pdf_is_refused_by_name(data, code):
    with pytest.raises(SignaturesUnreadable) as refused:
        _read(data)
    assert refused.value.code == code


def test_a_signature_of_an_algorithm_that_is_no_longer_safe_is_told(plain, person, authority):
    signature = _only(signed(plain, person, digest="sha1"), authority)
    assert signature.is_intact
    assert signature.trust == Trust.WEAK


def test_a_page_that_swells_when_unpacked_is_not_unpacked():
    swollen = zlib.compress(bytes(64 * 2**20), 9)
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 2 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length "
    data = body + b"%d >>\nstream\n%s\nendstream\nendobj\nstartxref\n9\n%%%%EOF\n" % (len(swollen), swollen)
    with pytest.raises(SignaturesUnreadable) as refused:
        read_signatures_safely(data, roots=[], at=LATER)
    assert refused.value.code in ("damaged", "too_heavy")


def test_half_a_letter_is_damaged(letter):
    with pytest.raises(SignaturesUnreadable) as refused:
        _read(letter[: len(letter) // 2])
    assert refused.value.code == "damaged"


def test_a_pdf_with_a_password_is_refused_by_name():
    with pytest.raises(SignaturesUnreadable) as refused:
        _read((VARIANTS / "encrypted.pdf").read_bytes())
    assert refused.value.code == "encrypted"


def test_more_signatures_than_any_letter_has_are_refused(letter, monkeypatch):
    monkeypatch.setattr("directives.signatures.reading.MAX_SIGNATURES", 0)
    with pytest.raises(SignaturesUnreadable) as refused:
        _read(letter)
    assert refused.value.code == "too_many"
    assert MAX_SIGNATURES == 20


def test_what_was_found_goes_through_json_and_back(letter, authority):
    found = _read(letter, authority)
    assert PdfSignatures.from_values(found.as_values()) == found
