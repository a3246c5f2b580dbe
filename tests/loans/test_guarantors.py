"""Guarantors: named, given their word, declined, replaced; each limit of the group; what each stands for in all."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from funds.models import Hold
from funds.selectors import held
from loans.applying_errors import (
    AccountTooYoung,
    BorrowerIsNoGuarantor,
    CoverTooSmall,
    GuaranteeStands,
    GuarantorDecides,
    KindMayNotGuarantee,
    NamedAlready,
    NoSuchGuarantor,
    NotAskedNow,
    OwnWordOnPaper,
    SpouseAlone,
    TooManyGuarantees,
)
from loans.models import CommitteeVote, Decision, Guarantee, Loan, LoanApplication
from loans.rings import shortest_ring
from loans.selectors.applications import application_view
from loans.selectors.cover import cover_of, equal_part, free_savings
from loans.selectors.guarantors import count_live_guarantees, guarantor_rows, interested_users, standings_of
from loans.services.applications import withdraw_application
from loans.services.guarantors import confirm_guarantee, decline_guarantee, replace_guarantor
from members.models import GroupSetting, Member, User
from tests.loans.applying import NOW, TODAY, ask, found, member, name_, open_product, signs, write
from tests.loans.cast import Lending


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lending(village):
    lending = Lending(village)
    for name in ("Somchai", "Boonmee", "Kasem", "Prani", "Somporn", "Malee"):
        lending.save(name, 10_000_00)
    return lending


@pytest.fixture
def product(lending):
    return open_product(lending)


@pytest.fixture
def row(lending, product):
    """Somchai asks for 16,000: 10,000 own savings, two guarantors stand for 3,000 each."""
    return ask(lending, product, satang=16_000_00)


def marry(lending, name, other):
    Member.objects.filter(pk=lending[name].pk).update(spouse=lending[other])


# --- cover --------------------------------------------------------------------------------------------------


def test_own_savings_first_the_rest_is_divided_equally(lending, row):
    cover = cover_of(row)
    assert (cover.own, cover.rest, cover.part, cover.missing) == (10_000_00, 6_000_00, 3_000_00, 2)


@given(rest=st.integers(0, 10**9), among=st.integers(1, 10))
def test_equal_parts_cover_the_rest_and_are_a_satang_apart_at_most(rest, among):
    part = equal_part(rest, among)
    assert 0 <= part * among - rest < among


def test_what_is_held_or_promised_covers_nothing_else(lending, product, row):
    signs(lending, row, "Boonmee")
    assert free_savings(member(lending, "Boonmee")) == 7_000_00
    lending.contract("Kasem", 10_000_00, guarantors=(), terms=product.terms.get())
    assert free_savings(member(lending, "Kasem")) == 0


def test_a_third_guarantor_lowers_the_part_of_those_who_come_after(lending, row):
    signs(lending, row, "Boonmee")
    name_(lending, row, "Kasem")
    name_(lending, row, "Prani")
    cover = cover_of(found(lending, row))
    assert (cover.part, cover.promised, cover.lacking) == (2_000_00, 3_000_00, 3_000_00)


def test_with_the_words_given_and_the_rest_covered_it_is_ready(lending, row):
    assert signs(lending, row, "Boonmee").satang == 3_000_00
    assert found(lending, row).status == "submitted"
    signs(lending, row, "Kasem")
    assert found(lending, row).status == "ready"


def test_nothing_is_held_before_the_contract(lending, row):
    signs(lending, row, "Boonmee")
    assert not Hold.objects.exists()


def test_a_guarantor_whose_free_savings_are_too_small_is_refused_with_the_figures(lending, product):
    row = ask(lending, product, satang=30_000_00)  # 20,000 for two
    lending.post("withdrawal", ("O2100", lending["Boonmee"].holder, 1_00), ("O1200", "", -1_00), on=TODAY)
    with pytest.raises(CoverTooSmall) as refused:
        signs(lending, row, "Boonmee")
    assert "9,999.00" in refused.value.message
    assert "10,000.00" in refused.value.message
    assert signs(lending, row, "Kasem").satang == 10_000_00


def test_two_applications_do_not_use_the_same_cover(lending, product):
    first, second = ask(lending, product, satang=24_000_00), ask(lending, product, "Prani", 24_000_00)
    signs(lending, first, "Boonmee")  # 7,000 of 10,000
    with pytest.raises(CoverTooSmall):
        signs(lending, second, "Boonmee")


def test_a_withdrawn_application_gives_the_cover_back(lending, product, row):
    signs(lending, row, "Boonmee")
    withdraw_application(application=row, by=lending.village.treasurer)
    assert free_savings(member(lending, "Boonmee")) == 10_000_00
    assert count_live_guarantees(member(lending, "Boonmee")) == 0


# --- who may ------------------------------------------------------------------------------------------------


def test_the_borrower_does_not_secure_the_own_loan(lending, row):
    with pytest.raises(BorrowerIsNoGuarantor):
        name_(lending, row, "Somchai")


@pytest.mark.parametrize("name", ["Noi", "Women", "Chai"])
def test_a_child_a_body_and_an_honorary_member_do_not_guarantee(lending, row, name):
    with pytest.raises(KindMayNotGuarantee):
        name_(lending, row, name)


@pytest.mark.parametrize("name", ["Dam", "Fon"])
def test_who_is_no_active_member_does_not_guarantee(lending, row, name):
    with pytest.raises(NoSuchGuarantor):
        name_(lending, row, name)


def test_a_guarantor_is_named_once(lending, row):
    name_(lending, row, "Boonmee")
    with pytest.raises(NamedAlready):
        name_(lending, row, "Boonmee")


def test_at_most_two_live_guarantees_adopted_loans_among_them(lending, product):
    adopt(lending, "ก.7/2567", "Prani", "Boonmee")
    row = ask(lending, product, satang=11_000_00)
    signs(lending, row, "Boonmee")
    third = ask(lending, product, "Kasem", 11_000_00)
    with pytest.raises(TooManyGuarantees) as refused:
        name_(lending, third, "Boonmee")
    assert "2" in refused.value.message


def adopt(lending, number, borrower, guarantor):
    """A loan that the books began with, and its guarantor from paper."""
    lending.post("donation", ("O1300", number, 4_000_00), ("O3300", "", -4_000_00), on=date(2026, 1, 5))
    loan = Loan.objects.create(
        group=lending.group, number=number, member=lending[borrower], operation="6f1c0b5e-9f6f-4f3e-8a6a-2f4b3a1c9d10",
        satang=6_000_00, instalments=12, contracted_on=date(2025, 10, 5), first_due_on=date(2025, 11, 5),
        made_at="2026-01-05T00:00:00+00:00", paid_out_on=date(2025, 10, 5), rate_bp=100,
        brought_on=date(2026, 1, 5), brought_satang=4_000_00,
    )  # fmt: skip
    return Guarantee.objects.create(
        loan=loan, member=lending[guarantor], position=1, satang=0, named_at="2026-01-05T00:00:00+00:00"
    )


def test_the_groups_setting_says_how_many(lending, product):
    for borrower in ("Somchai", "Prani"):
        signs(lending, ask(lending, product, borrower, 11_000_00), "Boonmee")
    GroupSetting.objects.create(
        group=lending.group, key="guarantees_max", value="3", valid_from=TODAY, set_by=lending.village.chair
    )
    assert name_(lending, ask(lending, product, "Kasem", 11_000_00), "Boonmee")


def test_a_loan_paid_back_lets_the_guarantor_go(lending, product):
    loan = lending.lend(satang=2_000_00, terms=product.terms.get())
    assert count_live_guarantees(member(lending, "Boonmee")) == 1
    lending.repay(loan, TODAY, principal=2_000_00)
    assert count_live_guarantees(member(lending, "Boonmee")) == 0


def test_a_word_counts_again_when_it_is_given(lending, product):
    """Named while one guarantee lived, asked for the word when two do."""
    late = ask(lending, product, satang=11_000_00)
    waiting = name_(lending, late, "Boonmee")
    for borrower in ("Prani", "Kasem"):
        signs(lending, ask(lending, product, borrower, 11_000_00), "Boonmee")
    with pytest.raises(TooManyGuarantees):
        confirm_guarantee(guarantee=waiting, way="paper", by=lending.village.secretary)


def test_a_spouse_alone_is_no_guarantor(lending):
    emergency = open_product(
        lending, "ฉุกเฉิน", "emergency", savings_times=0, cap_satang=5_000_00, guarantors=1, instalments_max=3
    )
    marry(lending, "Somchai", "Prani")
    row = ask(lending, emergency, satang=5_000_00, months=3)
    with pytest.raises(SpouseAlone):
        name_(lending, row, "Prani")
    signs(lending, row, "Boonmee")
    assert signs(lending, row, "Prani")


@pytest.mark.parametrize(("one", "other"), [("Somchai", "Prani"), ("Prani", "Somchai")])
def test_a_spouse_may_be_one_of_several_but_never_the_only_word(lending, row, one, other):
    marry(lending, one, other)
    signs(lending, row, "Prani")
    view = application_view(found(lending, row))
    assert view.is_spouse_alone
    word = signs(lending, row, "Boonmee")
    assert found(lending, row).status == "ready"
    decline_guarantee(guarantee=word, by=lending.village.secretary)
    assert found(lending, row).status == "submitted"


def decide(lending, row, by, vote=None):
    decision = Decision.objects.create(
        application=row, operation="6f1c0b5e-9f6f-4f3e-8a6a-2f4b3a1c9d11", terms=row.product.terms.get(),
        outcome="approved", satang=row.satang, instalments=row.instalments, resolution=lending.resolve(),
        recorded_by=by, recorded_at=NOW, confirmed_by=lending.village.auditor,
    )  # fmt: skip
    if vote:
        interest = "ญาติ" if vote[1] == "left" else ""
        CommitteeVote.objects.create(decision=decision, voter=vote[0], vote=vote[1], interest=interest)
    LoanApplication.objects.filter(pk=row.pk).update(status="approved")


def test_who_wrote_the_decision_down_does_not_guarantee(lending, row):
    decide(lending, row, lending.village.secretary)
    with pytest.raises(GuarantorDecides):
        name_(lending, row, "Malee")


@pytest.mark.parametrize(("vote", "may"), [("for", False), ("against", False), ("left", True)])
def test_who_voted_does_not_guarantee_and_who_left_the_vote_may(lending, row, vote, may):
    decide(lending, row, lending.village.chair, (lending.village.secretary, vote))
    if may:
        assert name_(lending, row, "Malee")
    else:
        with pytest.raises(GuarantorDecides):
            name_(lending, row, "Malee")


def test_borrower_spouse_and_guarantors_have_no_part_in_the_decision(lending, row):
    marry(lending, "Kasem", "Somchai")
    signs(lending, row, "Malee", by=lending.village.treasurer)
    interested = interested_users(row)
    users = {lending.village.user(name).pk for name in ("Somchai", "Kasem", "Malee")}
    assert set(interested) == users


# --- the word -----------------------------------------------------------------------------------------------


def own_word(lending, guarantee, user=None):
    return confirm_guarantee(guarantee=guarantee, way="own_page", by=user or lending.village.user("Kasem"))


def test_a_word_on_the_own_page_is_the_members_own(lending, row):
    guarantee = name_(lending, row, "Kasem")
    with pytest.raises(NotAskedNow):
        own_word(lending, guarantee, lending.village.user("Prani"))
    assert own_word(lending, guarantee).way == "own_page"


@pytest.mark.parametrize(("days", "is_too_young"), [(0, True), (6, True), (7, False), (8, False)])
def test_in_the_first_seven_days_of_the_account_no_word_is_given_on_the_own_page(lending, row, days, is_too_young):
    guarantee = name_(lending, row, "Kasem")
    user = lending.village.user("Kasem")
    user.activated_on = TODAY - timedelta(days=days)
    user.save()
    if is_too_young:
        with pytest.raises(AccountTooYoung) as refused:
            own_word(lending, guarantee, user)
        assert "2569" in refused.value.message
        assert str((TODAY + timedelta(days=7 - days)).day) in refused.value.message
    else:
        assert own_word(lending, guarantee, user).confirmed_at
    assert confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.secretary).confirmed_at


@pytest.mark.parametrize("name", ["Somporn", "Malee"])
def test_neither_borrower_nor_guarantor_records_the_signature(lending, product, name):
    row = ask(lending, product, "Somporn", 11_000_00)
    guarantee = name_(lending, row, "Malee")
    with pytest.raises(OwnWordOnPaper):
        confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.user(name))
    assert confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.chair).confirmed_at


def test_a_word_given_twice_is_given_once(lending, row):
    guarantee = signs(lending, row, "Boonmee")
    again = confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.chair)
    assert again.confirmed_by == lending.village.secretary


def test_for_a_draft_no_word_is_given(lending, product):
    guarantee = name_(lending, write(lending, product), "Boonmee")
    with pytest.raises(NotAskedNow):
        confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.secretary)


def test_who_declines_is_no_longer_asked_and_may_be_named_anew(lending, row):
    guarantee = name_(lending, row, "Boonmee")
    decline_guarantee(guarantee=guarantee, by=lending.village.secretary)
    with pytest.raises(NotAskedNow):
        confirm_guarantee(guarantee=guarantee, way="paper", by=lending.village.secretary)
    assert signs(lending, row, "Boonmee").confirmed_at


def test_once_approved_a_given_word_stands(lending, row):
    guarantee = signs(lending, row, "Boonmee")
    LoanApplication.objects.filter(pk=row.pk).update(status="approved")
    with pytest.raises(GuaranteeStands):
        decline_guarantee(guarantee=guarantee, by=lending.village.secretary)


# --- replaced -----------------------------------------------------------------------------------------------


def replace(lending, guarantee, name, **more):
    guarantee = Guarantee.objects.get(pk=guarantee.pk)
    return replace_guarantor(
        guarantee=guarantee, member=member(lending, name), reason="ย้ายบ้าน", by=lending.village.secretary, **more
    )


def test_before_the_contract_the_new_one_is_asked(lending, row):
    old = signs(lending, row, "Boonmee")
    signs(lending, row, "Kasem")
    made = replace(lending, old, "Prani")
    old.refresh_from_db()
    assert (old.released_on, old.released_reason, made.confirmed_at) == (TODAY, "ย้ายบ้าน", None)
    assert found(lending, row).status == "submitted"
    confirm_guarantee(guarantee=made, way="paper", by=lending.village.secretary)
    assert found(lending, row).status == "ready"


def test_of_a_live_loan_hold_and_part_go_over_at_once(lending, product):
    loan = lending.lend(satang=16_000_00, terms=product.terms.get(), guarantors=("Boonmee", "Kasem"))
    old = loan.guarantees.get(member=lending["Boonmee"])
    with pytest.raises(GuaranteeStands):
        replace(lending, old, "Prani")
    made = replace(lending, old, "Prani", signed_on=TODAY)
    old.refresh_from_db()
    assert old.hold.released_at is not None
    assert (made.satang, held(made.hold.account), made.loan) == (3_000_00, 3_000_00, loan)
    assert [each.borrower for each in standings_of(member(lending, "Prani"))] == [lending["Somchai"]]
    assert standings_of(member(lending, "Boonmee")) == []


def test_the_one_who_stands_in_has_the_cover(lending, product):
    loan = lending.lend(satang=16_000_00, terms=product.terms.get(), guarantors=("Boonmee", "Kasem"))
    lending.post("withdrawal", ("O2100", lending["Prani"].holder, 8_000_00), ("O1200", "", -8_000_00), on=TODAY)
    with pytest.raises(CoverTooSmall):
        replace(lending, loan.guarantees.get(member=lending["Boonmee"]), "Prani", signed_on=TODAY)
    assert standings_of(member(lending, "Boonmee")) != []


def test_of_an_adopted_loan_too(lending):
    old = adopt(lending, "ก.7/2567", "Prani", "Boonmee")
    made = replace(lending, old, "Kasem", signed_on=TODAY)
    assert (made.application, made.loan, made.hold) == (None, old.loan, None)
    with pytest.raises(NamedAlready):
        replace(lending, made, "Kasem", signed_on=TODAY)


def test_who_was_replaced_is_not_replaced_again(lending, row):
    old = signs(lending, row, "Boonmee")
    replace(lending, old, "Prani")
    with pytest.raises(NotAskedNow):
        replace(lending, old, "Kasem")


# --- rings --------------------------------------------------------------------------------------------------


def brute(stands_for, start):
    """The length of a shortest way from start back to start, step by step."""
    reached = {start}
    for length in range(1, 8):
        reached = {other for here in reached for other in stands_for.get(here, ())}
        if start in reached:
            return length
    return 0


@given(st.dictionaries(st.integers(0, 5), st.sets(st.integers(0, 5), max_size=3), max_size=6))
def test_a_ring_is_found_exactly_where_there_is_one_and_is_a_shortest(stands_for):
    for start in range(6):
        ring = shortest_ring(stands_for, start)
        assert len(ring) == brute(stands_for, start)
        for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
            assert there in stands_for[here]


def test_two_who_secure_each_other_are_shown(lending, product):
    signs(lending, ask(lending, product, "Kasem", 11_000_00), "Somchai")
    row = ask(lending, product, satang=11_000_00)
    name_(lending, row, "Kasem")
    view = application_view(found(lending, row))
    assert view.rings == [(lending["Kasem"], lending["Somchai"])]


def test_a_longer_ring_is_shown_and_a_chain_is_not(lending, product):
    signs(lending, ask(lending, product, "Kasem", 11_000_00), "Somchai")
    signs(lending, ask(lending, product, "Prani", 11_000_00), "Kasem")
    row = ask(lending, product, satang=11_000_00)
    name_(lending, row, "Boonmee")
    assert application_view(found(lending, row)).rings == []
    signs(lending, row, "Prani")
    assert application_view(found(lending, row)).rings == [(lending["Prani"], lending["Somchai"], lending["Kasem"])]
    assert len([each for each in guarantor_rows(lending.group, show="ring") if each.ring]) == 3


# --- the pages ----------------------------------------------------------------------------------------------


def address(lending, name="guarantors", *args):
    return reverse(f"loans:{name}", args=[lending.group.code, *args])


def test_the_list_says_what_each_stands_for_in_all(lending, product, client):
    lending.lend(satang=16_000_00, terms=product.terms.get(), guarantors=("Boonmee", "Kasem"))
    signs(lending, ask(lending, product, "Prani", 14_000_00), "Boonmee")
    rows = {each.member: each for each in guarantor_rows(lending.group)}
    boonmee = rows[lending["Boonmee"]]
    assert (boonmee.count, boonmee.satang, boonmee.outstanding) == (2, 5_000_00, 16_000_00)
    assert (boonmee.free, boonmee.is_full) == (5_000_00, True)
    client.force_login(lending.village.auditor)
    page = client.get(address(lending) + "?show=full")
    assert (page.context["totals"].members, page.context["totals"].satang) == (1, 5_000_00)
    assert "5000.00" in client.get(address(lending) + "?format=csv").content.decode()
    assert len(client.get(address(lending) + "?q=เกษม").context["page"].object_list) == 1
    assert client.get(address(lending, "guarantor", boonmee.member.number)).context["free"] == 5_000_00
    assert client.get(address(lending, "guarantor", 9999)).status_code == 404


def test_the_list_takes_the_same_queries_however_long(lending, product, client, django_assert_max_num_queries):
    for borrower in ("Somchai", "Prani"):
        row = ask(lending, product, borrower, 11_000_00)
        for name in ("Boonmee", "Kasem", "Malee"):
            signs(lending, row, name, by=lending.village.treasurer)
    client.force_login(lending.village.auditor)
    with django_assert_max_num_queries(26):
        assert len(client.get(address(lending)).context["page"].object_list) == 3


def test_buttons_of_the_application_name_confirm_and_decline(lending, row, client):
    client.force_login(lending.village.secretary)
    page = address(lending, "application", row.pk)
    client.post(page, {"act": "name", "guarantor": str(lending["Boonmee"].number)})
    guarantee = row.guarantees.get()
    client.post(page, {"act": "confirm", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.way == "paper"
    client.post(page, {"act": "decline", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.declined_at is not None


def test_a_name_that_is_refused_stays_with_its_sentence(lending, row, client):
    client.force_login(lending.village.secretary)
    page = client.post(address(lending, "application", row.pk), {"act": "name", "guarantor": "สม"})
    text = page.content.decode()
    assert 'value="สม"' in text
    assert "สมพร" in page.context["form"].errors["guarantor"][0]
    refused = client.post(address(lending, "application", row.pk), {"act": "name", "guarantor": "สมชาย"})
    assert refused.context["form"].errors["guarantor"]


def test_a_guarantee_of_another_application_is_not_confirmed_here(lending, product, row, client):
    theirs = name_(lending, ask(lending, product, "Prani", 11_000_00), "Boonmee")
    client.force_login(lending.village.secretary)
    answer = client.post(address(lending, "application", row.pk), {"act": "confirm", "guarantee": theirs.pk})
    assert answer.status_code == 404


def test_a_guarantor_is_replaced_on_the_page(lending, row, client):
    old = signs(lending, row, "Boonmee")
    client.force_login(lending.village.secretary)
    page = address(lending, "guarantor-replace", old.pk)
    assert client.get(page).status_code == 200
    assert client.post(page, {"guarantor": "ปราณี", "reason": ""}).context["form"].errors["reason"]
    client.post(page, {"guarantor": "ปราณี", "reason": "ย้ายบ้าน"})
    assert row.guarantees.filter(released_on=None).get().member == lending["Prani"]


def test_the_own_page_asks_and_takes_the_word(lending, row, client):
    guarantee = name_(lending, row, "Kasem")
    page = reverse("window:guarantees", args=[lending.group.code])
    client.force_login(lending.village.user("Kasem"))
    [asked] = client.get(page).context["asked"]
    assert (asked["part"], asked["row"]) == (3_000_00, row)
    client.post(page, {"act": "confirm", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.way == "own_page"
    assert len(client.get(page).context["standings"]) == 1


def test_the_own_page_takes_a_no(lending, row, client):
    guarantee = name_(lending, row, "Kasem")
    client.force_login(lending.village.user("Kasem"))
    client.post(reverse("window:guarantees", args=[lending.group.code]), {"act": "decline", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.declined_at is not None


def test_nobody_answers_for_another(lending, row, client):
    guarantee = name_(lending, row, "Kasem")
    client.force_login(lending.village.user("Prani"))
    client.post(reverse("window:guarantees", args=[lending.group.code]), {"act": "confirm", "guarantee": guarantee.pk})
    guarantee.refresh_from_db()
    assert guarantee.confirmed_at is None


def test_a_new_account_reads_from_when_on(lending, row, client):
    name_(lending, row, "Kasem")
    User.objects.filter(pk=lending.village.user("Kasem").pk).update(activated_on=TODAY)
    client.force_login(lending.village.user("Kasem"))
    page = client.get(reverse("window:guarantees", args=[lending.group.code]))
    assert page.context["from_day"] == TODAY + timedelta(days=7)
    assert 'value="confirm"' not in page.content.decode()


def test_beside_each_guarantor_stands_what_else_the_member_stands_for(lending, product, row, client):
    lending.lend("Prani", 12_000_00, terms=product.terms.get(), guarantors=("Boonmee",))
    signs(lending, row, "Boonmee")
    [line] = application_view(found(lending, row)).lines
    assert line.others == (1, 2_000_00)
    client.force_login(lending.village.auditor)
    assert "2,000.00" in client.get(address(lending, "application", row.pk)).content.decode()
