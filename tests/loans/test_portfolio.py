"""The portfolio and the arrears: what is out, due, late and at risk; on the screen, as a file, on paper."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loans.arrears_paper import arrears_paper
from loans.selectors.allowance import allowance
from loans.selectors.arrears import arrears, totals_of
from loans.selectors.portfolio import money_card, portfolio
from loans.services.letters import write_reminder
from members.group_settings import change_setting
from papers.listing import listing_png
from tests.loans.acting import NOV_22, Acting
from tests.village import TestVillage


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Acting:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Acting(village)


@pytest.fixture
def treasurer(client: Client, village: TestVillage) -> Client:
    client.force_login(village.treasurer)
    return client


def page(client: Client, lending: Acting, name: str, **query: str) -> str:
    return bare(html(client, lending, name, **query))


def html(client: Client, lending: Acting, name: str, **query: str) -> str:
    answer = client.get(reverse(f"loans:{name}", args=[lending.group.code]), query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u2060", "")


def bare(text: str) -> str:
    """A page's words and figures without its marks."""
    return re.sub(r"<[^>]*>", "", text)


def three_loans(lending: Acting) -> None:
    """Somchai paid on time, Kasem misses two of three, Prani all three; each 12,000 baht on 5 August."""
    lending.pay_instalments(lending.lend("Somchai"), 3)
    lending.pay_instalments(lending.lend("Kasem"), 1)
    lending.lend("Prani")


def test_the_portfolio_sums_what_is_out_due_received_and_at_risk(lending: Acting) -> None:
    three_loans(lending)
    found = portfolio(lending.group, NOV_22)
    assert (len(found.loans), found.borrowers, found.outstanding) == (3, 3, 32_000_00)
    assert (found.month.principal, found.month.interest) == (1_000_00, 100_00)
    assert found.month.due == 3 * 1_000_00 + 100_00 + 110_00 + 120_00
    assert found.overdue == (2_000_00 + 220_00) + (3_000_00 + 360_00)
    assert found.par30 == Fraction(11 + 12, 32)


def test_a_loan_with_a_new_schedule_counts_as_at_risk(lending: Acting) -> None:
    lending.reschedule(lending.lend())
    found = portfolio(lending.group, NOV_22)
    assert (len(found.late), found.par30, found.at_risk) == (0, Fraction(1), 12_000_00)


def test_the_allowance_follows_the_groups_percentages(lending: Acting) -> None:
    three_loans(lending)
    assert allowance(lending.group).needed == 11_000_00 * 10 // 100 + 12_000_00 * 25 // 100
    change_setting(
        group=lending.group, key="allowance_two_months", value=40, valid_from=NOV_22, by=lending.village.chair
    )
    assert allowance(lending.group).needed == 11_000_00 * 40 // 100 + 12_000_00 * 25 // 100


def test_arrears_are_of_any_day_the_longest_overdue_first(lending: Acting) -> None:
    three_loans(lending)
    today = arrears(lending.group, NOV_22)
    assert [(row.loan.member.first_name, row.standing.days_past_due) for row in today] == [("ปราณี", 78), ("เกษม", 48)]
    assert [(row.bucket, row.overdue) for row in today] == [("61-90", 3_360_00), ("31-60", 2_220_00)]
    then = arrears(lending.group, date(2026, 10, 4))
    assert [(row.loan.member.first_name, row.standing.days_past_due) for row in then] == [("ปราณี", 29)]
    assert totals_of(today).outstanding == 23_000_00


def test_a_fine_for_being_late_is_on_overdue_principal_only(lending: Acting) -> None:
    lending.lend(terms=lending.product(late_rate_bp=100))
    row = arrears(lending.group, date(2026, 10, 5))[0]
    assert (row.standing.overdue_principal, row.standing.fine_owed) == (1_000_00, 9_86)  # 1,000 x 12 % x 30 / 365


def test_the_page_of_arrears_narrows_and_says_so(lending: Acting, treasurer: Client) -> None:
    three_loans(lending)
    everything = page(treasurer, lending, "arrears")
    assert "ปราณี" in everything
    assert "3,360.00" in everything
    assert "เกษม" not in page(treasurer, lending, "arrears", show="61-90")
    assert "ปราณี" not in page(treasurer, lending, "arrears", q="เกษม")
    assert "ปราณี" in page(treasurer, lending, "arrears", on="4/10/2569")
    assert "ไม่มีเงินกู้ค้างชำระ" in page(treasurer, lending, "arrears", on="5/9/2569")
    assert "ปราณี" in page(treasurer, lending, "arrears", on="31/2/2569")  # refused: today's list with a warning


def test_the_list_of_arrears_is_a_file_and_a_paper(lending: Acting, treasurer: Client) -> None:
    three_loans(lending)
    url = reverse("loans:arrears", args=[lending.group.code])
    csv = treasurer.get(url, {"format": "csv"}).content.decode("utf-8-sig")
    assert "3360.00" in csv
    assert csv.count("\r\n") == 4
    assert treasurer.get(url, {"format": "xlsx"}).content[:2] == b"PK"
    paper = treasurer.get(reverse("loans:arrears-paper", args=[lending.group.code]))
    assert paper.content.startswith(b"%PDF")
    rows = arrears(lending.group, NOV_22)
    assert len(listing_png(arrears_paper(lending.group, rows, NOV_22))) == 1


def test_the_home_of_the_loans_shows_picture_table_and_doors(lending: Acting, treasurer: Client) -> None:
    three_loans(lending)
    text = html(treasurer, lending, "home")
    assert "32,000.00" in bare(text)
    assert 'role="img"' in text
    assert "4,100.00" in bare(text)  # the allowance, shown only
    for name in ("applications", "committee", "list", "arrears", "letters", "acts", "products"):
        assert f'href="{reverse(f"loans:{name}", args=[lending.group.code])}"' in text, name


def test_without_loans_the_pages_say_so(lending: Acting, treasurer: Client) -> None:
    for name in ("home", "arrears", "letters", "acts"):
        assert page(treasurer, lending, name)
    assert portfolio(lending.group, NOV_22).par30 is None


def test_the_money_page_has_a_card_of_the_loans(lending: Acting, treasurer: Client) -> None:
    three_loans(lending)
    card = money_card(lending.group, NOV_22)
    assert card == {"loans": 3, "outstanding": 32_000_00, "late": 2, "overdue": 5_580_00}
    text = treasurer.get(reverse("funds:money", args=[lending.group.code])).content.decode()
    assert reverse("loans:home", args=[lending.group.code]) in text


def test_many_loans_cost_as_many_queries_as_few(lending: Acting, treasurer: Client) -> None:
    three_loans(lending)
    for row in arrears(lending.group, NOV_22):
        write_reminder(loan=row.loan, by=lending.village.treasurer)
    urls = [reverse(f"loans:{name}", args=[lending.group.code]) for name in ("home", "arrears", "letters")]
    few = [queries_of(treasurer, url) for url in urls]
    for member in lending.village.add_members(147):
        lending.village.members[str(member.number)] = member
        lending.lend(str(member.number), 240_00)
    many = [queries_of(treasurer, url) for url in urls]
    assert all(later <= earlier + 1 for earlier, later in zip(few, many, strict=True)), (few, many)  # the pager counts


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def test_many_warnings_fold_after_the_first_six(lending: Acting, treasurer: Client) -> None:
    for name in ("Boonmee", "Kasem", "Prani", "Malee", "Anong", "Noi", "Somporn", "Wichai"):
        if name in lending.village.members:
            lending.lend("Somchai", 1_000_00, guarantors=(name,))
    answer = treasurer.get(reverse("loans:home", args=[lending.group.code]))
    assert len(answer.context["warnings"]) > 6
    section = answer.content.decode().split('id="t-warnings"')[1].split("</section>")[0]
    assert section.split("<details")[0].count('<li class="is-') == 6
    assert section.count('<li class="is-') == len(answer.context["warnings"])
