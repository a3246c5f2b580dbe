"""A member sees where the pools' money came from and went, and sends a deposit with the account's name in sight."""

from datetime import date

import pytest

from funds.services.bank_accounts import AccountInput, register_account
from members.models import Member, PassbookAccess
from papers.promptpay import promptpay_text
from tests.reports.conftest import text_of

ME = "/g/nong-ruang-khao/me/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def prani(closed, as_user):
    return as_user(closed.village.user("Prani"))


@pytest.fixture
def banked(closed):
    return register_account(
        group=closed.village.group,
        by=closed.village.secretary,
        account=AccountInput(
            "ธ.ก.ส.", "012-3", "นางสมพร อินทร์แก้ว", True, True, False, date(2026, 11, 5), promptpay_id="0812345678"
        ),
    )


def test_the_window_leads_to_both_pools(prani):
    page = prani.get(ME).content.decode()
    for pool in ("O", "A"):
        assert f'href="{ME}pools/{pool}/"' in page
        assert prani.get(f"{ME}pools/{pool}/").status_code == 200


def test_a_member_reads_the_pool_in_sums_without_anybodys_entries(closed, prani):
    answer = prani.get(f"{ME}pools/O/", headers=ENGLISH)
    page = text_of(answer)
    assert "Pledges 700 .00" in page
    assert "In the pool on 6 Nov 2569 2,210 .00" in page
    assert 'role="img"' in answer.content.decode()
    assert "/pools/O/came/" not in answer.content.decode()
    for member in Member.objects.filter(group=closed.village.group).exclude(first_name__in=["ปราณี", "น้อย"]):
        assert member.full_name not in page


def test_the_entries_behind_a_pool_are_the_officers(prani):
    for path in ("pools/O/", "pools/O/came/O2100/"):
        assert prani.get(f"/g/nong-ruang-khao/{path}").status_code == 404


def test_a_pool_that_does_not_exist_is_not_found(prani):
    assert prani.get(f"{ME}pools/X/").status_code == 404


def test_the_deposit_page_names_the_account_warns_and_says_when_a_transfer_counts(banked, prani):
    answer = prani.get(f"{ME}deposit/", headers=ENGLISH)
    page = text_of(answer).replace("&#x27;", "'")
    assert "Account name นางสมพร อินทร์แก้ว" in page
    assert "This account is in a person's name, not in the group's." in page
    assert "A transfer counts only when the treasurer has entered it with the number of its slip." in page
    assert "<svg" in answer.content.decode()
    assert "style=" not in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_amount_goes_into_the_code_and_its_picture(banked, prani):
    page = prani.get(f"{ME}deposit/", {"satang": "200"})
    assert page.context["code"].text == promptpay_text("0812345678", 200_00)
    picture = prani.get(f"{ME}deposit/code.png", {"satang": "200"})
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content != prani.get(f"{ME}deposit/code.png").content
    assert prani.get(f"{ME}deposit/code.png", {"satang": "x"}).status_code == 404


def test_a_group_without_promptpay_says_where_to_bring_the_money(closed, prani):
    assert "The group takes no PromptPay yet" in text_of(prani.get(f"{ME}deposit/", headers=ENGLISH))
    assert prani.get(f"{ME}deposit/code.png").status_code == 404


def test_a_deposit_for_a_child_keeps_the_childs_number(banked, closed, prani):
    noi = closed.village.member("Noi")
    PassbookAccess.objects.get_or_create(user=closed.village.user("Prani"), member=noi, defaults={"relation": "child"})
    page = prani.get(f"{ME}deposit/?member={noi.number}", headers=ENGLISH)
    assert noi.full_name in text_of(page)
    assert f'name="member" value="{noi.number}"' in page.content.decode()


def test_the_days_without_a_confirmed_bank_balance_stand_in_the_window(banked, prani):
    for path in (ME, f"{ME}pools/O/"):
        assert "Bank balance not confirmed for 1 day" in text_of(prani.get(path, headers=ENGLISH))


@pytest.mark.parametrize("path", ["deposit/", "deposit/code.png", "pools/O/"])
def test_the_rooms_are_closed_to_all_without_a_passbook(closed, banked, as_user, path):
    village = closed.village
    for user in (village.stranger, village.neighbour.treasurer, village.district_officer, village.administrator):
        assert as_user(user).get(f"{ME}{path}").status_code == 404
