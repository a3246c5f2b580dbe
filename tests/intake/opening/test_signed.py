"""The auditor signs exactly the figures that were shown."""

import pytest

from funds.models import Entry
from intake.models import OpeningDraft
from intake.services.beginning import ask_to_begin, begin_from_paper
from members import cosign
from members.models import Member
from tests.intake.opening.conftest import fill, sign, typed, url

pytestmark = pytest.mark.django_db


def test_without_a_signature_nothing_is_posted(empty):
    fill(empty)
    with pytest.raises(cosign.SignatureMissing):
        begin_from_paper(group=empty.group, by=empty.treasurer)
    ask_to_begin(group=empty.group, by=empty.treasurer)
    with pytest.raises(cosign.SignatureMissing):
        begin_from_paper(group=empty.group, by=empty.treasurer)
    assert not Member.objects.filter(group=empty.group).exists()


def test_a_signature_holds_for_the_very_figures_that_were_shown(empty):
    fill(empty)
    sign(empty)
    signature = OpeningDraft.objects.get(group=empty.group).signature
    typed(empty, "balances", {"code": "O3500", "amount": "1"})
    assert OpeningDraft.objects.get(group=empty.group).signature is None
    OpeningDraft.objects.filter(group=empty.group).update(signature=signature)
    with pytest.raises(cosign.ContentChanged):
        begin_from_paper(group=empty.group, by=empty.treasurer)
    assert not Entry.objects.filter(group=empty.group, kind="opening").exists()


def test_a_change_behind_the_programs_back_is_not_what_was_signed(empty):
    fill(empty)
    sign(empty)
    draft = OpeningDraft.objects.get(group=empty.group)
    draft.tables["members"][0]["last"] = "ใจร้าย"
    draft.save()
    with pytest.raises(cosign.ContentChanged):
        begin_from_paper(group=empty.group, by=empty.treasurer)


def test_only_the_audit_part_signs(empty):
    fill(empty)
    signature = ask_to_begin(group=empty.group, by=empty.treasurer)
    for user in (empty.treasurer, empty.secretary):
        with pytest.raises(cosign.CoSignRefused):
            cosign.sign_as(signature=signature, user=user)


def test_the_signer_reads_every_row_and_changes_none(empty):
    fill(empty)
    client = empty.client(empty.auditor)
    text = client.get(url("-shown", empty.group)).content.decode().replace("\u2060", "")
    assert "สมใจ ใจดี" in text
    assert "ธ.ก.ส. 012-3" in text
    assert "<form" not in text.split("<main")[1].split("</main")[0]
    assert client.get(url("", empty.group)).status_code == 404
