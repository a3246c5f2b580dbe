"""The browser reads an amount as the server does: same sums, same refusals."""

import pytest

from meetings.forms.rows import NOTHING
from thai.money import AmountError, parse_baht

pytestmark = pytest.mark.browser
TYPED = [
    "", "-", "–", "0", "0.00", "1", "1.5", "1.50", "1.505", "1.", ".5", "12", "1,5", "1,50",
    "1,500", "1,500.25", "15,00", "1500", "01", "00", "0.1", "1 500", " 200 ", "2\u00a0", "-5",
    "\u22125", "- 5", "+5", "1e3", "0x10", "๑,๒๐๐", "๑๒๐๐.๕๐", "๑2", "99,999,999.99",
    "100,000,000", "99999999999999", "1,00,000", "1,500,00", "สอง", "200 บาท", "฿200", "1.234,56",
    "1,234,567.8", "½", "١٢", "1\n2", "0,100", "1,000.999", "NaN", "Infinity", "1_000",
]  # fmt: skip


def on_the_server(text: str) -> int | str:
    if text.strip() in NOTHING:
        return 0
    try:
        return parse_baht(text, allow_zero=True)
    except AmountError as error:
        return error.problem.value


def test_browser_and_server_read_the_same(page, live_server):
    page.goto(f"{live_server.url}/offline/?language=th")
    in_browser = page.evaluate(
        """async (typed) => {
          const { parseBaht } = await import("/static/meetings/money.js");
          return typed.map((text) => { const read = parseBaht(text); return read.problem ?? read.satang; });
        }""",
        TYPED,
    )
    assert dict(zip(TYPED, in_browser, strict=True)) == {text: on_the_server(text) for text in TYPED}


def test_amounts_are_printed_as_on_the_server(page, live_server):
    page.goto(f"{live_server.url}/offline/?language=th")
    shown = page.evaluate(
        """async () => {
          const { formatBaht } = await import("/static/meetings/money.js");
          return [0, 5, 100, 123456, 100000000, 9999999999, -250].map(formatBaht);
        }"""
    )
    assert shown == ["0.00", "0.05", "1.00", "1,234.56", "1,000,000.00", "99,999,999.99", "\u22122.50"]
