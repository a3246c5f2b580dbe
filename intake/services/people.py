"""The register, the pledges, the special books and the contracts of a workbook, written as rows."""

from collections.abc import Mapping

from intake.models import PaperContract, PaperGuarantee
from intake.workbook.rows import MemberRow
from intake.workbook.village import VillageYear
from members.models import Household, Member, SavingsGroup
from members.national_ids import set_national_id
from savings.models import PledgePeriod
from savings.services import open_special_books
from thai.months import month_of

WOMEN = frozenset({"นาง", "นางสาว", "น.ส.", "นส.", "ด.ญ.", "เด็กหญิง"})
MEN = frozenset({"นาย", "ด.ช.", "เด็กชาย"})
ROWS_AT_ONCE = 200


def write_people(*, group: SavingsGroup, village: VillageYear) -> dict[int, Member]:
    """Write households, members (leavers as resigned), pledges and special books; return the members by number.

    Members who are in the group already under the same number and name get the workbook's particulars.
    """
    households = _households(group, village)
    present = {member.number: member for member in Member.objects.filter(group=group)}
    members: dict[int, Member] = {}
    for row in village.members:
        member = present.get(row.number) or Member(group=group, number=row.number)
        _fill(member, row, village, households)
        members[row.number] = member
    for member in members.values():
        if member.pk is not None:
            member.save()
    Member.objects.bulk_create([m for m in members.values() if m.pk is None], batch_size=ROWS_AT_ONCE)
    _pledges(group, village, members)
    saving = {row.number for row in village.special} | {row.number for row in village.members if row.brought_special}
    open_special_books(group=group, members=[members[number] for number in sorted(saving)], by=None)
    return members


def _households(group: SavingsGroup, village: VillageYear) -> dict[str, Household]:
    houses: dict[str, str] = {}
    for row in village.members:
        houses.setdefault(row.household, row.house_no)
    found = {household.code: household for household in Household.objects.filter(group=group)}
    missing = [Household(group=group, code=code, house_no=no) for code, no in houses.items() if code not in found]
    for household in Household.objects.bulk_create(missing, batch_size=ROWS_AT_ONCE):
        found[household.code] = household
    return found


def _fill(member: Member, row: MemberRow, village: VillageYear, households: Mapping[str, Household]) -> None:
    leaver = village.leaver_of.get(row.number)
    member.kind = row.kind
    member.status = Member.Status.RESIGNED if leaver else Member.Status.ACTIVE
    member.title = row.title
    if row.kind == Member.Kind.ASSOCIATE and not row.last_name:
        member.body_name = row.first_name
    else:
        member.first_name, member.last_name = row.first_name, row.last_name
    member.sex = "f" if row.title in WOMEN else "m" if row.title in MEN else ""
    member.birth_on = member.birth_on or row.birth_on
    member.household, member.house_no = households[row.household], row.house_no
    member.admitted_on = row.joined_on
    member.left_on = leaver.on if leaver else None
    if row.national_id:
        set_national_id(member, row.national_id)


def _pledges(group: SavingsGroup, village: VillageYear, members: Mapping[int, Member]) -> None:
    """One vow each, from the year's first month or the month of joining."""
    PledgePeriod.objects.bulk_create(
        [
            PledgePeriod(
                group=group,
                member=members[row.number],
                satang=row.pledge,
                starts_on=max(village.year.starts_on, month_of(row.joined_on)),
            )
            for row in village.members
            if row.pledge
        ],
        batch_size=ROWS_AT_ONCE,
    )


def write_contracts(*, group: SavingsGroup, village: VillageYear, members: Mapping[int, Member]) -> list[PaperContract]:
    """Keep the contracts as read, with their guarantors."""
    contracts = PaperContract.objects.bulk_create(
        [
            PaperContract(
                group=group,
                number=row.contract,
                member=members[row.number],
                contracted_on=row.on,
                satang=row.amount,
                instalments=row.instalments,
                brought_satang=row.brought,
            )
            for row in village.contracts
        ],
        batch_size=ROWS_AT_ONCE,
    )
    PaperGuarantee.objects.bulk_create(
        [
            PaperGuarantee(contract=contract, member=members[number], position=position)
            for contract, row in zip(contracts, village.contracts, strict=True)
            for position, number in enumerate(row.guarantors, start=1)
        ],
        batch_size=ROWS_AT_ONCE,
    )
    return contracts
