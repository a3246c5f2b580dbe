"""Applications: written down, handed in once within the limits, taken back; by an officer or on the own page."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from funds.errors import OperationReused
from loans.applying_errors import MayNotBorrow, MoreThanAllowed, NotInThisState, NotYourPassbook, TermTooLong
from loans.models import LoanApplication
from loans.selectors.applications import application_totals, application_view, applications
from loans.services.applications import submit_application, withdraw_application
from members.models import Member, PassbookAccess
from tests.loans.applying import NOW, TODAY, ask, found, open_product, signs, write
from tests.loans.cast import Lending


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lending(village):
    lending = Lending(village)
    for name in ("Somchai", "Boonmee", "Kasem", "Prani"):
        lending.save(name, 10_000_00)
    return lending


@pytest.fixture
def product(lending):
    return open_product(lending)


@pytest.fixture
def unsecured(lending):
    """A product that asks for no guarantor."""
    return open_product(lending, "ไม่มีผู้ค้ำ", guarantors=0)


# --- written down -------------------------------------------------------------------------------------------


def test_applications_are_numbered_in_their_group(lending, product):
    assert [write(lending, product).number, write(lending, product, "Kasem").number] == [1, 2]


def test_a_double_click_writes_one_application(lending, product):
    operation = uuid4()
    rows = {write(lending, product, operation=operation).pk for _ in range(3)}
    assert len(rows) == 1


def test_a_draft_may_be_changed_and_what_was_handed_in_may_not(lending, product):
    operation = uuid4()
    write(lending, product, operation=operation)
    row = write(lending, product, satang=8_000_00, operation=operation)
    assert row.satang == 8_000_00
    submit_application(application=row, by=lending.village.treasurer)
    assert write(lending, product, satang=8_000_00, operation=operation).satang == 8_000_00
    with pytest.raises(OperationReused):
        write(lending, product, satang=9_000_00, operation=operation)


def test_an_operation_is_of_one_member(lending, product):
    operation = uuid4()
    write(lending, product, operation=operation)
    with pytest.raises(OperationReused):
        write(lending, product, "Kasem", operation=operation)


def test_on_the_own_page_one_asks_for_the_own_passbook_only(lending, product):
    prani = lending.village.user("Prani")
    assert write(lending, product, "Prani", by=prani, by_member=True).by_member
    for name in ("Noi", "Kasem"):
        with pytest.raises(NotYourPassbook):
            write(lending, product, name, by=prani, by_member=True)


# --- handed in ----------------------------------------------------------------------------------------------


def test_handed_in_it_waits_for_its_guarantors(lending, product):
    row = ask(lending, product)
    assert (row.status, timezone.localdate(row.submitted_at)) == ("submitted", TODAY)


def test_where_no_guarantor_is_asked_for_it_is_ready_at_once(lending, unsecured):
    assert ask(lending, unsecured).status == "ready"


def test_handed_in_twice_it_is_handed_in_once(lending, product):
    row = ask(lending, product)
    again = submit_application(application=row, by=lending.village.treasurer)
    assert again.submitted_at == row.submitted_at


def test_one_satang_above_the_limit_is_refused_with_the_reason(lending, product):
    ask(lending, product, "Kasem", 30_000_00)
    with pytest.raises(MoreThanAllowed) as refused:
        ask(lending, product, satang=30_000_01)
    assert "30,000.00" in refused.value.message
    assert "10,000.00" in refused.value.message


def test_two_applications_together_do_not_pass_the_limit(lending, product):
    ask(lending, product, satang=20_000_00)
    with pytest.raises(MoreThanAllowed):
        ask(lending, product, satang=10_000_01)


def test_who_may_not_borrow_cannot_hand_in(lending, product):
    Member.objects.filter(pk=lending["Somchai"].pk).update(admitted_on=TODAY)
    row = write(lending, product)
    with pytest.raises(MayNotBorrow):
        submit_application(application=row, by=lending.village.treasurer)
    assert found(lending, row).status == "draft"


def test_the_term_ends_where_the_product_says(lending, product):
    with pytest.raises(TermTooLong):
        ask(lending, product, months=13)


# --- taken back ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["draft", "submitted", "ready", "approved"])
def test_before_the_contract_an_application_may_be_taken_back(lending, product, status):
    row = write(lending, product)
    LoanApplication.objects.filter(pk=row.pk).update(status=status)
    withdraw_application(application=row, by=lending.village.treasurer)
    row = found(lending, row)
    assert (row.status, row.withdrawn_by) == ("withdrawn", lending.village.treasurer)


@pytest.mark.parametrize("status", ["refused", "contracted"])
def test_after_the_end_it_may_not(lending, product, status):
    row = write(lending, product)
    LoanApplication.objects.filter(pk=row.pk).update(status=status)
    with pytest.raises(NotInThisState):
        withdraw_application(application=row, by=lending.village.treasurer)


def test_what_was_taken_back_is_not_handed_in(lending, product):
    row = write(lending, product)
    withdraw_application(application=row, by=lending.village.treasurer)
    with pytest.raises(NotInThisState):
        submit_application(application=row, by=lending.village.treasurer)


# --- the list -----------------------------------------------------------------------------------------------


def test_the_list_finds_by_number_name_and_state_and_adds_up(lending, product):
    ask(lending, product, satang=5_000_00)
    write(lending, product, "Kasem", 3_000_00)
    gone = write(lending, product, "Boonmee", 1_000_00)
    withdraw_application(application=gone, by=lending.village.treasurer)
    assert application_totals(applications(lending.group)).satang == 8_000_00
    assert application_totals(applications(lending.group, show="all")).count == 3
    assert [row.member for row in applications(lending.group, q="เกษม")] == [lending["Kasem"]]
    assert [row.satang for row in applications(lending.group, q=str(lending["Somchai"].number))] == [5_000_00]
    assert [row.satang for row in applications(lending.group, show="withdrawn")] == [1_000_00]


def address(lending, name="applications", *args):
    return reverse(f"loans:{name}", args=[lending.group.code, *args])


def test_the_list_takes_the_same_queries_however_long(lending, product, client, django_assert_max_num_queries):
    for _ in range(8):
        write(lending, product, satang=1_000_00)
    client.force_login(lending.village.auditor)
    with django_assert_max_num_queries(22):
        page = client.get(address(lending))
    assert page.context["totals"].satang == 8_000_00
    assert "8000.00" in client.get(address(lending) + "?format=csv").content.decode()
    assert client.get(address(lending) + "?format=xlsx").content.startswith(b"PK")


# --- the pages ----------------------------------------------------------------------------------------------


def typed(product, act="submit", **changed):
    return {
        "operation": str(uuid4()), "product": product.pk, "satang": "12,000", "instalments": "12",
        "purpose": "farming", "purpose_text": "ปุ๋ย", "income_satang": "", "act": act, **changed,
    }  # fmt: skip


def test_an_officer_asks_by_number_or_name(lending, product, client):
    client.force_login(lending.village.treasurer)
    for whom in (str(lending["Somchai"].number), "สมชาย"):
        page = client.get(address(lending, "apply"), {"member": whom})
        assert page.context["member"] == lending["Somchai"]
        assert page.context["asked"].limit.most_satang == 30_000_00
    assert client.get(address(lending, "apply"), {"member": "ไม่มี"}).context["refused"]


def test_an_application_typed_at_the_table_is_handed_in(lending, product, client):
    client.force_login(lending.village.treasurer)
    to = address(lending, "apply") + f"?member={lending['Somchai'].number}"
    answer = client.post(to, typed(product))
    row = LoanApplication.objects.get()
    assert answer["Location"] == address(lending, "application", row.pk)
    assert (row.status, row.satang, row.purpose_text) == ("submitted", 12_000_00, "ปุ๋ย")


def test_what_is_refused_keeps_what_was_typed(lending, product, client):
    client.force_login(lending.village.treasurer)
    to = address(lending, "apply") + f"?member={lending['Somchai'].number}"
    data = typed(product, satang="๓๐,๐๐๐.๐๑")
    page = client.post(to, data)
    text = page.content.decode()
    assert 'value="๓๐,๐๐๐.๐๑"' in text
    assert "30,000.00" in page.context["form"].errors["satang"][0]
    client.post(to, data | {"satang": "30,000"})
    assert [row.status for row in LoanApplication.objects.all()] == ["submitted"]


@pytest.mark.parametrize(("name", "value"), [("satang", "1,5"), ("satang", ""), ("instalments", "0"), ("purpose", "x")])
def test_what_cannot_be_read_is_refused_beside_its_field(lending, product, client, name, value):
    client.force_login(lending.village.treasurer)
    to = address(lending, "apply") + f"?member={lending['Somchai'].number}"
    page = client.post(to, typed(product, **{name: value}))
    assert name in page.context["form"].errors
    assert not LoanApplication.objects.exists()


def test_a_draft_is_gone_on_with(lending, product, client):
    client.force_login(lending.village.treasurer)
    to = address(lending, "apply") + f"?member={lending['Somchai'].number}"
    client.post(to, typed(product, act="draft"))
    row = LoanApplication.objects.get()
    form = client.get(address(lending, "apply") + f"?draft={row.pk}").context["form"]
    assert (form["satang"].value(), str(form["operation"].value())) == ("12,000.00", str(row.operation))


def test_the_piece_of_page_says_at_once_what_is_typed_so_far(lending, product, client):
    client.force_login(lending.village.treasurer)
    data = {"member": "สมชาย", "product": product.pk, "satang": "12,000", "instalments": "12"}
    said = client.get(address(lending, "limits"), data).content.decode()
    assert "12.00" in said
    assert "1,120" in said
    half = client.get(address(lending, "limits"), data | {"satang": "12,0"}).content.decode()
    assert "30,000" in half
    assert "1,120" not in half
    assert client.get(address(lending, "limits"), {"member": "ไม่มี"}).content


def test_buttons_of_the_page_hand_in_and_take_back(lending, product, client):
    row = write(lending, product)
    client.force_login(lending.village.secretary)
    client.post(address(lending, "application", row.pk), {"act": "submit"})
    assert found(lending, row).status == "submitted"
    client.post(address(lending, "application", row.pk), {"act": "withdraw"})
    assert found(lending, row).status == "withdrawn"


def test_the_auditor_reads_and_writes_nothing(lending, product, client):
    row = write(lending, product)
    client.force_login(lending.village.auditor)
    assert client.get(address(lending, "application", row.pk)).status_code == 200
    assert client.post(address(lending, "application", row.pk), {"act": "submit"}).status_code == 404
    assert client.get(address(lending, "apply")).status_code == 404


def test_a_contracted_application_still_opens(lending, product):
    loan = lending.contract(terms=product.terms.get())
    assert application_view(found(lending, loan.application)).application.status == "contracted"


# --- on the own page ----------------------------------------------------------------------------------------


def own(lending, name="loan-apply", *args):
    return reverse(f"window:{name}", args=[lending.group.code, *args])


def test_a_member_asks_on_the_own_page(lending, product, client):
    client.force_login(lending.village.user("Prani"))
    assert client.get(own(lending)).context["asked"].limit.most_satang == 30_000_00
    answer = client.post(own(lending), typed(product))
    row = LoanApplication.objects.get()
    assert answer["Location"] == own(lending, "loan-application", row.pk)
    assert (row.by_member, row.member, row.status) == (True, lending["Prani"], "submitted")
    assert client.get(answer["Location"]).status_code == 200


def test_a_childs_passbook_asks_for_nothing(lending, product, client):
    client.force_login(lending.village.user("Prani"))
    of_noi = own(lending) + f"?member={lending['Noi'].number}"
    assert PassbookAccess.objects.filter(member=lending["Noi"], relation=PassbookAccess.Relation.CHILD).exists()
    assert "form" not in client.get(of_noi).context
    client.post(of_noi, typed(product))
    assert not LoanApplication.objects.exists()


def test_an_honorary_member_reads_why_not(lending, product, client):
    client.force_login(lending.village.user("Chai"))
    page = client.post(own(lending), typed(product, satang="100"))
    assert page.status_code == 200
    assert page.context["asked"].limit.most_satang == 0
    assert {row.status for row in LoanApplication.objects.all()} <= {"draft"}


def test_nobody_reads_anothers_application(lending, product, client):
    row = ask(lending, product)
    client.force_login(lending.village.user("Kasem"))
    for act in ("submit", "withdraw", "name"):
        assert client.post(own(lending, "loan-application", row.pk), {"act": act}).status_code == 404
    assert client.get(own(lending, "loan-application", row.pk)).status_code == 404


def test_the_borrower_does_not_confirm_a_guarantor_on_the_own_page(lending, product, client):
    row = write(lending, product, "Prani", by=lending.village.user("Prani"), by_member=True)
    client.force_login(lending.village.user("Prani"))
    page = own(lending, "loan-application", row.pk)
    client.post(page, {"act": "submit"})
    client.post(page, {"act": "name", "guarantor": str(lending["Boonmee"].number)})
    guarantee = row.guarantees.get()
    client.post(page, {"act": "confirm", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.confirmed_at is None


def test_on_the_own_page_a_name_in_part_lists_nobody(lending, product, client):
    row = write(lending, product, "Prani", by=lending.village.user("Prani"), by_member=True)
    client.force_login(lending.village.user("Prani"))
    page = client.post(own(lending, "loan-application", row.pk), {"act": "name", "guarantor": "ส"})
    assert page.context["form"].errors["guarantor"]
    assert "แก้วใส" not in page.content.decode()
    client.post(own(lending, "loan-application", row.pk), {"act": "name", "guarantor": "บุญมี หนองบัว"})
    assert row.guarantees.get().member == lending["Boonmee"]


def test_the_own_piece_of_page_is_of_the_own_passbook(lending, product, client):
    client.force_login(lending.village.user("Prani"))
    said = client.get(own(lending, "loan-limits"), {"product": product.pk, "satang": "1,200", "instalments": "12"})
    assert "112" in said.content.decode()
    assert client.get(own(lending, "loan-limits") + f"?member={lending['Somchai'].number}").status_code == 404


def test_an_application_is_ready_when_both_have_signed(lending, product):
    row = ask(lending, product)
    signs(lending, row, "Boonmee")
    assert found(lending, row).status == "submitted"
    signs(lending, row, "Kasem")
    assert found(lending, row).status == "ready"
