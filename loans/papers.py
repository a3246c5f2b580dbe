"""The papers of a loan, in Thai: which of the group's, the members' and the contract's data stand where."""

from typing import Any

from django.utils import timezone, translation

from loans.models import Arithmetic, Guarantee, Loan, LoanApplication
from loans.paper_people import contact_of, lender_of, person_of, spouse_person
from loans.paper_words import guarantee_stamp, late_words, method_words, order_words, rate_words, repayment_words
from loans.quotes import Quote
from loans.schedule import Instalment
from loans.selectors.applications import application_view
from loans.selectors.contracts import guarantees_of, is_married, quote_of
from loans.selectors.cover import pledge_savings_of
from loans.selectors.decisions import deciders
from loans.selectors.limits import owing_of
from loans.selectors.paper_rows import instalments_of, paid_rows
from loans.yearly_rate import nominal_apr
from members.group_settings import setting
from members.models import SavingsGroup
from papers.loans import loan_pdf, person
from thai.dates import format_date
from thai.money import baht_in_words, format_baht

CARD_ROWS = 27
VOTE_ROWS = 6
GUARANTOR_ROWS = 2


def application_file(application: LoanApplication) -> bytes:
    """Print an application with what is known, to be signed."""
    with translation.override("th"):
        return loan_pdf("application", application_data(application))


def blank_application_file(group: SavingsGroup) -> bytes:
    """Print the form with nothing but the group's own words."""
    with translation.override("th"):
        return loan_pdf("application", _blank_application(group))


def contract_file(loan: Loan) -> bytes:
    """Print the contract, to be signed."""
    with translation.override("th"):
        return loan_pdf("contract", contract_data(loan))


def guarantees_file(loan: Loan) -> bytes:
    """Print the guarantee contracts, a page for each guarantor."""
    with translation.override("th"):
        return loan_pdf("guarantee", contract_data(loan) | {"guarantors": guarantors_data(loan)})


def consent_file(loan: Loan) -> bytes:
    """Print the consent of each spouse; one with dotted places where none is on file."""
    with translation.override("th"):
        return loan_pdf("consent", contract_data(loan) | {"spouses": spouses_data(loan)})


def schedule_file(loan: Loan) -> bytes:
    """Print every instalment of the schedule in force, with what the loan costs a year."""
    with translation.override("th"):
        return loan_pdf("schedule", schedule_data(loan))


def card_file(loan: Loan) -> bytes:
    """Print the repayment card: what was paid, and lines for what comes."""
    with translation.override("th"):
        return loan_pdf("card", card_data(loan))


def contract_data(loan: Loan) -> dict[str, Any]:
    """What the contract says; the guarantee and the consent quote it."""
    application, plan = loan.application, quote_of(loan)
    decision = application.decision if application is not None else None
    lender, office = lender_of(loan.group, loan.contracted_on)
    return _group(loan.group) | {
        "number": loan.number,
        "on": format_date(loan.contracted_on),
        "stamp": format_baht(loan.stamp_satang, satang_shown=False) if loan.stamp_satang else "",
        "borrower": person_of(loan.member, loan.contracted_on),
        "lender": lender,
        "lender_office": office,
        "amount": format_baht(loan.satang),
        "words": baht_in_words(loan.satang),
        "purpose": _purpose(application),
        "resolution": decision.resolution.number if decision else "",
        "decided_on": format_date(decision.resolution.decided_on) if decision else "",
        **_rate(loan),
        "apr": str(plan.apr),
        "repayment": repayment_words(loan, plan),
        "order": order_words(fines_last=bool(setting(loan.group, "repay_fines_last", loan.contracted_on))),
        "late": late_words(loan.late_rate_bp),
        "own": format_baht(loan.hold.satang) if loan.hold else "",
        "first_due": format_date(plan.first.due_on),
        "last_due": format_date(plan.last.due_on),
        "guarantors": [_named(each) for each in guarantees_of(loan)],
    }


def guarantors_data(loan: Loan) -> list[dict[str, Any]]:
    """Each guarantor with the most that the guarantee is for."""
    return [
        person_of(each.member, loan.contracted_on)
        | {
            "amount": format_baht(each.satang) if each.satang else "",
            "words": baht_in_words(each.satang) if each.satang else "",
            "stamp": str(guarantee_stamp(each.satang)) if each.satang else "",
        }
        for each in guarantees_of(loan)
    ]


def spouses_data(loan: Loan) -> list[dict[str, Any]]:
    """The spouse of the borrower and of each guarantor who is married."""
    loan_act = {"act": "สัญญากู้ยืมเงิน", "about": "เพื่อกู้เงิน", "role": "ผู้กู้"}
    surety_act = {"act": "สัญญาค้ำประกัน แนบท้ายสัญญากู้ยืมเงิน", "about": "เพื่อค้ำประกันหนี้ในวงเงินไม่เกิน", "role": "ผู้ค้ำประกัน"}
    found = [(loan.member, loan.satang, loan_act)] if is_married(loan.member) else []
    married = [each for each in guarantees_of(loan) if is_married(each.member)]
    found += [(each.member, each.satang, surety_act) for each in married]
    pages = [
        spouse_person(member)
        | act
        | {
            "of": member.full_name,
            "of_number": str(member.number),
            "amount": format_baht(satang) if satang else "",
            "words": baht_in_words(satang) if satang else "",
        }
        for member, satang, act in found
    ]
    return pages or [person() | loan_act | {"of": "", "of_number": "", "amount": "", "words": ""}]


def schedule_data(loan: Loan) -> dict[str, Any]:
    """The schedule in force, or the one that the contract plans."""
    lines, principal, starts_on, version = instalments_of(loan)
    rest, rows = principal, []
    for line in lines:
        rest -= line.principal
        rows.append(_instalment(line) | {"rest": format_baht(rest)})
    note = "ตารางนี้คิดจากวันทำสัญญา เมื่อรับเงินแล้วกลุ่มจะออกตารางตามวันที่รับเงินจริงให้" if not loan.paid_out_on else ""
    if version > 1:
        note = f"ตารางฉบับที่ {version} ปรับโครงสร้างหนี้ ใช้แทนฉบับเดิมตั้งแต่วันที่ {format_date(starts_on)}"
    return _group(loan.group) | {
        "number": loan.number,
        "paid_on": format_date(loan.paid_out_on) if loan.paid_out_on else "",
        "borrower": contact_of(loan.member),
        "amount": format_baht(principal),
        "words": baht_in_words(principal),
        **_rate(loan),
        "apr": str(nominal_apr(lines, principal, starts_on)),
        "note": note,
        "rows": rows,
        "sum": _sums(lines),
    }


def card_data(loan: Loan) -> dict[str, Any]:
    """The card with the payments so far; empty lines follow up to the end of the page."""
    lines, *_rest = instalments_of(loan)
    rows = paid_rows(loan)
    empty = dict.fromkeys(("on", "receipt", "principal", "interest", "fine", "total", "rest"), "")
    return _group(loan.group) | {
        "number": loan.number,
        "borrower": contact_of(loan.member),
        "amount": format_baht(loan.satang),
        "paid_on": format_date(loan.paid_out_on, "short") if loan.paid_out_on else "",
        "instalments": str(len(lines)),
        **_rate(loan),
        "first_due": format_date(lines[0].due_on, "short"),
        "last_due": format_date(lines[-1].due_on, "short"),
        "guarantors": [_named(each) for each in guarantees_of(loan)],
        "rows": rows + [empty] * max(CARD_ROWS - len(rows), 0),
    }


def application_data(application: LoanApplication) -> dict[str, Any]:
    """An application as far as it is written down; the committee's half once it is decided."""
    view, member = application_view(application), application.member
    decision = getattr(application, "decision", None)
    plan: Quote | None = view.asked.quote
    return _blank_application(application.group) | {
        "application": str(application.number),
        "asked_on": format_date(application.asked_on),
        "borrower": person_of(member, application.asked_on),
        "income": format_baht(application.income_satang) if application.income_satang is not None else "",
        "product": application.product.name,
        "months": str(application.instalments),
        "amount": format_baht(application.satang),
        "words": baht_in_words(application.satang),
        "purposes": _purposes(application.purpose),
        "purpose_text": application.purpose_text,
        "savings": format_baht(pledge_savings_of(application.group, [member]).get(member.pk, 0)),
        "owing": format_baht(owing_of(member, None, timezone.localdate(), without=application).outstanding),
        "highest": format_baht(plan.highest) if plan else "",
        "apr": str(plan.apr) if plan else "",
        "guarantors": _guarantor_rows([(each.guarantee, each.part) for each in view.lines]),
        "resolution": decision.resolution.number if decision else "",
        "decided_on": format_date(decision.resolution.decided_on) if decision else "",
        "outcome": decision.outcome if decision else "",
        "granted": format_baht(decision.satang) if decision and decision.outcome == "reduced" else "",
        "reason": decision.reason if decision else "",
        "votes": _votes(application.group, decision),
    }


def _blank_application(group: SavingsGroup) -> dict[str, Any]:
    texts = (
        "application", "asked_on", "income", "product", "months", "amount", "words", "purpose_text", "savings", "owing",
        "highest", "apr", "resolution", "decided_on", "outcome", "granted", "reason",
    )  # fmt: skip
    blank: dict[str, Any] = dict.fromkeys(texts, "")
    lists = {"purposes": _purposes(""), "guarantors": _guarantor_rows([]), "votes": _votes(group, None)}
    return _group(group) | blank | lists | {"borrower": person()}


def _group(group: SavingsGroup) -> dict[str, str]:
    village = group.village
    tambon = village.tambon
    place = f"{village.name} หมู่ที่ {village.moo} ตำบล{tambon.name_th} อำเภอ{tambon.district.name_th}"
    return {"group": setting(group, "public_name") or group.name, "place": place}


def _rate(terms: Arithmetic) -> dict[str, str]:
    rate, per = rate_words(terms)
    return {"rate": rate, "rate_per": per, "method": method_words(terms)}


def _purpose(application: LoanApplication | None) -> str:
    if application is None:
        return ""
    said = str(application.get_purpose_display())
    is_other = application.purpose == LoanApplication.Purpose.OTHER
    if application.purpose_text:
        return application.purpose_text if is_other else f"{said} ({application.purpose_text})"
    return said


def _purposes(chosen: str) -> list[dict[str, Any]]:
    return [{"text": str(label), "ticked": value == chosen} for value, label in LoanApplication.Purpose.choices]


def _guarantor_rows(known: list[tuple[Guarantee, int]]) -> list[dict[str, str]]:
    rows = [
        {"name": one.member.full_name, "number": str(one.member.number), "amount": format_baht(part) if part else ""}
        for one, part in known
    ]
    return rows + [{"name": "", "number": "", "amount": ""}] * max(GUARANTOR_ROWS - len(rows), 0)


def _votes(group: SavingsGroup, decision: Any) -> list[dict[str, str]]:
    if decision is None:
        rows = [{"name": user.display_name, "vote": "", "interest": ""} for user in deciders(group)]
    else:
        cast = decision.votes.select_related("voter").order_by("voter__display_name")
        rows = [
            {"name": each.voter.display_name, "vote": each.vote, "interest": "ออกจากที่ประชุม" if each.interest else ""}
            for each in cast
        ]
    return rows + [{"name": "", "vote": "", "interest": ""}] * max(VOTE_ROWS - len(rows), 0)


def _named(guarantee: Guarantee) -> str:
    return f"{guarantee.member.full_name} (สมาชิกเลขที่ {guarantee.member.number})"


def _instalment(line: Instalment) -> dict[str, str]:
    return {
        "number": str(line.number),
        "due": format_date(line.due_on),
        "principal": format_baht(line.principal),
        "interest": format_baht(line.interest),
        "total": format_baht(line.total),
    }


def _sums(lines: tuple[Instalment, ...]) -> dict[str, str]:
    principal, interest = sum(line.principal for line in lines), sum(line.interest for line in lines)
    return {
        "principal": format_baht(principal),
        "interest": format_baht(interest),
        "total": format_baht(principal + interest),
    }
