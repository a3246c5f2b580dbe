"""Every event of docs/LEDGER.md that happens beside the meeting, made by its real service: pairs of (event, entry)."""

from datetime import date
from typing import Any
from uuid import uuid4

from funds.models import BankMove, Entry
from funds.purposes import BY_KEY
from funds.schedule import Planned
from funds.services.bank_loans import take_bank_loan
from funds.services.bank_matches import ask_to_reconcile, finish_reconciliation
from funds.services.bank_moves import MoveInput, approve_move, request_move
from funds.services.bank_pages import finish_page, save_draft
from funds.voucher_lines import (
    Spent,
    expense_lines,
    instalment_lines,
    officer_advance_lines,
    pool_advance_lines,
    settlement_lines,
    subsidy_return_lines,
)
from loans.models import Loan
from loans.selectors.standings import standing_of
from loans.services.payouts import PayoutInput, approve_payout, request_payout
from loans.services.receipts import LoanMoney, record_loan_receipt
from members import cosign
from members.models import Member
from savings.models import SpecialBook
from savings.selectors.products import next_preview
from savings.services.deposits import DepositInput, record_deposit
from savings.services.products import TermsInput, approve_interest, open_product, request_interest
from savings.services.withdrawals import WithdrawalInput, approve_withdrawal, request_withdrawal
from tests.funds.activities import oil, open_rice_bank, open_shop, posted
from tests.loans.cast import Lending
from tests.membership.leavers import NOV_22
from tests.stories.drive_trouble import trouble
from tests.stories.officers import ACCOUNT, BANK, BOX, JANUARY, KG, PLACES, Made, Officers, entry_of


class Drive(Officers):
    """What the village's officers do on one day, heading by heading."""

    def money_in(self) -> Made:
        yield "interest of the bank", self.receive("bank_interest", ACCOUNT)
        yield "other money of the administrative pool", self.receive("bank_interest_admin", ACCOUNT)
        for place in PLACES:
            yield "other money of the operating pool", self.receive("other", place)
            yield "other money of the administrative pool", self.receive("other_admin", place)
            yield "an agency gives money to keep", self.receive("subsidy", place)
            yield "an agency gives money to return", self.receive("subsidy_returnable", place, holder="ทุนปุ๋ย")
            yield "somebody gives money", self.receive("donation", place)

    def vouchers(self) -> Made:
        for key, purpose in BY_KEY.items():
            pool = "operating" if purpose.pool == "O" else "administrative"
            for place in PLACES:
                lines = expense_lines(Spent(purpose, 10_00, activity="ร้านค้า"), place)
                yield f"a voucher is paid from {pool} capital", self.pay("expense", lines, place, purpose=key)
        for place in PLACES:
            lines = subsidy_return_lines("ทุนปุ๋ย", 500_00, place)
            yield "a returnable subsidy goes back", self.pay("subsidy_return", lines, place)

    def bank_loans(self) -> Made:
        for place in PLACES:
            number = f"กู้-{place.way}"
            loan = take_bank_loan(
                group=self.group, receipt=self.receipt("bank_loan", place, holder=number), rate=600,
                schedule=[Planned(date(2027, 1, 31), 1_000_00, 10_00)], operation=uuid4(), by=self.village.treasurer,
            )  # fmt: skip
            yield "the group takes a loan from a bank", entry_of(loan.received)
            lines = instalment_lines(number, 1_000_00, 10_00, place)
            paid = self.pay("bank_loan_payment", lines, place, instalment=loan.instalments.get())
            yield "an instalment of the group's bank loan is paid", paid

    def officer_advances(self) -> Made:
        how: dict[str, Any] = {"member": self.malee, "payee": self.malee.full_name}
        spent = {"O": ("operating", "activity"), "A": ("contact", "meeting")}
        for pool, word in (("O", "operating"), ("A", "administrative")):
            for place in PLACES:
                lines = officer_advance_lines(pool, self.malee.holder, 300_00, place)
                out = self.pay("officer_advance", lines, place, purpose=spent[pool][0], **how)
                yield f"an officer takes {word} money along", out
                parts = [Spent(BY_KEY[key], 100_00, "ของ", activity="ร้านค้า") for key in spent[pool]]
                back = settlement_lines(pool, self.malee.holder, parts, 100_00, place)
                yield f"an officer accounts for {word} money", self.pay("advance_settled", back, place, **how)

    def pool_advances(self) -> Made:
        names = {"O": "operating", "A": "administrative"}
        for lender, borrower in (("O", "A"), ("A", "O")):
            lends = f"the {names[borrower]} pool borrows from the {names[lender]} pool"
            returns = f"the {names[borrower]} pool gives back to the {names[lender]} pool"
            for place in PLACES:
                how: dict[str, Any] = {"place": place, "payee": ""}
                lines = pool_advance_lines(lender, 100_00, place)
                resolution = self.people.resolve()
                lent = self.pay("pool_advance", lines, purpose=f"lend_{lender.lower()}", resolution=resolution, **how)
                yield lends, lent
                lines = pool_advance_lines(lender, 100_00, place, gives_back=True)
                yield returns, self.pay("pool_advance", lines, purpose=f"return_{lender.lower()}", **how)

    def bank_moves(self) -> Made:
        words = {
            "bank_carry": ("money of a pool is brought to the bank between meetings", None, self.bank),
            "bank_fetch": ("money of a pool is taken from the bank between meetings", self.bank, None),
            "bank_transfer": ("operating money moves to another bank account", self.bank, self.other),
        }
        for kind, (event, source, target) in words.items():
            for pool in ("O", "A"):
                move = MoveInput(kind, pool, 100_00, NOV_22, str(uuid4())[:8], source=source, target=target)
                asked: BankMove = request_move(
                    group=self.group, by=self.village.treasurer, move=move, operation=uuid4()
                )
                said = event.replace("money of a pool", "administrative money") if pool == "A" else event
                said = said.replace("operating", "administrative") if pool == "A" else said
                yield said, entry_of(approve_move(move=asked, by=self.village.auditor))

    def bank_book(self) -> Made:
        month, by = date(2026, 10, 1), self.village.secretary
        save_draft(account=self.bank, month=month, by=by, opening="55,000", rows=[])
        finish_page(account=self.bank, month=month, by=by)
        signature = ask_to_reconcile(account=self.bank, month=month, by=by)
        cosign.sign_as(signature=signature, user=self.village.auditor)
        done = finish_reconciliation(account=self.bank, month=month, by=by)
        yield "bank book and ledger of a month are compared and signed", entry_of(done)

    def shop(self) -> Made:
        shop = open_shop(self.group, self.village.treasurer, self.village.chair)
        good = oil(shop)
        ways: tuple[dict[str, str], ...] = ({"way": "cash"}, {"way": "transfer", "bank": BANK, "slip_ref": "S-1"})
        for way in ways:
            bought = shop.do("purchase", 10_000, good=good, satang=400_00, **way)
            yield "goods are bought for an activity", posted(bought)
            sold = shop.do("sale", 1_000, good=good, satang=60_00, **way)
            yield "goods are sold and their cost leaves the stock", posted(sold)
        gift = shop.do("gift_in", 5_000, good=good, satang=200_00, party="วัด")
        yield "goods are given to an activity for nothing, at what they are worth", posted(gift)
        given = shop.do("gift_out", 5_000, good=good, party="วัด", reason="งานบุญ")
        yield "goods of an activity are given away for nothing", posted(given)
        counts = (("less is", 17_000), ("more is", 18_000), ("as much is", 18_000))
        for word, quantity in counts:
            act = shop.do("count", quantity, good=good, reason="" if word == "as much is" else "นับใหม่")
            yield f"{word} counted {'as' if word == 'as much is' else 'than'} the books say", posted(act)

    def rice_bank(self) -> Made:
        bank = open_rice_bank(self.group, self.village.treasurer, self.village.chair, stored=0)
        prani = self.village.member("Prani")
        yield "paddy is received for the own stock", posted(bank.do("kind_gift", 1_000 * KG, party="ผู้บริจาค"))
        yield "a member brings paddy to be kept", posted(bank.do("kind_deposit", 100 * KG, member=prani))
        yield "a member fetches paddy that was kept", posted(bank.do("kind_withdrawal", 40 * KG, member=prani))
        lent, lost = bank.lend(prani, 10 * KG), bank.lend(prani, 20 * KG)
        yield "paddy is lent", posted(lent)
        back = bank.do("kind_return", 12 * KG, loan=lent.made_loan)
        yield "paddy comes back with interest in kind", posted(back)
        gone = bank.do("kind_write_off", 20 * KG, loan=lost.made_loan, reason="น้ำท่วม", resolution=self.people.resolve())
        yield "a loan in kind is written off", posted(gone)
        ways: tuple[dict[str, str], ...] = ({"way": "cash"}, {"way": "transfer", "bank": BANK, "slip_ref": "S-2"})
        for way in ways:
            bought = bank.do("kind_purchase", 10 * KG, satang=120_00, **way)
            yield "paddy is bought for the barn", posted(bought)
            yield "paddy is sold from the barn", posted(bank.do("kind_sale", 10 * KG, satang=130_00, **way))
        yield "paddy is lost to rats, damp or theft", posted(bank.do("kind_loss", 2 * KG, reason="หนู"))
        stored = 1_000 + 100 - 40 - 30 + 12 - 2
        counts = (("less than", stored - 8, "ชื้น"), ("more than", stored, "พบเพิ่ม"), ("what", stored, ""))
        for word, kilograms, reason in counts:
            act = bank.do("kind_count", kilograms * KG, reason=reason)
            yield f"the barn holds {word} the books say", posted(act)

    def savings(self) -> Made:
        self.people.vow("Prani", 100_00)
        prani = self.people["Prani"]
        ways: tuple[dict[str, Any], ...] = ({}, {"way": "transfer", "bank_holder": BANK, "slip_ref": "S-3"})
        events = (
            ("a member pays in cash beside the meeting", "special savings paid out in cash beside the meeting"),
            (
                "a member transfers money, to be checked against the bank book",
                "special savings transferred to a member",
            ),
        )
        for way, (paid_in, _paid_out) in zip(ways, events, strict=True):
            deposit = DepositInput(
                received_on=date(2026, 2, 5), pledge=100_00, special=2_000_00, fine=10_00, fee=30_00, **way
            )
            row = record_deposit(member=prani, deposit=deposit, operation=uuid4(), by=self.village.treasurer)
            yield paid_in, entry_of(row)
        yield from self._interest()
        book = SpecialBook.objects.select_related("member", "group").get(member=prani)
        for way, (_paid_in, paid_out) in zip(ways, events, strict=True):
            asked = request_withdrawal(
                book=book,
                withdrawal=WithdrawalInput(satang=100_00, **way),
                operation=uuid4(),
                by=self.village.treasurer,
            )
            yield paid_out, entry_of(approve_withdrawal(withdrawal=asked, by=self.village.auditor))

    def _interest(self) -> Made:
        terms = TermsInput(valid_from=JANUARY, rate=3_00, method="daily", first_credit_month=6, second_credit_month=12)
        product = open_product(
            group=self.group, name="สัจจะพิเศษ", terms=terms, resolution=self.people.resolve(), by=self.village.chair
        )
        found = next_preview(product)
        assert found is not None
        run = request_interest(
            product=product, starts_on=found.starts_on, ends_on=found.ends_on, fingerprint=found.fingerprint,
            operation=uuid4(), by=self.village.treasurer,
        )  # fmt: skip
        entry = entry_of(approve_interest(run=run, by=self.village.auditor))
        yield "a product's interest for a period, all books in one entry", entry
        yield "interest is credited to special savings", entry

    def leaving(self) -> Made:
        """Kasem has a loan, an advance, a fine, a dividend, paid in cash; Boonmee by transfer; Somchai has nothing."""
        kasem = self.people["Kasem"]
        lines = officer_advance_lines("O", kasem.holder, 50_00, BOX)
        self.pay("officer_advance", lines, purpose="operating", member=kasem, payee=kasem.full_name)
        Lending(self.village, box=0, bank=1_000_00).lend("Kasem", 400_00, guarantors=("Malee",), instalments=4)
        self.people.vow("Boonmee", 100_00)
        pledge = DepositInput(received_on=NOV_22, pledge=1_100_00)
        boonmee = self.people["Boonmee"]
        record_deposit(member=boonmee, deposit=pledge, operation=uuid4(), by=self.village.treasurer)
        yield "a leaver's account is settled, own loans paid off", entry_of(self.people.leave("Kasem"))
        paid = entry_of(self.people.leave("Boonmee", way="transfer", bank_holder=BANK, slip_ref="S-4"))
        yield "a leaver's account is settled, own loans paid off", paid
        yield "a leaver gets back what was saved", paid
        yield "a leaver who has nothing in the books", entry_of(self.people.leave("Somchai"))

    def payouts(self) -> Made:
        """Prani's loans, one fetched in cash, one sent to her bank."""
        lending = Lending(self.village, box=5_000_00, bank=0)
        ways = (
            ("a loan is paid out in cash beside the meeting", PayoutInput()),
            ("a loan is transferred to the borrower", PayoutInput(way="transfer", bank_holder=BANK, slip_ref="P-1")),
        )
        for event, way in ways:
            loan = lending.contract("Prani", 1_000_00, on=date(2026, 11, 5))
            asked = request_payout(loan=loan, payout=way, operation=uuid4(), by=self.village.treasurer)
            entry = entry_of(approve_payout(disbursement=asked, by=self.village.auditor))
            yield event, entry
            yield "a loan is paid out", entry

    def repayments(self) -> Made:
        """Prani has three late loans with fines: she pays one in cash, one by transfer; Malee stands in for one."""
        lending = Lending(self.village, box=0, bank=10_000_00)
        terms = lending.product("เงินกู้ที่มีค่าปรับ", late_rate_bp=20)
        loans = [
            lending.lend("Prani", 2_000_00, terms=terms, guarantors=("Malee",), instalments=4) for _each in range(3)
        ]
        transfer: dict[str, Any] = {"way": "transfer", "bank_holder": BANK}
        prani, malee = lending["Prani"], lending["Malee"]
        yield "a borrower pays on loans in cash beside the meeting", self._repay(loans[0], prani)
        yield "a borrower transfers money for loans", self._repay(loans[1], prani, slip_ref="L-1", **transfer)
        yield "a guarantor pays for the borrower", self._repay(loans[2], malee)
        yield "a guarantor pays for the borrower", self._repay(loans[2], malee, slip_ref="L-2", **transfer)

    def _repay(self, loan: Loan, payer: Member, **way: Any) -> Entry:
        """Pay all fines and interest that are owed, and a baht of the principal."""
        owed = standing_of(loan, NOV_22)
        amounts = {loan.pk: owed.fine_owed + owed.interest_owed + 1_00}
        money = LoanMoney(payer=payer, received_on=NOV_22, amounts=amounts, **way)
        return entry_of(
            record_loan_receipt(group=self.group, money=money, operation=uuid4(), by=self.village.treasurer)
        )

    def trouble(self) -> Made:
        """New schedule, set-off, write-off, recovery, allowance."""
        yield from trouble(self.village, BANK)
