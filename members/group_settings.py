"""The settings of a group: a catalogue of what can be set, and dated rows with the resolution behind them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from members import queries
from members.errors import DomainError
from members.kinds import SWITCHES, setting_key
from members.models import GroupSetting, Member, Resolution, SavingsGroup, User
from thai.money import format_baht

MAX_TEXT = 400


class UnknownSetting(DomainError):
    """The catalogue has no such key."""

    sentence = _("There is no setting called %(key)s.")


class SettingRefused(DomainError):
    """A value outside of what the setting allows."""

    sentence = _("“%(value)s” is not a possible value of %(label)s.")


class SettingBackdated(DomainError):
    """A setting that would change days already gone by, on which books may stand."""

    sentence = _("A setting can begin today or later, not on a day that has passed.")


@dataclass(frozen=True)
class Setting:
    """One setting: how it is kept, what it is when nothing was decided, what it is called."""

    key: str
    kind: str
    default: int | str
    label: str | Promise
    minimum: int = 0
    maximum: int = 0

    def read(self, stored: str) -> int | str:
        """The stored text as a value."""
        return stored if self.kind == "text" else int(stored)

    def is_possible(self, value: int | str) -> bool:
        """Whether a value may be kept."""
        if self.kind == "text":
            return isinstance(value, str) and len(value) <= MAX_TEXT
        return isinstance(value, int) and self.minimum <= value <= self.maximum


MILLION_BAHT = 1_000_000_00

_CATALOGUE = [
    Setting("pledge_unit_satang", "money", 50_00, _("One pledge unit"), 1_00, 10_000_00),
    Setting("pledge_units_max", "count", 20, _("Most units a month"), 1, 1000),
    Setting("application_fee_satang", "money", 10_00, _("Application fee"), 0, 10_000_00),
    Setting("entrance_fee_satang", "money", 20_00, _("Entrance fee"), 0, 10_000_00),
    Setting("pledge_window_month", "count", 1, _("First month of the year in which a pledge may change"), 1, 12),
    Setting("pledge_window_months", "count", 1, _("How many months a pledge may change (12: in any month)"), 1, 12),
    Setting("missed_month_fine_satang", "money", 0, _("Fine for a missed month"), 0, 10_000_00),
    Setting("meeting_day", "count", 5, _("Day of the month on which the group meets"), 1, 28),
    Setting("meeting_place", "text", "", _("Place of the meeting")),
    Setting("cash_limit_satang", "money", 20_000_00, _("Most cash kept in the box"), 0, 10 * MILLION_BAHT),
    Setting(
        "resolution_limit_satang", "money", 5_000_00, _("Payments above this need a resolution"), 0, 10 * MILLION_BAHT
    ),
    Setting("village_households", "count", 0, _("Households in the village (0: not known)"), 0, 9999),
    Setting("household_members_max", "count", 0, _("Most members of one household (0: no limit)"), 0, 50),
    Setting("household_units_max", "count", 0, _("Most units a month of one household (0: no limit)"), 0, 5000),
    Setting("office_term_years", "count", 2, _("Years of a committee's term"), 1, 2),
    Setting("leaving_days", "count", 60, _("Days within which a leaver's savings are given back"), 1, 366),
    Setting(
        "leaver_interest", "count", 1, _("Interest on a leaver's special savings to the day (1: yes, 0: no)"), 0, 1
    ),
    Setting("readmission_months", "count", 12, _("Months before a member who resigned can be admitted again"), 0, 120),
    Setting("public_name", "text", "", _("Name on papers and on the public page")),
    Setting("guarantees_max", "count", 2, _("Most live guarantees of one member"), 1, 20),
    Setting("loan_smallest_satang", "money", 100_00, _("Smallest loan"), 1_00, 10_000_00),
    Setting("loan_asks_spouses", "flag", 1, _("Spouses consent before a loan is paid out"), 0, 1),
    Setting("repay_fines_last", "flag", 0, _("A repayment pays fines last, not first"), 0, 1),
    Setting("allowance_booked", "flag", 0, _("The allowance for overdue loans is booked, not only shown"), 0, 1),
    Setting("allowance_one_month", "count", 0, _("Allowance in per cent: 1 to 30 days late"), 0, 100),
    Setting("allowance_two_months", "count", 10, _("Allowance in per cent: 31 to 60 days late"), 0, 100),
    Setting("allowance_three_months", "count", 25, _("Allowance in per cent: 61 to 90 days late"), 0, 100),
    Setting("allowance_half_year", "count", 50, _("Allowance in per cent: 91 to 180 days late"), 0, 100),
    Setting("allowance_over", "count", 100, _("Allowance in per cent: more than 180 days late"), 0, 100),
    Setting("warn_largest_percent", "count", 20, _("Warning when one borrower owes more than this per cent"), 1, 100),
    Setting(
        "warn_committee_percent", "count", 40, _("Warning when the committee owes more than this per cent"), 1, 100
    ),
    Setting("bank_warning_days", "count", 45, _("Days after which an unconfirmed bank balance is a warning"), 1, 366),
]
SWITCH_LABELS = {
    "is_person": _("is a person"),
    "may_borrow": _("may borrow"),
    "may_vote": _("may vote"),
    "may_guarantee": _("may stand guarantor"),
    "earns_dividend": _("earns dividend"),
}
_CATALOGUE += [
    Setting("adult_age", "count", 20, _("Age of majority in years; who is or was married is of age before"), 15, 25),
    *(
        Setting(
            setting_key(kind, name), "flag", int(getattr(defaults, name)),
            format_lazy("{kind}: {switch}", kind=Member.Kind(kind).label, switch=label), 0, 1,
        )
        for kind, defaults in SWITCHES.items()
        for name, label in SWITCH_LABELS.items()
    ),
]  # fmt: skip
SETTINGS: dict[str, Setting] = {entry.key: entry for entry in _CATALOGUE}


def _catalogued(key: str) -> Setting:
    try:
        return SETTINGS[key]
    except KeyError:
        raise UnknownSetting(key=key) from None


def setting(group: SavingsGroup, key: str, on: date | None = None) -> Any:
    """The value of one setting on a day (today unless told): int for money (satang) and counts, else str."""
    entry = _catalogued(key)
    day = on or timezone.localdate()
    stored = queries.rows(
        'SELECT value FROM members_groupsetting WHERE group_id = %s AND "key" = %s AND valid_from <= %s'
        " ORDER BY valid_from DESC, id DESC LIMIT 1",
        [group.pk, key, day],
    )
    return entry.read(stored[0][0]) if stored else entry.default


def settings_on(group: SavingsGroup, on: date | None = None) -> dict[str, Any]:
    """Every setting of a group on a day, in one query."""
    day = on or timezone.localdate()
    values: dict[str, Any] = {key: entry.default for key, entry in SETTINGS.items()}
    rows = queries.rows(
        'SELECT "key", value FROM members_groupsetting WHERE group_id = %s AND valid_from <= %s'
        " ORDER BY valid_from, id",
        [group.pk, day],
    )
    for key, stored in rows:
        if key in SETTINGS:
            values[key] = SETTINGS[key].read(stored)
    return values


def said_setting(row: GroupSetting) -> str:
    """A row in words: what is set, and the value."""
    entry = SETTINGS.get(row.key)
    if entry is None:
        return f"{row.key}: {row.value}"
    value = entry.read(row.value)
    shown: object = format_baht(value) if entry.kind == "money" and isinstance(value, int) else value
    if entry.kind == "flag":
        shown = _("Yes") if value else _("No")
    return f"{entry.label}: {shown}"


def change_setting(
    *,
    group: SavingsGroup,
    key: str,
    value: int | str,
    valid_from: date,
    by: User,
    resolution: Resolution | None = None,
) -> GroupSetting:
    """Let a setting have another value from a day on; what held before stays readable.

    The first value of a setting may begin on any day (a group brings its own past with it); every later one begins
    today or later. Raises UnknownSetting, SettingRefused, SettingBackdated.
    """
    entry = _catalogued(key)
    if not entry.is_possible(value):
        raise SettingRefused(value=value, label=entry.label)
    if valid_from < timezone.localdate() and GroupSetting.objects.filter(group=group, key=key).exists():
        raise SettingBackdated()
    return GroupSetting.objects.create(
        group=group, key=key, value=str(value), valid_from=valid_from, resolution=resolution, set_by=by
    )
