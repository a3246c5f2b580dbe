"""The sentences of the problems: what is wrong, then what to do; in the reader's language."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.workbook.problems import ERROR, Problem
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

SENTENCES: Mapping[str, str | Promise] = {
    # the file
    "file_empty": _("The file is empty. Choose the workbook again."),
    "file_too_large": _(
        "The file is larger than %(megabytes)s MB. Take out pictures and other sheets, then try again."
    ),
    "file_old_or_locked": _(
        "The file is locked with a password or in the old format. Save it without a password as .xlsx, then try again."
    ),
    "file_not_workbook": _("This is not an Excel workbook. Choose the file that ends in .xlsx."),
    "file_damaged": _(
        "The file is damaged. Open it in the spreadsheet program, save it again as .xlsx, then try again."
    ),
    "file_unpacks_too_large": _(
        "The workbook holds more than %(megabytes)s MB when unpacked. Keep only the nine sheets, then try again."
    ),
    "file_too_many_cells": _("The workbook holds too many cells. Keep only the nine sheets, then try again."),
    # the sheets
    "sheet_missing": _("The sheet “%(sheet)s” is missing. Add it with its headings, even if it has no rows."),
    "heading_row_missing": _(
        "No row of headings was found, “%(heading)s” for one. Write the headings above the rows, as in the pattern."
    ),
    "heading_missing": _("The heading “%(heading)s” is missing. Write it above its column."),
    "year_unknown": _(
        "The account year is written nowhere. Write above the opening balances the day they are of: 1 ม.ค. 2568."
    ),
    "total_differs": _(
        "The written total is %(written)s, the rows add up to %(sum)s. Compare the rows with the paper, then correct."
    ),
    # a cell
    "cell_error": _("The cell shows an error (%(typed)s). Type the value itself."),
    "cell_formula": _(
        "The formula's result was not saved. Open the file in the spreadsheet program and save it again."
    ),
    "text_too_long": _("The text is longer than %(longest)s letters. Make it shorter."),
    "amount_unreadable": _("Cannot read the amount “%(typed)s”. Type it as 1,500 or 1500.50."),
    "amount_fraction": _("The amount “%(typed)s” has more than two decimals. Type baht and satang."),
    "amount_negative": _("The amount “%(typed)s” is below zero. Type it without a minus, in the column it belongs to."),
    "amount_too_large": _("The amount “%(typed)s” is too large. Check it."),
    "amount_missing": _("An amount is missing. Type it, or delete the row."),
    "one_of_two_amounts": _(
        "A row has one amount: received or paid. Split it into two rows or fill in the one missing."
    ),
    "date_unreadable": _("Cannot read the date “%(typed)s”. Type it as 5/1/2568 or 5 ม.ค. 2568."),
    "date_missing": _("The date is missing. Type it as 5/1/2568."),
    "date_outside_year": _("%(written_on)s is not in account year %(year)s. Check the day, the month and the year."),
    "date_in_future": _("%(written_on)s has not come yet. Check the date, or leave out what has not happened."),
    # people
    "member_number_unreadable": _("Cannot read the member number “%(typed)s”. Type a number from 1 to 9999."),
    "member_number_missing": _("The member number is missing. Type it, or delete the row."),
    "member_number_twice": _("Member number %(number)s stands in row %(first_row)s already. Correct one of the two."),
    "member_unknown": _("There is no member number %(number)s in the register. Check it, or add the member there."),
    "member_kind_unknown": _("Cannot read the kind of member “%(typed)s”. Type สามัญ, วิสามัญ or กิตติมศักดิ์."),
    "name_missing": _("The name is missing. Type it."),
    "surname_missing": _("The family name is missing. Type it."),
    "name_differs": _(
        "Member number %(number)s is “%(name)s” in the register, “%(typed)s” here. Check the number and the name."
    ),
    "household_missing": _("The household code is missing. Type one; people of one house have the same."),
    "pledge_missing": _("The monthly pledge is missing. Type it in baht."),
    "birth_after_year": _("The birth date %(written_on)s is after the account year. Check the year."),
    "brought_before_joining": _(
        "This member joined on %(joined_on)s, so nothing is brought forward from before. Check the date or delete it."
    ),
    "national_id_missing": _("The national ID is missing. The member comes in without it; it can be added later."),
    "national_id_wrong": _("The national ID is not right. The member comes in without it; it can be added later."),
    "national_id_twice": _(
        "Member number %(number)s has the same national ID. This member comes in without it; it can be added later."
    ),
    "pledge_row_twice": _(
        "Member number %(number)s stands in row %(first_row)s already. Keep one row for each member."
    ),
    "paid_before_joining": _(
        "Member number %(number)s joined on %(joined_on)s and has no money here before. Check number and dates."
    ),
    "paid_after_leaving": _(
        "Member number %(number)s left on %(left_on)s and has no money here after. Check number and dates."
    ),
    "leaver_twice": _("Member number %(number)s stands in row %(first_row)s already. A member leaves once."),
    "leaver_amount_differs": _(
        "Member number %(number)s has %(held)s that day, but %(given)s was given back. All must be given back, no more."
    ),
    "leaver_owes": _(
        "Member number %(number)s still owes %(owed)s on contract %(contract)s that day. Check payments and date."
    ),
    # loans
    "contract_number_unreadable": _("Cannot read the contract number “%(typed)s”. Type it as 1/2568."),
    "contract_number_missing": _("The contract number is missing. Type it as 1/2568."),
    "contract_number_twice": _("Contract %(contract)s stands in row %(first_row)s already. Correct one of the two."),
    "contract_unknown": _(
        "There is no contract %(contract)s in the list of loans. Check it, or add the contract there."
    ),
    "contract_of_another": _(
        "Contract %(contract)s belongs to member number %(number)s, not %(typed)s. Check the contract and the number."
    ),
    "contract_brought_missing": _(
        "The contract of %(written_on)s is from before the year. Type what was still owed on the first day, or 0."
    ),
    "contract_brought_in_year": _(
        "The contract of %(written_on)s is of this year and brings nothing forward. Delete the amount or check the day."
    ),
    "contract_brought_above_amount": _(
        "%(brought)s brought forward is more than the %(amount)s that were lent. Check both amounts."
    ),
    "instalments_unreadable": _("Cannot read the number of instalments “%(typed)s”. Type a number from 1 to 360."),
    "instalments_missing": _("The number of instalments is missing. Type it."),
    "guarantor_is_borrower": _("Member number %(number)s stands guarantor for the own loan. Check the number."),
    "guarantor_twice": _("Member number %(number)s stands guarantor twice for this loan. Delete one of the two."),
    "repaid_more_than_owed": _(
        "Contract %(contract)s owed %(owed)s, this payment is %(short)s more. Check the amounts of this contract."
    ),
    # pools, kinds, balances
    "pool_unknown": _("Cannot tell the pool “%(typed)s”. Type ดำเนินการ or ค่าใช้สอย."),
    "kind_unknown": _("The kind “%(typed)s” is not known. Use a kind of the pattern, such as ดอกเบี้ยธนาคาร."),
    "kind_wrong_pool": _(
        "“%(kind)s” does not belong to this pool. Running the group is paid from ค่าใช้สอย, its business from ดำเนินการ."
    ),
    "kind_wrong_direction": _("“%(kind)s” stands in the wrong column. Check whether it was received or paid."),
    "opening_name_missing": _("The name of the account is missing. Type it, such as เงินสดในมือ."),
    "opening_account_unknown": _(
        "The account “%(typed)s” is not known in this pool. Use a name of the pattern, such as เงินสดในมือ or ทุนสำรอง."
    ),
    "opening_twice": _("“%(typed)s” stands in row %(first_row)s already. Put the two together."),
    "operating_unbalanced": _(
        "The operating pool does not balance: %(assets)s on the one side, %(funds)s on the other. Check its balances."
    ),
    "administrative_unbalanced": _(
        "The administrative pool does not balance: %(assets)s on the one side, %(funds)s on the other. "
        "Check its balances."
    ),
    "opening_pledge_differs": _(
        "Pledge savings are %(written)s here, but the register brings forward %(sum)s. Correct the wrong one."
    ),
    "opening_special_differs": _(
        "Special savings are %(written)s here, but the register brings forward %(sum)s. Correct the wrong one."
    ),
    "opening_loans_differ": _(
        "Loans are %(written)s here, but the list of contracts brings forward %(sum)s. Correct the wrong one."
    ),
    "special_overdrawn": _(
        "Member number %(number)s has %(held)s of special savings that day, which is less. Check amount and date."
    ),
    "operating_cash_negative": _(
        "The operating cash box is %(short)s short at this payment. Check it and what was fetched from the bank."
    ),
    "administrative_cash_negative": _(
        "The administrative cash box is %(short)s short at this payment. Check the amount and the pool."
    ),
    "bank_negative": _(
        "The bank account is %(short)s short at this withdrawal. Check the amount and the opening balance."
    ),
    "fund_negative": _("The fund is %(short)s short at this payment. Check the amount and the opening balance."),
    # opening balances
    "opening_sheets_missing": _(
        "No sheet of balances was found. Name the sheets สมาชิก, เงินกู้ and ยอดยกมา, as in the empty Excel file."
    ),
    "opening_no_rows": _("No row was found below the headings. Fill in a row, then try again."),
    "opening_rows_too_many": _("The file has more than %(most)s rows. Keep only the members and loans of the group."),
    "opening_detail_missing": _("Say which one it is: the lender, the activity or the fund."),
    "opening_loss": _(
        "More is owed and set aside than there is: %(loss)s. It would stand as a loss. Check that nothing is missing."
    ),
    "left_over_differs": _(
        "%(written)s is written here, but %(sum)s is left over from the other figures. Correct the wrong one."
    ),
    "contract_after_opening": _("%(written_on)s is not before the books begin. Enter this loan at a meeting instead."),
    "months_owed_unreadable": _("Type the number of months owed, 0 to %(most)s."),
    "owed_without_pledge": _("Months are owed, but there is no pledge a month. Type the pledge."),
    "owed_without_joining": _("Type the day of joining: months can be owed only after it."),
    "owed_before_joining": _(
        "The member joined on %(joined_on)s: so many months cannot be owed. Correct one of the two."
    ),
    "opening_books_begun": _("This group's books have begun already. Opening balances come only into empty books."),
    "opening_day_to_come": _(
        "The books would open on %(opening_on)s, which is not over yet. Wait, or choose another first day."
    ),
    "opening_nothing": _("No amount has been typed. A group that has nothing opens empty books instead."),
    "member_not_listed": _("Member number %(number)s, %(name)s, is not in the list and begins with nothing."),
    "member_not_active": _(
        "Member number %(number)s, %(name)s, is no active member. Correct the register or the number."
    ),
    "contract_kept_already": _("Contract %(contract)s is kept already. Check the number."),
    "pledge_set_already": _(
        "The register has a pledge of %(pledge)s since %(vow_on)s. Type the same without months owed, or change it "
        "there."
    ),
    # the group
    "group_has_entries": _("This group's books have begun already. A year on paper comes only into empty books."),
    "group_has_members": _(
        "Member number %(number)s is “%(name)s” in the group already, but “%(typed)s” here. Correct one of the two."
    ),
}


def sentence(problem: Problem) -> str:
    """The problem as a sentence in the active language."""
    values = {}
    for key, value in problem.values.items():
        if key.endswith("_satang"):
            values[key.removesuffix("_satang")] = format_baht(int(value))
        elif key.endswith("_on"):
            values[key] = format_date(date.fromisoformat(str(value)), "short", active_language())
        else:
            values[key] = str(value)
    return str(SENTENCES[problem.code]) % values


def severity_name(problem: Problem) -> str:
    """How bad it is, in a word."""
    return gettext("To be corrected") if problem.severity == ERROR else gettext("To note")


COUNT_NAMES: Mapping[str, str | Promise] = {
    "account_year": _("Account year"),
    "members": _("Members"),
    "households": _("Households"),
    "leavers": _("Members who left"),
    "meetings": _("Meetings"),
    "pledge_payments": _("Pledge payments"),
    "contracts": _("Loan contracts"),
    "repayments": _("Loan payments"),
    "special_movements": _("Movements of special savings"),
    "other_movements": _("Other income and cost"),
    "bank_movements": _("Bank movements"),
    "receipts": _("Receipts"),
    "entries": _("Journal entries"),
    "apart_from_meetings": _("Entries on another day than a meeting"),
}
