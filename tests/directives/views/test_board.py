"""The board page: whole without JavaScript, in parts for htmx, and small with 150 agencies."""

import gzip
import re

import pytest
from django.urls import reverse

from alertdesk.lib import clock
from directives.models import Assignment, Directive
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import answer_everything
from tools.bench import world

HTMX = {"HX-Request": "true"}
BUDGET = 15_000


@pytest.fixture
def staff(cast, assignments, as_user):
    return as_user(cast.staff)


def board_of(assignments) -> str:
    return reverse("directives:board", args=[assignments[0].directive_id])


def test_htmx_gets_the_rows_and_what_tells_of_them_but_not_the_page(staff, assignments):
    response = staff.get(board_of(assignments), {"q": "y te"}, headers=HTMX)
    part = response.content.decode()
    assert "<html" not in part
    assert "Sở Y tế</a>" in part
    assert "UBND thành phố Quy Nhơn</a>" not in part
    beside = re.findall(r'id="([\w-]+)" hx-swap-oob="innerHTML"', part)
    assert beside == ["board-state", "board-tags", "filter-choices", "board-count"]
    assert "Hiển thị 1 trong 2 cơ quan" in part
    assert "HX-Request" in response.headers["Vary"]


def test_the_parts_that_are_swapped_beside_stand_in_the_page_and_the_live_region_stays(staff, assignments):
    page = staff.get(board_of(assignments)).content.decode()
    for name in ("board-rows", "board-state", "board-tags", "filter-choices"):
        assert page.count(f'id="{name}"') == 1
    assert re.search(r'<p class="count" id="board-count" role="status">', page)
    assert page.index('id="board-count"') < page.index('id="board-rows"')


def test_the_address_says_only_what_narrows(staff, assignments):
    query = {"q": " y  te ", "state": "", "kind": "", "late": "", "sort": "lateness"}
    response = staff.get(board_of(assignments), query, headers=HTMX)
    assert response.headers["HX-Push-Url"] == f"{board_of(assignments)}?q=y+te"
    plain = staff.get(board_of(assignments), {"q": ""}, headers=HTMX)
    assert plain.headers["HX-Push-Url"] == board_of(assignments)


def test_going_back_gets_the_whole_page(staff, assignments):
    response = staff.get(board_of(assignments), headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert b"<html" in response.content


def test_heads_sort_and_say_by_which_column_the_board_stands(staff, assignments):
    page = staff.get(board_of(assignments), {"q": "s", "sort": "action-3"}).content.decode()
    heads = re.findall(r'<th role="columnheader".*?</a>', page, re.DOTALL)
    assert len(heads) == 7
    assert [("aria-sort" in head) for head in heads] == [False, False, False, True, False, False, False]
    assert 'href="?q=s&amp;sort=action-2"' in heads[2]
    assert 'href="?q=s&amp;sort=name"' in heads[0]
    assert staff.get(board_of(assignments), {"sort": "name"}).content.decode().count('aria-sort="ascending"') == 1


def test_each_cell_says_its_state_and_then_its_action(staff, assignments):
    page = staff.get(board_of(assignments)).content.decode()
    said = '<span>Chưa nhận</span><span class="vh"> – 3. Nội dung 3</span></a>'
    assert page.count(said) == 2
    assert page.count('<td role="cell" class="c-it">') == 10


def test_only_the_desk_ticks_rows_and_only_those_that_owe(staff, cast, assignments, client):
    answer_everything(assignments[0], cast.officer)
    submit_report(Assignment.objects.get(pk=assignments[0].pk), actor=cast.officer)
    page = staff.get(board_of(assignments)).content.decode()
    assert re.findall(r'name="a" value="(\d+)" aria-label="([^"]+)"', page) == [
        (str(assignments[1].pk), "UBND thành phố Quy Nhơn")
    ]
    assert "Nhắc 1 cơ quan chưa báo cáo" in page
    narrowed = staff.get(board_of(assignments), {"q": "quy nhon"}).content.decode()
    assert f'{reverse("directives:remind", args=[assignments[0].directive_id])}?q=quy+nhon"' in narrowed
    client.force_login(cast.leader)
    assert 'type="checkbox"' not in client.get(board_of(assignments)).content.decode()


def test_a_filter_in_force_is_a_link_that_takes_it_away(staff, assignments):
    page = staff.get(board_of(assignments), {"q": "y te", "state": "sent"}).content.decode()
    tags = page[page.index('<ul class="tags"') : page.index("</ul>", page.index('<ul class="tags"'))]
    assert re.findall(r'<a href="([^"]+)"', tags) == ["?state=sent", "?q=y+te", board_of(assignments)]


def test_a_cell_opens_what_was_sent_once_it_was_and_the_assignment_before(staff, cast, assignments):
    cell = reverse("directives:cell", args=[assignments[0].pk, 2])
    assert staff.get(cell).url == f"{reverse('directives:assignment', args=[assignments[0].pk])}#item-2"
    answer_everything(assignments[0], cast.officer)
    submission = submit_report(Assignment.objects.get(pk=assignments[0].pk), actor=cast.officer)
    page = reverse("directives:submission", args=[submission.pk])
    assert staff.get(cell).url == f"{page}#item-2"
    assert 'id="item-2"' in staff.get(page).content.decode()
    finish_review(submission, actor=cast.staff, verdicts={item.pk: ("ok", "") for item in submission.items.all()})
    assert staff.get(cell).url == f"{page}#item-2"


def test_the_assignment_has_the_place_that_a_cell_opens(staff, assignments):
    page = staff.get(reverse("directives:assignment", args=[assignments[0].pk])).content.decode()
    assert 'id="item-5"' in page
    assert staff.get(reverse("directives:cell", args=[assignments[0].pk, 6])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["staff", "leader"])
def test_the_board_of_150_agencies_is_one_response_within_its_budget(client, who):
    made = world.build(150)
    client.force_login(getattr(made, who))
    path = reverse("directives:board", args=[made.directive.pk])
    response = client.get(path, headers={"accept-encoding": "gzip"})
    page = gzip.decompress(response.content).decode()
    assert page.count('<td role="cell" class="c-it">') == 750
    assert len(response.content) <= BUDGET


def test_what_is_compressed_is_the_page_and_not_the_paper(staff, assignments):
    zipped = {"accept-encoding": "gzip"}
    assert staff.get(board_of(assignments), headers=zipped).headers["Content-Encoding"] == "gzip"
    directive = Directive.objects.get()
    with clock.frozen(clock.local(2023, 4, 28, 9)):
        paper = staff.get(reverse("directives:summary", args=[directive.pk]), headers=zipped)
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "Content-Encoding" not in paper.headers
