"""The papers of a loan: what the law asks for stands there, amounts in words are reckoned, the unknown is dotted."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from loans import papers
from loans.models import Loan
from loans.paper_words import guarantee_stamp, late_words, order_words, per_cent, repayment_words
from loans.selectors.contracts import quote_of
from members.models import Member
from papers.loans import PAPERS, loan_pdf, loan_png
from tests.loans.cast import AUGUST_5, Lending
from tests.village import TestVillage
from thai.dates import format_date


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Lending:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    found = Lending(village)
    found.save("Somchai", 4_000_00)
    found.save("Boonmee", 9_000_00)
    Member.objects.filter(pk=found["Somchai"].pk).update(marital_status="married", spouse_name="นางสมหญิง ไร่นา")
    return found


@pytest.fixture
def loan(lending: Lending) -> Loan:
    made = lending.lend(on=AUGUST_5)
    made.member.refresh_from_db()
    return made


def datas(loan: Loan) -> dict[str, dict[str, Any]]:
    """The data of every paper, as they are printed."""
    assert loan.application is not None
    with translation.override("th"):
        contract = papers.contract_data(loan)
        return {
            "application": papers.application_data(loan.application),
            "contract": contract,
            "guarantee": contract | {"guarantors": papers.guarantors_data(loan)},
            "consent": contract | {"spouses": papers.spouses_data(loan)},
            "schedule": papers.schedule_data(loan),
            "card": papers.card_data(loan),
        }


def test_every_paper_prints_on_a4(loan: Loan) -> None:
    pages = {name: len(loan_png(name, data)) for name, data in datas(loan).items()}
    assert pages == {"application": 2, "contract": 1, "guarantee": 1, "consent": 1, "schedule": 1, "card": 1}
    assert set(pages) == set(PAPERS)


def test_the_contract_says_amount_in_words_rate_and_the_yearly_cap(loan: Loan) -> None:
    data = papers.contract_data(loan)
    assert (data["number"], data["amount"]) == ("ก.1/2569", "12,000.00")
    assert data["words"] == "หนึ่งหมื่นสองพันบาทถ้วน"
    assert (data["rate"], data["rate_per"], data["apr"]) == ("1", "ต่อเดือน", "12.00")
    assert data["own"] == "4,000.00"


def test_the_guarantee_names_debt_highest_amount_and_time(loan: Loan) -> None:
    (one,) = papers.guarantors_data(loan)
    assert (one["amount"], one["words"], one["stamp"]) == ("8,000.00", "แปดพันบาทถ้วน", "5")
    data = papers.contract_data(loan)
    assert (data["first_due"], data["last_due"]) == (
        format_date(date(2026, 9, 5)),
        format_date(date(2027, 8, 5)),
    )


def template(name: str) -> str:
    from papers.typst import TEMPLATES

    return re.sub(r"\s+", " ", (TEMPLATES / f"loan_{name}.typ").read_text(encoding="utf-8"))


@pytest.mark.parametrize("section", ["681/1", "686", "688", "689", "690", "693", "694", "700"])
def test_the_guarantee_contract_tells_the_guarantor_the_law(section: str) -> None:
    assert section in template("guarantee")


def test_a_guarantor_is_never_a_joint_debtor() -> None:
    said = template("guarantee")
    assert "มิได้ผูกพันตนเพื่อรับผิดอย่างเดียวกับลูกหนี้ร่วม" in said
    assert "ร่วมรับผิด" not in said
    assert "สละสิทธิ" not in said


def test_the_contract_names_the_cap_and_no_interest_on_interest() -> None:
    said = template("contract")
    assert "ร้อยละ 15 ต่อปีตามมาตรา 654" in said
    assert "จะไม่คิดดอกเบี้ยซ้อนดอกเบี้ย" in said


def test_the_spouse_of_whoever_is_married_consents(loan: Loan) -> None:
    (page,) = papers.spouses_data(loan)
    assert (page["name"], page["of"], page["amount"]) == ("นางสมหญิง ไร่นา", loan.member.full_name, "12,000.00")


def test_without_a_spouse_on_file_the_consent_has_dotted_places(lending: Lending) -> None:
    loan = lending.contract("Kasem", 1_000_00)
    assert [page["name"] for page in papers.spouses_data(loan)] == [""]
    assert loan_png("consent", papers.contract_data(loan) | {"spouses": papers.spouses_data(loan)})


def test_the_schedule_lists_every_instalment_down_to_nothing(loan: Loan) -> None:
    data = papers.schedule_data(loan)
    assert [row["number"] for row in data["rows"]] == [str(number) for number in range(1, 13)]
    assert data["rows"][-1]["rest"] == "0.00"
    assert data["sum"] == {"principal": "12,000.00", "interest": "780.00", "total": "12,780.00"}
    assert (data["paid_on"], data["note"]) == (format_date(AUGUST_5), "")


def test_before_the_payout_the_schedule_says_that_it_is_a_plan(lending: Lending) -> None:
    assert "วันทำสัญญา" in papers.schedule_data(lending.contract("Kasem", 1_000_00))["note"]


def test_the_card_shows_what_was_paid_and_leaves_room(lending: Lending, loan: Loan) -> None:
    lending.pay_instalments(loan, 2)
    rows = papers.card_data(loan)["rows"]
    assert [row["rest"] for row in rows[:3]] == ["12,000.00", "11,000.00", "10,000.00"]
    assert (rows[1]["principal"], rows[1]["interest"], rows[1]["total"]) == ("1,000.00", "120.00", "1,120.00")
    assert len(rows) == papers.CARD_ROWS
    assert rows[-1]["on"] == ""


def test_a_blank_application_is_for_the_pen(lending: Lending) -> None:
    assert papers.blank_application_file(lending.group).startswith(b"%PDF")


def test_every_paper_has_its_file(loan: Loan) -> None:
    assert loan.application is not None
    files = (papers.contract_file, papers.guarantees_file, papers.consent_file, papers.schedule_file, papers.card_file)
    assert all(make(loan).startswith(b"%PDF") for make in files)
    assert papers.application_file(loan.application).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        ("equal_principal", "เป็นเงินต้นงวดละ 1,000.00 บาท"),
        ("equal_instalment", "งวดละ 1,066.00 บาท ซึ่งรวมเงินต้นและดอกเบี้ยแล้ว"),
        ("interest_only", "ชำระเงินต้นทั้งจำนวนพร้อมงวดสุดท้าย"),
        ("single_payment", "ในคราวเดียว รวม 13,440.00 บาท"),
    ],
)
def test_the_contract_says_how_it_is_paid_back(lending: Lending, rhythm: str, said: str) -> None:
    loan = lending.contract("Kasem", terms=lending.product(name=rhythm, rhythm=rhythm))
    assert said in repayment_words(loan, quote_of(loan))


def test_words_of_rates_and_charges() -> None:
    assert [per_cent(each) for each in (100, 125, 150, 50, 0)] == ["1", "1.25", "1.5", "0.5", "0"]
    assert "ไม่คิดค่าปรับ" in late_words(0)
    assert "224/1" in late_words(50)
    assert order_words(fines_last=True).startswith("ดอกเบี้ย")
    assert [guarantee_stamp(each) for each in (1_000_00, 1_000_01, 10_000_00, 10_000_01)] == [1, 5, 5, 10]


def test_an_unknown_paper_is_no_paper() -> None:
    with pytest.raises(ValueError, match="no paper"):
        loan_pdf("promise", {})


def test_the_contract_of_a_long_name_stays_on_its_page(lending: Lending) -> None:
    Member.objects.filter(pk=lending["Kasem"].pk).update(
        first_name="พระพรหมพิพัฒน์ธนากรณ์", last_name="ศรีสุวรรณเทพารักษ์ไพศาล"
    )
    loan = lending.contract("Kasem", 9_999_999_99, on=date(2026, 8, 5))
    loan.member.refresh_from_db()
    assert len(loan_png("contract", papers.contract_data(loan))) <= 2
