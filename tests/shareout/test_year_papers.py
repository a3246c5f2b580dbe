"""Papers of the year end: statements on A4, each pool on its page; the sign list with sums on every page; vouchers."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from papers.sign_sheet import ROWS_A_PAGE, SignLine, SignSheetPaper, sign_sheet_data, sign_sheet_png
from papers.statements import TOTAL, statements_png
from reports.papers.slips import slip_of
from shareout.models import SharePayment, YearClosing
from shareout.policy import CUSTOMARY, Arrears
from shareout.selectors.payments import unpaid_shares
from shareout.selectors.statements import statements
from shareout.sign_list import sign_list
from shareout.statements_paper import statements_paper

pytestmark = pytest.mark.django_db
Way = SharePayment.Way


def totals(paper):
    return [
        (page.pool, table.title, row.amounts)
        for page in paper.pages
        for table in page.tables
        for row in table.rows
        if row.kind == TOTAL
    ]


def test_the_statements_say_the_result_and_balance_before_and_after_each_pool_apart(sharing):
    paper = statements_paper(sharing.year, statements(sharing.year), None)
    assert "ยังไม่ปิดบัญชี" in paper.state
    (_o, income, result), (_p, balance, sums), *administrative = totals(paper)
    assert (income, result) == ("งบกำไรขาดทุน", ["1,000.00"])
    assert balance.replace("\xa0", " ") == "งบดุล ณ วันที่ 31 ธันวาคม 2569"
    assert sums[0] == sums[1]
    assert [amounts[0] for _pool, _title, amounts in administrative] == ["0.00", "0.00"]
    assert [page.pool for page in paper.pages] == ["ทุนดำเนินการ", "ทุนค่าใช้สอย"]
    assert len(statements_png(paper)) == 2


def test_the_statements_of_a_closed_year_name_who_closed_it_and_stay_what_they_were(sharing):
    before = totals(statements_paper(sharing.year, statements(sharing.year), None))
    entry = sharing.close().closing
    closing = YearClosing(
        entry=entry, requested_by=sharing.village.treasurer, approved_by=sharing.village.auditor, group=sharing.group
    )
    paper = statements_paper(sharing.year, statements(sharing.year), closing)
    assert str(entry.n) in paper.state
    assert [name for name, _office in paper.signers][:2] == [
        sharing.village.treasurer.display_name, sharing.village.auditor.display_name,
    ]  # fmt: skip
    assert totals(paper) == before


def test_the_statements_are_printed_for_every_officer(sharing, client):
    client.force_login(sharing.village.auditor)
    answer = client.get(reverse("shareout:statements-paper", args=[sharing.group.code, 2569]))
    assert answer.content.startswith(b"%PDF")


def test_each_page_of_the_sign_list_is_summed_and_carried_on():
    lines = [SignLine(str(number), f"คนที่ {number}", number) for number in range(1, 501)]
    paper = SignSheetPaper("กลุ่ม", "ลงชื่อ", "2569", date(2027, 2, 14), lines, "บาท")
    data = sign_sheet_data(paper)
    assert sum(len(page["rows"]) for page in data["pages"]) == 500
    assert data["pages"][0]["brought"] == ""
    for page, after in zip(data["pages"], data["pages"][1:], strict=False):
        assert page["so-far"] == after["brought"]
    assert data["pages"][-1]["so-far"] == data["total"] == "1,252.50"
    assert len(sign_sheet_png(paper)) == len(data["pages"]) == -(-500 // ROWS_A_PAGE)


def test_on_the_sign_list_stands_who_may_be_paid_in_cash_and_who_signs(sharing):
    sharing.save("Noi", 1_000_00)
    done = sharing.posted(replace(CUSTOMARY, arrears=Arrears.WITHHOLD))
    sharing.ask("Prani", satang=100_00)
    sharing.ask("Prani", satang=50_00, way=Way.SAVINGS)
    lines = {line.number: line for line in sign_list(done, unpaid_shares(sharing.group, of=done)).lines}
    assert "6" not in lines, "Somchai is in arrears"
    whole = {row.member.number: row.unpaid for row in unpaid_shares(sharing.group)}
    assert lines["5"].satang == whole[5] - 50_00
    assert "ปราณี" in lines["9"].note
    assert lines["8"].note == ""


@pytest.mark.parametrize(
    ("name", "how", "said"),
    [
        ("Prani", {}, ""),
        ("Prani", {"way": Way.TRANSFER, "slip_ref": "KTB-9"}, "KTB-9"),
        ("Prani", {"way": Way.SAVINGS}, "0005-1"),
        ("Somchai", {"way": Way.SET_OFF}, "1/2569"),
    ],
)
def test_every_payment_has_its_voucher_with_the_whole_amount(sharing, client, name, how, said):
    sharing.posted()
    [row] = sharing.pay(name, **how)
    row.entry.refresh_from_db()
    slip = slip_of(sharing.group, row.entry)
    assert slip is not None
    assert not slip.comes_in
    assert slip.total == row.satang
    assert slip.person == sharing[name].full_name
    assert said in " ".join(slip.notes)
    client.force_login(sharing.village.treasurer)
    answer = client.get(reverse("reports:receipt", args=[sharing.group.code, row.entry.n]))
    assert answer.status_code == 200
