"""What the database itself keeps true of papers and their files."""

import pytest
from django.db import IntegrityError, transaction

from alertdesk.lib import clock
from directives.models import Paper, PaperFile
from tests.cast import make_cast


@pytest.fixture
def assignment(db):
    """The health department's assignment."""
    return make_cast().issue()[0]


@pytest.fixture
def reply(assignment):
    """The paper that will carry its reply."""
    return Paper.objects.create(kind="reply", directive=assignment.directive, assignment=assignment)


def refused(model, constraint, **fields):
    """Whether the database refuses the row, by the named rule."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model.objects.create(**fields)
    return constraint in str(refusal.value) or "UNIQUE" in str(refusal.value)


def a_file(paper, **fields):
    values = {"paper": paper, "form": "rendered", "format": "pdf", "name": "a.pdf", "size": 1, "sha256": "0" * 64}
    return values | {"content_key": "k"} | fields


def test_an_agencys_paper_and_the_directives_exist_once_each(reply):
    Paper.objects.create(kind="summary", directive=reply.directive)
    again = {"kind": "reply", "directive": reply.directive, "assignment": reply.assignment}
    assert refused(Paper, "paper_once_per_assignment", **again)
    assert refused(Paper, "paper_once_per_directive", kind="summary", directive=reply.directive)


def test_a_number_comes_with_its_date(reply):
    assert refused(Paper, "paper_number_with_date", kind="summary", directive=reply.directive, number="12/BC-SYT")
    given = {"number": "12/BC-SYT", "dated_on": clock.today(), "given_at": clock.now()}
    Paper.objects.create(kind="summary", directive=reply.directive, **given)


def test_a_paper_is_about_something(db):
    assert refused(Paper, "paper_has_subject", kind="summary")


def test_the_same_content_is_kept_once_and_signed_copies_are_not_mixed_up_with_it(reply):
    PaperFile.objects.create(**a_file(reply))
    assert refused(PaperFile, "paper_file_once_per_content", **a_file(reply))
    assert refused(PaperFile, "paper_file_rendered_has_content_key", **a_file(reply, content_key=""))
    assert refused(PaperFile, "paper_file_copy_is_kept", **a_file(reply, form="signed", content_key=""))
    signed = a_file(reply, form="signed", content_key="", file="aa/bb")
    PaperFile.objects.create(**signed)
    assert refused(PaperFile, "paper_file_once_per_copy", **signed)
