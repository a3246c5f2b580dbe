"""A PromptPay code for a deposit: an officer makes it and prints it; a private account comes with its warning."""

from datetime import date

import pytest

from funds.services.bank_accounts import AccountInput, close_account, register_account
from papers.promptpay import promptpay_text
from tests.reports.conftest import text_of

GROUP = "/g/nong-ruang-khao/"
CODE = f"{GROUP}deposit-code/"
ENGLISH = {"accept-language": "en"}
OPENED = date(2026, 11, 5)


def register(village, number, name, *, is_private=False, promptpay="0812345678"):
    account = AccountInput("ธ.ก.ส.", number, name, is_private, True, False, OPENED, promptpay_id=promptpay)
    return register_account(group=village.group, by=village.secretary, account=account)


@pytest.fixture
def own(closed):
    return register(closed.village, "012-3", "กลุ่มออมทรัพย์บ้านหนองรวงข้าว", promptpay="0994000123456")


@pytest.fixture
def private(closed):
    return register(closed.village, "020-1", "นางสมพร อินทร์แก้ว", is_private=True)


@pytest.fixture
def treasurer(closed, as_user):
    return as_user(closed.village.treasurer)


def test_the_account_name_and_number_stand_beside_the_code(own, treasurer):
    page = treasurer.get(CODE, headers=ENGLISH)
    assert "Account name กลุ่มออมทรัพย์บ้านหนองรวงข้าว" in text_of(page)
    assert "PromptPay number 0-9940-00123-45-6" in text_of(page)
    assert "A transfer counts only when the treasurer has entered it with the number of its slip." in text_of(page)
    assert "in a person's name" not in text_of(page).replace("&#x27;", "'")
    assert page.context["code"].text == promptpay_text("0994000123456")
    assert "style=" not in page.content.decode()


def test_a_private_account_is_shown_with_its_warning(private, treasurer):
    page = text_of(treasurer.get(CODE, headers=ENGLISH)).replace("&#x27;", "'")
    assert "This account is in a person's name, not in the group's." in page
    assert "081-234-5678" in page


def test_the_groups_own_account_comes_before_a_private_one(private, own, treasurer):
    assert treasurer.get(CODE).context["code"].account == own
    chosen = treasurer.get(CODE, {"account": private.pk, "satang": ""}).context["code"]
    assert (chosen.account, chosen.satang) == (private, None)


def test_amount_and_member_go_into_the_code_and_onto_the_slip(own, closed, treasurer):
    typed = {"satang": "๑,๒๓๔.๕๐", "number": "5"}
    page = treasurer.get(CODE, typed, headers=ENGLISH)
    assert page.context["code"].text == promptpay_text("0994000123456", 1_234_50)
    assert f"For member no. 5, {closed.village.member('Prani').full_name}" in text_of(page)
    slip = treasurer.get(f"{CODE}slip.pdf", typed)
    assert slip.content.startswith(b"%PDF")
    wall = treasurer.get(f"{CODE}slip.pdf", typed | {"paper": "a4"})
    assert wall.content.startswith(b"%PDF")
    assert wall.content != slip.content


@pytest.mark.parametrize(
    "typed", [{"satang": "-5"}, {"satang": "0"}, {"satang": "1,5"}, {"number": "9999"}, {"number": "x"}]
)
def test_what_cannot_be_read_makes_no_code_and_stays_typed(own, treasurer, typed):
    page = treasurer.get(CODE, typed)
    assert page.context["code"] is None
    assert f'value="{next(iter(typed.values()))}"' in page.content.decode()
    assert treasurer.get(f"{CODE}slip.pdf", typed).status_code == 404


def test_a_closed_account_or_one_without_promptpay_has_no_code(own, closed, treasurer):
    register(closed.village, "030-1", "อื่น", promptpay="")
    close_account(account=own, by=closed.village.secretary, on=date(2026, 11, 6))
    page = treasurer.get(CODE, headers=ENGLISH)
    assert "No account with PromptPay" in text_of(page)
    assert treasurer.get(f"{CODE}slip.pdf").status_code == 404


def test_another_groups_account_cannot_be_chosen(own, closed, treasurer):
    theirs = register_account(
        group=closed.village.neighbour.group,
        by=closed.village.neighbour.treasurer,
        account=AccountInput("ออมสิน", "9", "เขา", False, True, False, OPENED, promptpay_id="0899999999"),
    )
    register(closed.village, "020-1", "นางสมพร", is_private=True)
    assert treasurer.get(CODE, {"account": theirs.pk}).context["code"] is None


def test_members_and_strangers_make_no_slips(own, closed, as_user):
    village = closed.village
    for user in (village.user("Prani"), village.stranger, village.neighbour.treasurer):
        client = as_user(user)
        assert client.get(CODE).status_code == client.get(f"{CODE}slip.pdf").status_code == 404
