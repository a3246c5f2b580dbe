"""The general meeting from the checklist to the member's own page, by keys alone; axe looks on at every stop."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from funds.models import AccountYear
from funds.purposes import SOURCE_BY_KEY
from funds.selectors import balances, code_balances
from funds.services.money_in import Receipt, receive_money
from funds.voucher_lines import Place
from members.services import record_resolution
from reports.verification import damage_of
from savings.services import set_pledge
from shareout.models import ShareOut, SharePayment
from tests.meetings.evening import Evening
from tests.village import PASSWORD, TestVillage

pytestmark = pytest.mark.browser
DECEMBER_5, MEETING = date(2026, 12, 5), date(2027, 2, 14)
SLOW = 30_000
TABS_MOST = 160
SAVERS = {"Prani": 600_00, "Somchai": 300_00, "Kasem": 100_00, "Women": 200_00}
DIVIDEND = 700_00


@pytest.fixture
def year_over(live_server: Any, village: TestVillage) -> Iterator[TestVillage]:
    """An honest year kept through the program's own rooms: one meeting in December, 1,000 baht of other income."""
    group, by = village.group, village.treasurer
    with time_machine.travel("2026-11-05T05:00:00+00:00", tick=False):
        for name, satang in SAVERS.items():
            set_pledge(member=village.member(name), satang=satang, starts_on=date(2026, 11, 1), by=by)
        november = Evening(village, held_on=date(2026, 11, 5))
        for name, satang in SAVERS.items():
            november.receive(name, pledge=satang)
        november.finish()
    with time_machine.travel("2026-12-05T05:00:00+00:00", tick=False):
        receipt = Receipt(
            source=SOURCE_BY_KEY["other"], received_on=DECEMBER_5, satang=1_000_00, place=Place(), giver="ผู้เช่าเต็นท์"
        )
        receive_money(group=group, receipt=receipt, operation=uuid4(), by=by)
        december = Evening(village, held_on=DECEMBER_5)
        december.receive("Prani", pledge=SAVERS["Prani"])
        december.finish()
    with time_machine.travel("2027-02-14T03:00:00+00:00", tick=True):
        record_resolution(
            group=group, number="ญ1/2570", decided_on=MEETING, subject="จัดสรรกำไรประจำปี 2569", by=village.secretary,
            body="general",
        )  # fmt: skip
        assert list(damage_of(group)) == []
        yield village


def tab_to(target: Locator, *, back: bool = False) -> Page:
    """Walk with Tab until an element has the cursor, as somebody without a mouse does."""
    page = target.page
    target.wait_for(state="visible")
    for _step in range(TABS_MOST):
        if target.evaluate("element => element === document.activeElement"):
            return page
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{TABS_MOST} times Tab and not there: {target}")


def press(target: Locator, *, back: bool = False) -> None:
    tab_to(target, back=back).keyboard.press("Enter")


def act(page: Page, name: str) -> Locator:
    return page.locator(f"main button[name=act][value={name}]:visible")


def sign_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/sign-in/")
    tab_to(page.locator("input[name=username]")).keyboard.type(username)
    tab_to(page.locator("input[name=password]")).keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)


def second_officer_signs(page: Page) -> None:
    """Wichai takes the treasurer's laptop."""
    press(act(page, "ask"))
    press(page.locator(".cosign__ask button"))
    dialog = page.locator("[id^=cosign-][popover]")
    tab_to(dialog.locator("input[name=username]")).keyboard.type("wichai")
    tab_to(dialog.locator("input[name=password]")).keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    press(act(page, "signed"))
    expect(act(page, "signed")).to_have_count(0)


def test_a_general_meeting_by_keyboard_alone(page, phone, live_server, year_over, watch_console, assert_accessible):
    complaints = [watch_console(page), watch_console(phone)]

    def look(one: Page) -> None:
        one.wait_for_load_state("load")
        assert_accessible(one)

    expect.set_options(timeout=SLOW)
    for one in (page, phone):
        one.set_default_timeout(SLOW)
    try:
        sign_in(page, live_server.url, "somporn")
        close_the_year(page, live_server, year_over, look)
        try_a_way(page, year_over, look)
        adopt_and_post(page, year_over, look)
        pay_three(page, year_over, look)
        read_it_on_a_phone(phone, live_server, year_over, look)
    finally:
        expect.set_options(timeout=5_000)
    assert complaints == [[], []]
    assert list(damage_of(year_over.group)) == []


def close_the_year(page: Page, live_server: Any, village: TestVillage, look: Callable[[Page], None]) -> None:
    page.goto(live_server.url + reverse("shareout:home", args=[village.group.code]))
    press(page.locator("main tbody th a", has_text="2569"))
    expect(page.locator(".light--ok")).to_have_count(8)
    look(page)
    press(act(page, "request"))
    expect(act(page, "ask")).to_be_visible()
    second_officer_signs(page)
    expect(page.locator("#t-closed")).to_be_visible()
    assert AccountYear.objects.get(group=village.group, year=2569).is_closed
    assert code_balances(village.group, ["O3900"])["O3900"] == -1_000_00


def try_a_way(page: Page, village: TestVillage, look: Callable[[Page], None]) -> None:
    press(page.locator(f"main a[href$='{reverse('shareout:try', args=[village.group.code, 2569])}']"))
    for head, percent in (("dividend", "70"), ("reserve", "5"), ("rebate", "0")):
        field = tab_to(page.locator(f"#id_share_{head}"))
        field.keyboard.press("ControlOrMeta+a")
        field.keyboard.type(percent)
    expect(page.locator('[data-live="money_share_dividend"]')).to_contain_text("700.00")
    look(page)
    tab_to(page.locator("input[name=name]")).keyboard.type("แบบ 70 ส่วน")
    press(page.locator("main button[name=act][value=save]:visible"))
    expect(page.locator("main h1")).to_contain_text("แบบ 70 ส่วน")


def adopt_and_post(page: Page, village: TestVillage, look: Callable[[Page], None]) -> None:
    adopt = reverse("shareout:adopt", args=[village.group.code, 2569])
    press(page.locator(f"main a[href^='{adopt}']").first)
    expect(page.locator("select[name=resolution]")).to_be_visible()
    look(page)
    choice = tab_to(page.locator("select[name=resolution]"))
    choice.keyboard.press("ArrowDown")
    press(page.locator("main form:has(select[name=resolution]) button[type=submit]"))
    expect(page).to_have_url(re.compile(r"/share-outs/\d+/$"))
    second_officer_signs(page)
    way = tab_to(page.locator("select[name=way]"))
    way.keyboard.press("ArrowDown")  # in the cash box
    look(page)
    press(act(page, "post"))
    expect(act(page, "post")).to_have_count(0)
    row = ShareOut.objects.get()
    assert (row.state, row.distributable) == ("posted", 1_000_00)
    assert sum(-satang for satang in balances(village.group, "O2400").values()) == DIVIDEND


def pay_three(page: Page, village: TestVillage, look: Callable[[Page], None]) -> None:
    press(page.locator("main .page-head a.btn-primary"))
    expect(page).to_have_url(re.compile("/payments/$"))
    page.wait_for_load_state("load")  # the script of the sheet listens from then on
    jump = page.locator("#pay-jump")
    for name in ("Prani", "Kasem", "Women"):
        member = village.member(name)
        page.keyboard.press("/")
        expect(jump).to_be_focused()
        page.keyboard.type(str(member.number))
        page.keyboard.press("Enter")
        row = page.locator(f"#m{member.pk}")
        expect(row.locator("button[name=pay]")).to_be_focused()
        page.keyboard.press("Enter")
        expect(row.locator("button[name=back]")).to_be_visible()
        expect(jump).to_be_focused()
        jump.evaluate("field => field.blur()")
    look(page)
    assert SharePayment.objects.filter(way="cash", entry__isnull=True).count() == 3
    press(page.locator("#pay-waiting a.btn-primary"))
    expect(act(page, "ask")).to_be_visible()
    look(page)
    second_officer_signs(page)
    expect(page.locator("main .badge--ok").first).to_be_visible()
    assert SharePayment.objects.filter(entry__isnull=False).count() == 3
    assert set(balances(village.group, "O2400").values()) - {0} == {-unpaid(village)}


def unpaid(village: TestVillage) -> int:
    """What Somchai, who did not come, has still to get."""
    return -balances(village.group, "O2400")[village.member("Somchai").holder]


def read_it_on_a_phone(phone: Page, live_server: Any, village: TestVillage, look: Callable[[Page], None]) -> None:
    prani = village.member("Prani")
    paid = SharePayment.objects.get(member=prani).satang
    sign_in(phone, live_server.url, village.user("Prani").username)
    phone.goto(live_server.url + reverse("window:dividend", args=[village.group.code]))
    whole, rest = divmod(paid, 100)
    expect(phone.locator("main")).to_contain_text(f"{whole:,}.{rest:02}")
    expect(phone.locator("main")).to_contain_text("ญ1/2570")
    look(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
