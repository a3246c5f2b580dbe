"""Letters about loans as papers, in Thai, as they were written."""

from collections.abc import Sequence

from django.utils import translation

from loans.arrears import notice_deadline
from loans.models import Letter
from members.group_settings import setting
from members.models import Member, Office, SavingsGroup
from papers.loan_letters import LoanLetterPaper, loan_letters_pdf
from thai.months import buddhist_year


def letters_file(group: SavingsGroup, found: Sequence[Letter]) -> bytes:
    """Print letters as one PDF, a letter a page."""
    with translation.override("th"):
        return loan_letters_pdf(letter_papers(group, found))


def letter_papers(group: SavingsGroup, found: Sequence[Letter]) -> list[LoanLetterPaper]:
    """What the papers say; the chair in office today signs."""
    chair = Office.objects.held_on().filter(group=group, role=Office.Role.CHAIR).select_related("user").first()
    name, place = setting(group, "public_name") or group.name, _place(group)
    return [_paper(letter, name, place, chair.user.display_name if chair else "") for letter in found]


def _paper(letter: Letter, group: str, place: str, chair: str) -> LoanLetterPaper:
    loan, guarantee = letter.loan, letter.guarantee
    to = guarantee.member if guarantee is not None else loan.member
    deadline = notice_deadline(letter.due_on) if guarantee is not None else None
    return LoanLetterPaper(
        group=group,
        place=place,
        number=f"{letter.number}/{buddhist_year(letter.written_on)}",
        written_on=letter.written_on,
        to=to.full_name,
        to_number=str(to.number),
        address=_address(to),
        contract=loan.number,
        contracted_on=loan.contracted_on,
        principal=loan.satang,
        guarantor_for=loan.member.full_name if guarantee is not None else "",
        cover=guarantee.satang if guarantee is not None else 0,
        instalment=letter.instalment,
        due_on=letter.due_on,
        owed=letter.owed_satang,
        deadline=deadline,
        too_late_since=deadline if deadline is not None and letter.written_on > deadline else None,
        chair=chair,
    )


def _place(group: SavingsGroup) -> str:
    tambon = group.village.tambon
    moo = f"หมู่ที่ {group.village.moo} " if group.village.moo else ""
    return f"{moo}ตำบล{tambon.name_th} อำเภอ{tambon.district.name_th}"


def _address(member: Member) -> str:
    """The house as far as it is known; the village is the group's unless the register says otherwise."""
    house = f"บ้านเลขที่ {member.house_no}" if member.house_no else ""
    moo = f"หมู่ที่ {member.moo}" if member.moo else ""
    return " ".join(part for part in (house, moo) if part)
