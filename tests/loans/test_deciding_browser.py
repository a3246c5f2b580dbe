"""The pages of the committee, a contract and its payout in a browser: accessible at both widths, nothing too wide."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from loans.models import Guarantee, Loan
from loans.services.committee import Verdict
from loans.services.decisions import NewResolution, propose_decisions
from loans.services.payouts import PayoutInput, request_payout
from members.models import Member, Office
from tests.loans.cast import Lending
from tests.village import TestVillage

pytestmark = pytest.mark.browser
WIDTHS = {1280: 900, 390: 844}
ASKED, TODAY = date(2026, 11, 5), datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def paths(live_server: Any, village: TestVillage) -> dict[str, str]:
    """Two before the committee, one decision that waits, two in the queue, a contract half signed, one to be paid."""
    lending = Lending(village, box=20_000_00, bank=10_000_00)
    Office.objects.create(
        group=lending.group, user=village.user("Prani"), role="loan", starts_on=date(2026, 1, 1),
        member=village.member("Prani"),
    )  # fmt: skip
    for name, satang in (("Somchai", 6_000_00), ("Kasem", 4_000_00), ("Boonmee", 9_000_00), ("Prani", 2_000_00)):
        lending.save(name, satang)
    Member.objects.filter(pk=lending["Kasem"].pk).update(marital_status="married", spouse_name="นางสายใจ สุขสำราญ")
    somchai = lending.apply("Somchai", 15_000_00, on=ASKED, guarantors=("Prani", "Boonmee"), purpose_text="ซื้อปุ๋ย")
    lending.apply("Prani", 5_000_00, on=ASKED, guarantors=("Boonmee",))
    waiting = lending.apply("Kasem", 6_000_00, on=ASKED)
    votes = {user.pk: "for" for user in (village.chair, village.secretary)} | {village.user("Prani").pk: "abstained"}
    verdict = Verdict(
        application=waiting, outcome="reduced", satang=5_000_00, instalments=10, reason="รายได้น้อย", votes=votes
    )
    [row] = propose_decisions(
        group=lending.group,
        verdicts=[verdict],
        resolution=NewResolution(number="7/2569", decided_on=ASKED, subject="พิจารณาเงินกู้"),
        operation=uuid4(),
        by=village.secretary,
    )
    approved = lending.apply("Chai", 9_000_00, on=ASKED)
    lending.decide(approved, resolution=row.resolution)
    half = lending.contract("Kasem", 2_000_00, on=ASKED, is_signed=False)
    ready = lending.contract("Wichai", 8_000_00, on=ASKED)
    asked = lending.contract("Women", 3_000_00, on=ASKED, guarantors=())
    request_payout(loan=asked, payout=PayoutInput(), operation=uuid4(), by=village.treasurer)
    assert Guarantee.objects.filter(loan=half, signed_on__isnull=True).exists()

    def path(name: str, *args: Any) -> str:
        return reverse(f"loans:{name}", args=[lending.group.code, *args])

    def of(name: str, loan: Loan) -> str:
        return path(name, loan.pk)

    return {
        "committee": path("committee"),
        "decide": path("decide", somchai.pk),
        "resolved": path("resolved", row.resolution_id),
        "decided": path("decide", approved.pk),
        "rank": path("rank", approved.pk),
        "contract-new": path("contract-new", approved.pk),
        "contract-half": of("contract", half),
        "contract-ready": of("contract", ready),
        "payout-new": of("payout", ready),
        "payout-waits": of("payout", asked),
    }


def page_for(live_server: Any, browser: Browser, arguments: dict[str, Any], user: Any, language: str) -> Page:
    context = browser.new_context(**arguments, service_workers="block")
    client = Client()
    client.force_login(user)
    cookies = {"django_language": language, "sessionid": client.cookies["sessionid"].value}
    context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
    return context.new_page()


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_state_is_accessible_and_fits_the_screen(
    language: str,
    paths: dict[str, str],
    live_server: Any,
    browser: Browser,
    browser_context_args: dict[str, Any],
    village: TestVillage,
    watch_console: Callable[[Any], list[str]],
    assert_accessible: Callable[[Any], None],
) -> None:
    page = page_for(live_server, browser, browser_context_args, village.secretary, language)
    errors, wrong = watch_console(page), []
    for name, path in paths.items():
        page.goto(live_server.url + path)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            assert_accessible(page)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append(f"{name} is wider than {width}")
            if pictures := os.environ.get("SATCHA_PICTURES"):
                page.screenshot(path=str(Path(pictures) / f"{name}-{language}-{width}.png"), full_page=True)
    page.context.close()
    assert (wrong, errors) == ([], [])
