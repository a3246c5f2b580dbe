"""The officers' list and form of applications."""

import pytest

from loans.models import LoanApplication
from loans.selectors.applications import application_totals, application_view, applications
from loans.services.applications import withdraw_application
from tests.loans.applications.conftest import address, typed
from tests.loans.applying import ask, found, write


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


def test_the_list_takes_the_same_queries_however_long(lending, product, client, django_assert_max_num_queries):
    for _ in range(8):
        write(lending, product, satang=1_000_00)
    client.force_login(lending.village.auditor)
    with django_assert_max_num_queries(22):
        page = client.get(address(lending))
    assert page.context["totals"].satang == 8_000_00
    assert "8000.00" in client.get(address(lending) + "?format=csv").content.decode()
    assert client.get(address(lending) + "?format=xlsx").content.startswith(b"PK")


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
