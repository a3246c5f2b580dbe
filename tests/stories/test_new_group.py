"""A new group from its founding to the books of its first evening, over HTTP alone, as its people do it."""

import json
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from funds.models import Entry
from funds.selectors import balances, cash_balances
from meetings.models import Meeting
from members.models import CoSignature, Member, SavingsGroup
from members.sealing import unseal
from savings.models import PledgePeriod
from tests.meetings.evening import pieces_of
from tests.village import PASSWORD, TestVillage

GROUP = "thung-thong"
FOUNDING = {
    "village": "บ้านทุ่งทอง", "moo": "4", "name": "กลุ่มออมทรัพย์เพื่อการผลิตบ้านทุ่งทอง", "code": GROUP,
    "treasurer_name": "นางสมใจ ใจดี", "treasurer_birth": "1/2/2510", "secretary_name": "นายดี มาก",
    "secretary_birth": "3/4/2515", "audit_name": "นายตรวจ ละเอียด", "audit_birth": "5/6/2512", "chair_name": "",
    "chair_birth": "", "founded_on": "",
}  # fmt: skip
BIRTH = {"นางสมใจ ใจดี": "1/2/2510", "นายดี มาก": "3/4/2515", "นายตรวจ ละเอียด": "5/6/2512"}
NEW_PASSWORD = "three-easy-words"
MEMBERS = {1: ("ทองใบ", "2"), 2: ("คำแพง", "4"), 3: ("บุญช่วย", "1")}
FEES, PLEDGES = 3 * 30_00, (2 + 4 + 1) * 50_00


def of(name: str, *args: Any) -> str:
    return reverse(name, args=[GROUP, *args])


def signed_in(username: str, password: str = NEW_PASSWORD) -> Client:
    client = Client()
    answer = client.post(reverse("members:sign-in"), {"username": username, "password": password})
    assert answer.status_code == 302, answer.context["form"].errors
    return client


def activate(code: str, birth_on: str) -> tuple[Client, str]:
    """Use a slip as its owner does; returns the browser and the user name that the page tells."""
    client = Client()
    assert client.post(reverse("members:activate"), {"code": code}).status_code == 302
    fields = {"birth_on": birth_on, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    answer = client.post(reverse("members:activate-password"), fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return client, client.get(answer["Location"]).wsgi_request.user.username


def sign_waiting(client: Client) -> None:
    """Sign what waits, on the own phone."""
    signature = CoSignature.objects.get(signed_at__isnull=True)
    assert str(signature.uuid) in client.get(reverse("members:cosign-list")).content.decode()
    assert client.post(reverse("members:cosign", args=[signature.uuid])).status_code == 302


def send(client: Client, address: str, fields: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(address, json.dumps(fields), content_type="application/json")
    assert answer.status_code == 200, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def found_and_activate(founder: Client) -> dict[str, str]:
    """Found the group; each officer's user name by their name."""
    answer = founder.post(f"{reverse('intake:found-group')}?tambon=990101", FOUNDING)
    assert answer.status_code == 302, answer.context["form"].errors
    names = {}
    for issued in founder.get(answer["Location"]).context["issued"]:
        person = issued.slip.user.display_name
        names[person] = activate(issued.code, BIRTH[person])[1]
    return names


def open_books(treasurer: Client, auditor: Client) -> None:
    treasurer.post(of("funds:start-sign"))
    sign_waiting(auditor)
    treasurer.post(of("funds:start"))
    text = treasurer.get(of("funds:start")).content.decode()
    assert of("people:list") in text


def admit_members(secretary: Client) -> None:
    for number, (name, units) in MEMBERS.items():
        fields = {
            "kind": "ordinary",
            "first_name": name,
            "last_name": "ทุ่งทอง",
            "birth_on": f"{number}/1/2520",
            "status": "active",
            "admitted_on": "3/11/2569",
            "pledge_units": units,
        }
        answer = secretary.post(of("people:new"), fields)
        assert answer.status_code == 302, answer.context["form"].errors
        assert answer["Location"] == of("savings:pledge", number)
        assert secretary.get(answer["Location"]).status_code == 200


def hold_meeting(treasurer: Client, auditor: Client) -> Meeting:
    """Open, receive one and then all others, count, have it signed, close."""
    form = treasurer.get(of("meetings:open")).context["form"]
    fields = {"operation": str(uuid4()), "held_on": "5/11/2569", "number": form["number"].value() or "1"}
    assert treasurer.post(of("meetings:open"), fields | {"place": "ศาลากลางบ้าน"}).status_code == 302
    meeting = Meeting.objects.get(group__code=GROUP)
    lines = treasurer.get(of("meetings:sheet", meeting.pk)).context["lines"]
    assert [(line.due_satang, line.fee_due_satang) for line in lines] == [
        (100_00, 30_00),
        (200_00, 30_00),
        (50_00, 30_00),
    ]
    row = {"operation": str(uuid4()), "version": 0, "present": True, "received": True}
    row |= {"pledge": "100", "special": "", "fee": "30", "fine": ""}
    assert send(treasurer, of("meetings:row", meeting.pk, 1), row)["total"]["satang"] == 130_00
    rest = send(treasurer, of("meetings:rest-as-pledged", meeting.pk), {"operation": str(uuid4())})
    assert (rest["count"], rest["received"]["satang"]) == (2, 310_00)
    treasurer.post(of("meetings:count-begin", meeting.pk))
    pieces = {f"d{value}": str(count) for value, count in pieces_of(FEES + PLEDGES).items()}
    treasurer.post(of("meetings:count", meeting.pk), {"operation": str(uuid4()), **pieces})
    treasurer.post(of("meetings:close-ask", meeting.pk))
    sign_waiting(auditor)
    page = treasurer.get(of("meetings:close", meeting.pk))
    shown = page.context["form"].initial
    fields = {"operation": str(shown["operation"]), "fingerprint": shown["fingerprint"]}
    answer = treasurer.post(of("meetings:close", meeting.pk), fields)
    assert answer["Location"] == of("meetings:meeting", meeting.pk)
    meeting.refresh_from_db()
    return meeting


@pytest.mark.django_db(transaction=True)
def test_a_new_group_from_its_founding_to_its_first_closed_evening(village: TestVillage) -> None:
    with time_machine.travel("2026-11-03 18:00+07:00"):
        names = found_and_activate(signed_in(village.district_officer.username, PASSWORD))
        treasurer, secretary, auditor = (
            signed_in(names[name]) for name in ("นางสมใจ ใจดี", "นายดี มาก", "นายตรวจ ละเอียด")
        )
        open_books(treasurer, auditor)
        admit_members(secretary)
    group = SavingsGroup.objects.get(code=GROUP)
    vows = PledgePeriod.objects.filter(group=group).order_by("member__number")
    assert [vow.satang for vow in vows] == [100_00, 200_00, 50_00]

    with time_machine.travel("2026-11-05 19:00+07:00"):
        treasurer, secretary, auditor = (
            signed_in(names[name]) for name in ("นางสมใจ ใจดี", "นายดี มาก", "นายตรวจ ละเอียด")
        )
        meeting = hold_meeting(treasurer, auditor)
        assert meeting.is_closed
        assert cash_balances(group) == {"O1100": PLEDGES, "A1100": FEES}
        assert balances(group, "A4100") == {"": -FEES}
        assert balances(group, "O2100") == {"0001": -100_00, "0002": -200_00, "0003": -50_00}
        receipts = treasurer.get(of("reports:meeting-receipts", meeting.pk))
        assert receipts.content.startswith(b"%PDF-")
        assert Entry.objects.filter(group=group, kind="receipt").count() == 3

        secretary.post(of("membership:member-slip", 1))
        codes = secretary.session["printed_slips"]["codes"].values()
        [code] = [unseal(sealed, purpose="printed_slips") for sealed in codes]
        member, _username = activate(code, "1/1/2520")
        assert member.get("/")["Location"] == of("window:home")
        assert "100" in member.get(of("window:passbook")).content.decode()
        assert member.get(of("window:receipts")).status_code == 200
        assert Member.objects.filter(group=group, status="active").count() == 3
        call_command("verify_books", "--group", GROUP)
