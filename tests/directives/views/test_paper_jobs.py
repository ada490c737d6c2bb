"""A paper that takes long holds up no page: its printing is shown, ends in the file, and says why it failed."""

import pytest
from django.urls import reverse

from directives.models import PaperFile, PaperJob
from directives.papers import jobs, kinds


@pytest.fixture
def long_summary(as_user, cast, assignments, monkeypatch):
    """The leader has asked for a summary so long that it is printed apart; returns its job."""
    monkeypatch.setattr(kinds, "LONG_FROM", 1)
    response = as_user(cast.leader).get(reverse("directives:summary", args=[assignments[0].directive_id]))
    job = PaperJob.objects.get()
    assert response.url == page_of(job)
    return job


def page_of(job):
    return reverse("directives:paper_job", args=[job.pk])


def test_asking_for_a_long_paper_comes_back_at_once_and_shows_how_far_it_is(client, long_summary):
    page = client.get(page_of(long_summary)).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh" content="3">' in page
    assert not PaperFile.objects.exists()


def test_the_page_ends_in_the_file(client, long_summary):
    jobs.work_off()
    part = client.get(page_of(long_summary), headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"
    paper = client.get(page_of(long_summary), follow=True)
    assert paper.content.startswith(b"%PDF")
    assert "bao-cao-tong-hop" in paper["Content-Disposition"]


def test_while_it_waits_there_is_no_file(client, long_summary):
    answer = client.get(reverse("directives:paper_file", args=[long_summary.pk]))
    assert answer.url == page_of(long_summary)


def test_a_file_to_save_starts_from_the_page_which_stays(client, long_summary):
    jobs.work_off()
    PaperFile.objects.update(format="docx")
    PaperJob.objects.update(format="docx")
    page = client.get(page_of(long_summary)).content.decode()
    assert f'content="0; url={reverse("directives:paper_file", args=[long_summary.pk])}"' in page
    assert "hx-trigger" not in page


@pytest.mark.parametrize(("problem", "said"), [("time", "Excel"), ("lost", "ba lần"), ("glyphs", "U+1F389")])
def test_what_could_not_be_printed_says_why_and_can_be_tried_again(client, long_summary, problem, said):
    PaperJob.objects.update(state="failed", problem=problem, letters="🎉", tries=3)
    assert said in client.get(page_of(long_summary)).content.decode()
    answer = client.post(reverse("directives:paper_again", args=[long_summary.pk]), follow=True)
    long_summary.refresh_from_db()
    assert (long_summary.state, long_summary.tries) == ("waiting", 0)
    assert 'hx-trigger="every 1s"' in answer.content.decode()


def test_a_file_that_was_cleared_away_is_offered_anew(client, long_summary):
    jobs.work_off()
    PaperFile.objects.update(file="")
    page = client.get(page_of(long_summary)).content.decode()
    assert reverse("directives:paper_again", args=[long_summary.pk]) in page


def test_only_who_may_read_the_paper_sees_its_printing(as_user, cast, long_summary):
    assert as_user(cast.officer).get(page_of(long_summary)).status_code == 404
    assert as_user(cast.staff).get(page_of(long_summary)).status_code == 200
