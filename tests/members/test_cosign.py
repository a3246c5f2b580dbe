"""The second signature: other person, this content, once, ten minutes."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from members import cosign
from members.access import Right
from members.door import SignInRefused
from members.models import CoSignature, Office, User
from members.services import end_office
from tests.village import PASSWORD, TestVillage

CONTENT = {"Pay": "500.00", "To": "Prani"}


def _ask(village: TestVillage, right: Right = Right.COSIGN) -> CoSignature:
    return cosign.request_cosign(
        group=village.group, by=village.treasurer, right=right, title="Withdrawal", content=CONTENT
    )


def _signed(village: TestVillage, by: User | None = None) -> CoSignature:
    return cosign.sign_as(signature=_ask(village), user=by or village.auditor)


def test_the_second_officer_signs_at_the_first_ones_page(village: TestVillage) -> None:
    signature = cosign.sign(signature=_ask(village), username="wichai", password=PASSWORD, address="10.0.0.1")
    assert cosign.use(signature=signature, content=CONTENT, by=village.treasurer) == village.auditor


def test_the_asker_cannot_sign(village: TestVillage) -> None:
    with pytest.raises(cosign.SignerIsAsker):
        cosign.sign(signature=_ask(village), username="somporn", password=PASSWORD, address="10.0.0.1")
    with pytest.raises(cosign.SignerIsAsker):
        cosign.sign_as(signature=_ask(village), user=village.treasurer)


def test_the_database_itself_refuses_one_person_signing_twice(village: TestVillage) -> None:
    signature = _ask(village)
    with pytest.raises(IntegrityError), transaction.atomic():
        CoSignature.objects.filter(pk=signature.pk).update(signed_by=village.treasurer, signed_at=timezone.now())


@pytest.mark.parametrize("who", ["member", "former", "stranger", "neighbour", "district"])
def test_only_an_officer_of_the_group_signs(village: TestVillage, who: str) -> None:
    person = {
        "member": village.user("Prani"),
        "former": village.former_treasurer,
        "stranger": village.stranger,
        "neighbour": village.neighbour.auditor,
        "district": village.district_officer,
    }[who]
    with pytest.raises(cosign.SignerLacksRight):
        cosign.sign_as(signature=_ask(village), user=person)


def test_what_needs_an_auditor_is_signed_by_an_auditor(village: TestVillage) -> None:
    with pytest.raises(cosign.SignerLacksRight):
        cosign.sign_as(signature=_ask(village, Right.AUDIT), user=village.chair)
    cosign.sign_as(signature=_ask(village, Right.AUDIT), user=village.auditor)


def test_a_wrong_password_signs_nothing_and_is_throttled_like_the_door(village: TestVillage) -> None:
    signature = _ask(village)
    for _attempt in range(3):
        with pytest.raises(SignInRefused) as refusal:
            cosign.sign(signature=signature, username="wichai", password="wrong-wrong", address="10.0.0.1")
    assert refusal.value.values["seconds"] == 4
    signature.refresh_from_db()
    assert signature.signed_by is None


def test_a_signature_holds_once(village: TestVillage) -> None:
    signature = _signed(village)
    cosign.use(signature=signature, content=CONTENT, by=village.treasurer)
    with pytest.raises(cosign.SignatureUsed):
        cosign.use(signature=signature, content=CONTENT, by=village.treasurer)


def test_a_signature_holds_for_exactly_the_content_shown(village: TestVillage) -> None:
    signature = _signed(village)
    for other in ({"Pay": "5000.00", "To": "Prani"}, {"Pay": "500.00"}, CONTENT | {"Note": ""}):
        with pytest.raises(cosign.ContentChanged):
            cosign.use(signature=signature, content=other, by=village.treasurer)
    with pytest.raises(cosign.ContentChanged):
        cosign.use(signature=signature, content=CONTENT, by=village.secretary)


def test_asker_and_signer_may_read_different_languages(village: TestVillage) -> None:
    content = {gettext_lazy("Day"): date(2026, 1, 5), gettext_lazy("Office"): Office.Role.TREASURER.label}
    with translation.override("en"):
        asked = cosign.request_cosign(
            group=village.group, by=village.treasurer, right=Right.COSIGN, title="Office", content=content
        )
        assert [text for _label, text in cosign.shown_lines(asked)] == [
            "5\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2569",
            "Treasurer",
        ]
    with translation.override("th"):
        assert [text for _label, text in cosign.shown_lines(asked)] == [
            "5\N{NO-BREAK SPACE}มกราคม\N{NO-BREAK SPACE}2569",
            "เหรัญญิก",
        ]
        signed = cosign.sign_as(signature=asked, user=village.auditor)
        assert cosign.use(signature=signed, content=content, by=village.treasurer) == village.auditor


def test_a_signature_holds_for_ten_minutes(village: TestVillage) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        asked, signature = _ask(village), _signed(village)
        clock.shift(timedelta(minutes=10, seconds=1))
        with pytest.raises(cosign.SignatureLapsed):
            cosign.use(signature=signature, content=CONTENT, by=village.treasurer)
        with pytest.raises(cosign.SignatureLapsed):
            cosign.sign_as(signature=asked, user=village.auditor)


def test_nothing_is_done_before_it_is_signed(village: TestVillage) -> None:
    with pytest.raises(cosign.SignatureMissing):
        cosign.use(signature=_ask(village), content=CONTENT, by=village.treasurer)


def test_a_signer_whose_office_has_ended_meanwhile_does_not_count(village: TestVillage) -> None:
    signature = _signed(village)
    office = village.auditor.offices.get()
    end_office(office=office, ends_on=timezone.localdate(), by=village.secretary, cosigned_by=village.chair)
    with pytest.raises(cosign.SignerLacksRight):
        cosign.use(signature=signature, content=CONTENT, by=village.treasurer)


def test_a_refused_act_gives_the_signature_back(village: TestVillage) -> None:
    signature = _signed(village)
    with transaction.atomic():
        cosign.use(signature=signature, content=CONTENT, by=village.treasurer)
        transaction.set_rollback(True)
    assert cosign.use(signature=signature, content=CONTENT, by=village.treasurer) == village.auditor


def test_what_waits_is_seen_by_the_other_officers_only(village: TestVillage) -> None:
    signature = _ask(village)
    assert list(cosign.waiting_for(village.auditor)) == [signature]
    assert not cosign.waiting_for(village.treasurer)
    assert not cosign.waiting_for(village.user("Prani"))
    assert not cosign.waiting_for(village.neighbour.auditor)


def test_the_words_are_forgotten_once_the_signature_is_used(village: TestVillage) -> None:
    signature = _signed(village)
    assert cosign.shown_lines(signature) == [("Pay", "500.00"), ("To", "Prani")]
    cosign.use(signature=signature, content=CONTENT, by=village.treasurer)
    signature.refresh_from_db()
    assert signature.shown == ""
    assert len(signature.content_hash) == 64
