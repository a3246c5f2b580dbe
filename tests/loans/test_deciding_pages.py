"""From the committee's page to the voucher, by the forms that the officers send."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loans.models import DecisionProposal, Loan, LoanApplication
from members.models import User
from tests.loans.cast import Lending
from tests.meetings.evening import Evening
from tests.village import TestVillage

NOVEMBER_5 = date(2026, 11, 5)
NAMES = ("Somchai", "Prani")


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Lending:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    found = Lending(village)
    found.save("Somchai", 5_000_00)
    found.save("Boonmee", 9_000_00)
    return found


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(lending: Lending, name: str, *args: Any) -> str:
    return reverse(f"loans:{name}", args=[lending.group.code, *args])


def resolved(lending: Lending, asked: LoanApplication, **fields: Any) -> dict[str, Any]:
    votes = {f"vote_{user.pk}": "for" for user in (lending.village.chair, lending.village.secretary)}
    new = {"number": "4/2569", "decided_on": "20/11/2569", "body": "committee", "operation": str(uuid4())}
    return {**new, **votes, f"outcome_{asked.pk}": "approved", f"instalments_{asked.pk}": "12", **fields}


def test_from_the_committee_to_the_voucher(lending: Lending) -> None:
    village = lending.village
    asked = lending.apply(on=NOVEMBER_5, terms=lending.product(guarantors=1))
    secretary, chair, treasurer, auditor = (
        browser(user) for user in (village.secretary, village.chair, village.treasurer, village.auditor)
    )
    answer = secretary.post(url(lending, "committee"), resolved(lending, asked))
    row = DecisionProposal.objects.get()
    page = url(lending, "resolved", row.resolution_id)
    assert answer.headers["Location"] == page
    assert chair.post(page, {"act": "confirm"}).status_code == 302
    asked.refresh_from_db()
    assert asked.status == "approved"
    new = url(lending, "contract-new", asked.pk)
    initial = secretary.get(new).context["form"].initial
    sent = {"number": initial["number"], "contracted_on": "22/11/2569", "first_due_on": "5/1/2570"}
    secretary.post(new, {**sent, "operation": str(uuid4())})
    loan = Loan.objects.get()
    guarantee = loan.guarantees.get()
    signed = {"act": "sign", "borrower": "22/11/2569", f"guarantor_{guarantee.pk}": "22/11/2569"}
    assert secretary.post(url(lending, "contract", loan.pk), signed).status_code == 302
    offered = {
        name: url(lending, "paper-contract", loan.pk) in client.get(url(lending, "contract", loan.pk)).content.decode()
        for name, client in {"secretary": secretary, "chair": chair}.items()
    }
    assert offered == {"secretary": True, "chair": False}  # a paper is offered to whoever may open it
    payout = url(lending, "payout", loan.pk)
    assert treasurer.post(payout, {"operation": str(uuid4()), "way": "cash"}).status_code == 302
    answer = auditor.post(payout, {"act": "approve"})
    loan.refresh_from_db()
    assert loan.entry is not None
    assert answer.headers["Location"] == reverse("reports:receipt", args=[lending.group.code, loan.entry.n])
    assert auditor.get(payout).status_code == 200


def test_what_the_committee_may_not_resolve_is_said_on_its_page(lending: Lending) -> None:
    asked = lending.apply(on=NOVEMBER_5)
    absent = {f"vote_{lending.village.chair.pk}": ""}
    answer = browser(lending.village.secretary).post(url(lending, "committee"), resolved(lending, asked, **absent))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert not DecisionProposal.objects.exists()


def test_a_refusal_without_a_reason_is_marked(lending: Lending) -> None:
    asked = lending.apply(on=NOVEMBER_5)
    sent = resolved(lending, asked, **{f"outcome_{asked.pk}": "refused"})
    answer = browser(lending.village.secretary).post(url(lending, "decide", asked.pk), sent)
    assert f"reason_{asked.pk}" in answer.context["form"].errors


def test_less_without_an_amount_is_marked(lending: Lending) -> None:
    asked = lending.apply(on=NOVEMBER_5)
    less = {f"outcome_{asked.pk}": "reduced", f"satang_{asked.pk}": "", f"reason_{asked.pk}": "เงินไม่พอ"}
    answer = browser(lending.village.secretary).post(url(lending, "committee"), resolved(lending, asked, **less))
    assert f"satang_{asked.pk}" in answer.context["form"].errors


def test_what_another_officer_wrote_down_meanwhile_is_said(lending: Lending) -> None:
    asked = lending.apply(on=NOVEMBER_5)
    sent = resolved(lending, asked)
    browser(lending.village.secretary).post(url(lending, "committee"), sent)
    late = resolved(lending, asked, number="5/2569")
    answer = browser(lending.village.chair).post(url(lending, "committee"), late)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert DecisionProposal.objects.count() == 1


@pytest.mark.parametrize("page", ["committee", "decide"])
def test_the_form_sent_again_answers_as_the_first_time_and_writes_nothing_more(lending: Lending, page: str) -> None:
    asked = lending.apply(on=NOVEMBER_5)
    sent, client = resolved(lending, asked), browser(lending.village.secretary)
    address = url(lending, page, *([asked.pk] if page == "decide" else []))
    answers = [client.post(address, sent, follow=True) for _click in range(2)]
    row = DecisionProposal.objects.get()
    assert [answer.redirect_chain for answer in answers] == [[(url(lending, "resolved", row.resolution_id), 302)]] * 2
    assert [[each.level_tag for each in answer.context["messages"]] for answer in answers] == [["success"]] * 2
    browser(lending.village.chair).post(url(lending, "resolved", row.resolution_id), {"act": "confirm"})
    late = client.post(address, sent, follow=True)
    assert (late.redirect_chain[-1][0], list(late.context["messages"])) == (
        url(lending, "resolved", row.resolution_id),
        [],
    )


def test_the_form_sent_again_with_other_words_is_refused(lending: Lending) -> None:
    asked = lending.apply(on=NOVEMBER_5)
    sent, client = resolved(lending, asked), browser(lending.village.secretary)
    client.post(url(lending, "committee"), sent)
    other = sent | {f"outcome_{asked.pk}": "refused", f"reason_{asked.pk}": "เงินไม่พอ"}
    answer = client.post(url(lending, "committee"), other)
    assert answer.context["form"].non_field_errors()
    assert DecisionProposal.objects.get().outcome == "approved"


def test_a_payout_beside_the_meeting_begins_with_the_way_that_is_open(lending: Lending) -> None:
    loan, treasurer = lending.contract(on=NOVEMBER_5), browser(lending.village.treasurer)
    assert treasurer.get(url(lending, "payout", loan.pk)).context["form"]["way"].value() == "cash"
    Evening(lending.village, held_on=date(2026, 11, 22))
    page = treasurer.get(url(lending, "payout", loan.pk))
    assert (page.context["form"]["way"].value(), bool(page.context["cash_refused"])) == ("transfer", True)


def test_an_interested_member_is_recorded_as_having_left(lending: Lending) -> None:
    """Malee stands surety: typed as in favour for all, she is written down as having left this vote."""
    asked = lending.apply(on=NOVEMBER_5, guarantors=("Malee",))
    browser(lending.village.chair).post(url(lending, "committee"), resolved(lending, asked))
    row = DecisionProposal.objects.get()
    assert [lending.village.secretary.pk, "left", "guarantor"] in row.votes


def test_a_long_list_before_the_committee_stands_on_pages_and_takes_no_more_queries(lending: Lending) -> None:
    terms, address = lending.product(guarantors=1), url(lending, "committee")
    secretary = browser(lending.village.secretary)
    asked = [lending.apply(on=NOVEMBER_5, terms=terms) for _each in range(10)]
    secretary.get(address)
    with CaptureQueriesContext(connection) as few:
        secretary.get(address)
    asked += [lending.apply(on=NOVEMBER_5, terms=terms) for _each in range(15)]
    with CaptureQueriesContext(connection) as many:
        page = secretary.get(address)
    assert len(many) <= len(few)
    assert [view.application for view in page.context["views"]] == asked[:10]
    assert [view.application for view in secretary.get(f"{address}?page=3").context["views"]] == asked[20:]


def test_what_was_typed_is_written_down_wherever_it_stands_by_now(lending: Lending, monkeypatch: Any) -> None:
    """Others were decided meanwhile: an application of the second page moved to the first one."""
    monkeypatch.setattr("loans.views.committee.A_PAGE", 1)
    asked, _other = (lending.apply(name, on=NOVEMBER_5, terms=lending.product(guarantors=1)) for name in NAMES)
    answer = browser(lending.village.secretary).post(f"{url(lending, 'committee')}?page=2", resolved(lending, asked))
    assert answer.status_code == 302
    assert DecisionProposal.objects.get().application == asked


def test_a_place_in_the_queue_is_written_down(lending: Lending) -> None:
    asked = lending.apply(on=NOVEMBER_5)
    lending.decide(asked)
    secretary = browser(lending.village.secretary)
    secretary.post(url(lending, "rank", asked.pk), {"rank": "1", "reason": "ค่ารักษาพยาบาล"})
    assert "ค่ารักษาพยาบาล" in secretary.get(url(lending, "committee")).content.decode()


def test_a_contract_is_cancelled_on_its_page(lending: Lending) -> None:
    loan = lending.contract(on=NOVEMBER_5)
    secretary = browser(lending.village.secretary)
    secretary.post(url(lending, "contract", loan.pk), {"act": "cancel", "reason": "เปลี่ยนใจ"})
    loan.refresh_from_db()
    assert loan.cancelled_on == date(2026, 11, 22)


@pytest.mark.parametrize("paper", ["contract", "guarantees", "consent", "schedule", "card"])
def test_the_papers_open(lending: Lending, paper: str) -> None:
    loan = lending.contract(on=NOVEMBER_5)
    answer = browser(lending.village.secretary).get(url(lending, f"paper-{paper}", loan.pk))
    assert answer.headers["Content-Type"] == "application/pdf"
