"""The sheet's page by what a person sees of it: rows, cells, the word at the end of a row. Nothing here sleeps."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Route, expect

COLUMNS = {"present": 0, "pledge": 1, "special": 2, "fee": 3, "fine": 4, "loan": 5}
SOMPORN, WICHAI, ANONG, MALEE, PRANI, SOMCHAI, BOONMEE, KASEM, NOI, WOMEN, CHAI = range(1, 12)
REFUSED_BY_DESIGN = ("401", "409", "422", "423", "ERR_", "Failed to load resource")


NAMED_KEYS = re.compile(r"(Shift\+)?(Enter|Escape|Tab|Arrow(Up|Down|Left|Right)|Page(Up|Down))")


class SheetPage:
    """One officer's sheet in one browser."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.errors: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(f"script: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def open(self) -> "SheetPage":
        """Go to the sheet and wait until its script has taken over."""
        self.page.goto(self.address)
        return self.ready()

    def ready(self) -> "SheetPage":
        """Wait until the rows are alive."""
        expect(self.page.locator("#sheet[data-ready]")).to_be_attached()
        return self

    def row(self, number: int) -> Locator:
        """A member's line."""
        return self.page.locator(f"tr[data-n='{number}']")

    def cell(self, number: int, column: str) -> Locator:
        """A cell of a line: present, pledge, special, fee, fine; loan, where the member has one."""
        return self.row(number).locator("input").nth(COLUMNS[column])

    def state(self, number: int) -> Locator:
        """The word at the end of a line."""
        return self.row(number).locator(".c-state__text")

    def expect_pencil(self, number: int) -> None:
        """Nothing was received from this member yet."""
        expect(self.row(number)).to_contain_class("is-expected")

    def focused(self) -> tuple[int, str]:
        """Where the cursor stands: member number and column."""
        found = self.page.evaluate(
            """() => {
              const tr = document.activeElement.closest("tr[data-n]");
              const inputs = tr ? [...tr.querySelectorAll("input")] : [];
              return tr ? [Number(tr.dataset.n), inputs.indexOf(document.activeElement)] : null;
            }"""
        )
        assert found is not None, "the cursor stands outside the sheet"
        number, column = found
        return number, next(name for name, index in COLUMNS.items() if index == column)

    def keys(self, *keys: str) -> None:
        """Press keys by name; what is no key's name is typed."""
        for key in keys:
            if NAMED_KEYS.fullmatch(key):
                self.page.keyboard.press(key)
            else:
                self.page.keyboard.type(key)

    def go_to(self, text: str) -> None:
        """Jump by number or part of a name."""
        self.keys("/", text, "Enter")

    def expect_saved(self, *numbers: int) -> None:
        """The server has these lines."""
        for number in numbers:
            expect(self.state(number).locator(".state--saved")).to_be_visible()

    def total(self, name: str) -> Locator:
        """A sum under the sheet."""
        return self.page.locator(f"[data-total='{name}']").first

    def cut(self) -> None:
        """Pull the plug of the network."""
        self.page.context.set_offline(True)

    def mend(self) -> None:
        """Put the plug back."""
        self.page.context.set_offline(False)

    def look_around(self) -> None:
        """Come back to the page, as from another window: it asks at once what is new."""
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    def answer_rows_with(self, act: Callable[[Route], Any]) -> None:
        """Let the test answer instead of the server when a row is saved."""
        self.page.route("**/rows/*/", act)

    def scripts_are_quiet(self) -> None:
        """No error of a script, no refusal by the policy; a refused row is no error of the page."""
        loud = [error for error in self.errors if not any(known in error for known in REFUSED_BY_DESIGN)]
        assert loud == []
