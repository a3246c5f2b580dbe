"""Opening balances by hand: from the empty page to the opening entry and the first meeting."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from funds.models import Entry
from intake.errors import DayWrong, OpeningDone
from intake.models import OpeningDraft, PaperContract
from intake.services.beginning import begin_from_paper
from intake.services.openings import row_mark, set_first_day
from loans.models import Loan
from loans.selectors.standings import standing_of
from meetings.models import Meeting
from members.models import Member, SavingsGroup
from savings.models import PledgePeriod, SpecialBook
from savings.selectors import pledge_due
from tests.intake.importing import verified
from tests.intake.opening.conftest import BALANCES, DEE, LEFT_OVER, LOAN, SOMJAI, fill, postings, sign, typed, url
from tests.village import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_group_with_paper_books_begins_over_http_and_its_first_meeting_opens(empty):
    client, group = empty.client(empty.treasurer), empty.group
    assert client.get(url("", group)).status_code == 200
    for key, cells in [("members", SOMJAI), ("members", DEE), ("loans", LOAN), *[("balances", b) for b in BALANCES]]:
        address = url("-row", group, key, uuid4())
        assert client.get(address).status_code == 200
        assert client.post(address, cells | {"seen": row_mark(None), "back": ""}).status_code == 302
    assert not Entry.objects.filter(group=group, kind="opening").exists()
    client.post(url("-sign", group))
    signature = OpeningDraft.objects.get(group=group).signature
    login = {"username": empty.auditor.username, "password": PASSWORD}
    client.post(reverse("members:cosign", args=[signature.uuid]), login)
    client.post(url("-post", group))
    entry = Entry.objects.get(group=group, kind="opening")
    assert entry.booked_on == date(group.first_year_starts_on.year - 1, 12, 31)
    assert (entry.maker, tuple(entry.approvers)) == (empty.treasurer.code, (empty.auditor.code,))
    assert postings(group) == {
        ("O1100", ""): 3_000_00, ("O1200", "ธ.ก.ส. 012-3"): 12_000_00, ("O1200", "ออมสิน 9"): 1_000_00,
        ("O1300", "1/2567"): 4_000_00, ("O2100", "0001"): -12_000_00, ("O2100", "0002"): -5_000_50,
        ("O2200", "0001-1"): -500_00, ("O2200", "0001-2"): -250_50, ("O3100", ""): -700_00, ("O3400", ""): -300_00,
        ("O3900", ""): -LEFT_OVER, ("A1100", ""): 80_00, ("A3100", ""): -80_00,
    }  # fmt: skip
    assert verified(group) == 0
    assert client.get(url("", group)).status_code == 200
    today = {"held_on": "", "place": "ศาลา", "operation": str(uuid4())}
    opened = client.get(reverse("meetings:open", args=[group.code]))
    form = opened.context["form"]
    today |= {name: str(form[name].value() or "") for name in form.fields if name not in ("operation", "place")}
    client.post(reverse("meetings:open", args=[group.code]), today)
    meeting = Meeting.objects.get(group=group)
    sheet = client.get(reverse("meetings:sheet", args=[group.code, meeting.pk])).content.decode()
    assert "สมใจ" in sheet
    assert "ดี มากมี" in sheet.replace("\u2060", "")


def test_members_pledges_books_and_contracts_are_written_with_the_entry(empty):
    fill(empty)
    sign(empty)
    begin_from_paper(group=empty.group, by=empty.treasurer)
    somjai, dee = Member.objects.filter(group=empty.group).order_by("number")
    assert (somjai.full_name, somjai.status, somjai.admitted_on) == ("นางสมใจ ใจดี", "active", date(2017, 1, 5))
    assert (dee.title, dee.first_name, dee.last_name) == ("นาย", "ดี", "มากมี")
    starts_on = empty.group.first_year_starts_on
    vows = dict(PledgePeriod.objects.filter(group=empty.group).values_list("member__number", "starts_on"))
    assert vows == {1: date(starts_on.year - 1, 11, 1), 2: starts_on}
    due = pledge_due(empty.group, starts_on)
    assert len(due[somjai.pk].months_owed) == 2
    assert due[dee.pk].months_owed == []
    books = SpecialBook.objects.filter(group=empty.group).values_list("number", flat=True)
    assert list(books) == ["0001-1", "0001-2"]
    contract = PaperContract.objects.get(group=empty.group)
    assert (contract.number, contract.member, contract.satang, contract.brought_satang) == (
        "1/2567", somjai, 10_000_00, 4_000_00,
    )  # fmt: skip
    assert [member.number for member in contract.guarantors.all()] == [2]


def test_the_books_begin_once_however_often_it_is_sent(empty):
    fill(empty)
    sign(empty)
    first = begin_from_paper(group=empty.group, by=empty.treasurer)
    assert begin_from_paper(group=empty.group, by=empty.treasurer) == first
    with pytest.raises(OpeningDone):
        begin_from_paper(group=empty.group, by=empty.secretary)
    with pytest.raises(OpeningDone):
        typed(empty, "members", SOMJAI)
    assert Entry.objects.filter(group=empty.group, kind="opening").count() == 1
    assert OpeningDraft.objects.get(group=empty.group).tables == {}


def test_the_first_year_may_begin_in_another_month_that_has_come(empty):
    set_first_day(group=empty.group, starts_on=date(2025, 4, 1), by=empty.treasurer)
    for day in (date(2025, 4, 2), date(2999, 1, 1), date(1900, 1, 1)):
        with pytest.raises(DayWrong):
            set_first_day(group=empty.group, starts_on=day, by=empty.treasurer)
    fill(empty)
    sign(empty)
    entry = begin_from_paper(group=empty.group, by=empty.treasurer)
    assert entry.booked_on == date(2025, 3, 31)
    assert SavingsGroup.objects.get(pk=empty.group.pk).first_year_starts_on == date(2025, 4, 1)
    assert verified(empty.group) == 0


def test_nothing_typed_opens_no_books(empty):
    client = empty.client(empty.treasurer)
    assert client.post(url("-sign", empty.group)).status_code == 302
    assert client.post(url("-post", empty.group)).status_code == 302
    assert not Entry.objects.filter(group=empty.group, kind="opening").exists()


def test_nobody_but_the_treasurer_types_balances(empty, village):
    row = UUID(int=7)
    for user in (empty.auditor, empty.secretary, village.treasurer, village.administrator, village.district_officer):
        client = empty.client(user)
        for name in ("", "-excel"):
            assert client.get(url(name, empty.group)).status_code == 404
        assert client.post(url("-row", empty.group, "members", row), SOMJAI).status_code == 404
        for name in ("-upload", "-paste", "-day", "-sign", "-post"):
            assert client.post(url(name, empty.group)).status_code == 404
    assert not OpeningDraft.objects.exists()


def test_the_start_page_names_all_three_ways(empty):
    text = empty.client(empty.treasurer).get(reverse("funds:start", args=[empty.group.code])).content.decode()
    for address in (reverse("intake:import", args=[empty.group.code]), url("", empty.group)):
        assert f'href="{address}"' in text


def test_a_contract_typed_by_hand_is_a_loan_that_is_older_than_the_books(empty):
    fill(empty)
    sign(empty)
    entry = begin_from_paper(group=empty.group, by=empty.treasurer)
    loan = Loan.objects.get(group=empty.group)
    assert (loan.number, loan.member.number, loan.satang, loan.instalments) == ("1/2567", 1, 10_000_00, 12)
    assert (loan.brought_satang, loan.brought_on) == (4_000_00, entry.booked_on)
    assert loan.first_due_on == date(2024, 4, 5)
    assert [guarantee.member.number for guarantee in loan.guarantees.all()] == [2]
    assert standing_of(loan, entry.booked_on).outstanding == 4_000_00
