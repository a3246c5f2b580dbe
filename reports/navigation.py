"""What the bar of every page says: who is signed in, in which village, and which rooms are theirs.

Three queries a page, however many groups a person belongs to.
"""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from members import queries
from members.access import still_read
from members.models import DistrictOffice, Office, PassbookAccess, User
from members.models.offices import RUNS_ON


@dataclass(frozen=True)
class Place:
    """A village's group or a district that the person may enter."""

    name: str
    sub: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Door:
    """One place of the menu."""

    label: str
    url: str
    icon: str
    is_current: bool = False
    short: str = ""  # where five doors share the width of a phone


@dataclass(frozen=True)
class Person:
    """Whoever is signed in, as the bar names them here."""

    name: str
    role: str
    initials: str


class HomeGroup(NamedTuple):
    """What the bar must know of a group."""

    pk: int
    code: str
    name: str
    village: str
    moo: int


@dataclass(frozen=True)
class Navigation:
    """The bar and the menu; `group` is the group of the address if the person belongs to it."""

    person: Person | None = None
    group: HomeGroup | None = None
    role: str = ""
    home_url: str = "/"
    places: tuple[Place, ...] = ()
    menu: tuple[Door, ...] = ()
    own: tuple[Door, ...] = ()

    @property
    def place(self) -> Place | None:
        """The place one is in."""
        return next((place for place in self.places if place.is_current), None)


@dataclass(frozen=True)
class _Roles:
    """Everything a person holds today, by group and district."""

    groups: dict[int, HomeGroup] = field(default_factory=dict)
    offices: dict[int, list[str]] = field(default_factory=dict)
    passbooks: frozenset[int] = frozenset()
    districts: tuple[DistrictOffice, ...] = ()


def nav(request: HttpRequest) -> dict[str, Any]:
    """Give templates `nav`, made only where a page prints it."""
    return {"nav": SimpleLazyObject(lambda: navigation(request))}


def navigation(request: HttpRequest) -> Navigation:
    """Build the bar for a request; nobody signed in sees none."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_active:
        return Navigation()
    roles = _roles(user)
    match = request.resolver_match
    here = match.kwargs if match else {}
    view = match.view_name if match else ""
    group = _group_of(roles, here.get("group_code"))
    district = _district_of(roles, here.get("district_code"))
    if group is None and district is None and "group_code" not in here:
        group = next(iter(roles.groups.values()), None)
        district = roles.districts[0] if group is None and roles.districts else None
    if district is not None:
        group = None
    return Navigation(
        person=_person(user, roles, group, district),
        group=group,
        role=_role_code(roles, group, district),
        home_url=reverse("members:landing"),
        places=_places(roles, group, district),
        menu=_menu(user, roles, group, district, view),
        own=(Door(_("Profile"), reverse("members:profile"), "people", view == "members:profile"),),
    )


def _roles(user: User) -> _Roles:
    """Three narrow queries, one more for a district officer: a wide one takes longer to write than to run."""
    offices: dict[int, list[str]] = {}
    groups: dict[int, HomeGroup] = {}
    today = timezone.localdate()
    for role, *told in queries.rows(_OFFICES, [user.pk, today, today]):
        group = HomeGroup(*told)
        groups[group.pk] = group
        offices.setdefault(group.pk, []).append(role)
    own = PassbookAccess.objects.filter(still_read("member__"), user=user).order_by("pk")
    passbooks = [HomeGroup(*told) for told in own.values_list(*_HOME_GROUP)]
    for group in passbooks:
        groups.setdefault(group.pk, group)
    ids = [pk for (pk,) in queries.rows(_DISTRICTS, [user.pk, today, today])]
    held = DistrictOffice.objects.filter(pk__in=ids).select_related("district__province")
    districts = tuple(held) if ids else ()
    return _Roles(groups, offices, frozenset(group.pk for group in passbooks), districts)


_OFFICES = f"""
SELECT role, held.group_id, savings.code, savings.name, village.name, village.moo
  FROM members_office held
  JOIN members_savingsgroup savings ON savings.id = held.group_id
  JOIN members_village village ON village.id = savings.village_id
 WHERE held.user_id = %s AND {RUNS_ON}
 ORDER BY held.group_id"""  # noqa: S608 - the condition is our own text
_DISTRICTS = f"SELECT id FROM members_districtoffice WHERE user_id = %s AND {RUNS_ON}"  # noqa: S608 - as above
_HOME_GROUP = [f"member__group__{name}" for name in ("pk", "code", "name", "village__name", "village__moo")]


def _group_of(roles: _Roles, code: str | None) -> HomeGroup | None:
    return next((group for group in roles.groups.values() if group.code == code), None)


def _district_of(roles: _Roles, code: str | None) -> DistrictOffice | None:
    return next((office for office in roles.districts if office.district_id == code), None)


def _role_code(roles: _Roles, group: HomeGroup | None, district: DistrictOffice | None) -> str:
    if district is not None:
        return "district"
    if group is None:
        return ""
    held = roles.offices.get(group.pk)
    return held[0] if held else "member"


def _person(user: User, roles: _Roles, group: HomeGroup | None, district: DistrictOffice | None) -> Person:
    if district is not None:
        role = _("District officer")
    elif group is not None and group.pk in roles.offices:
        role = ", ".join(str(Office.Role(held).label) for held in roles.offices[group.pk])
    elif group is not None:
        role = _("Member")
    else:
        role = _("Administrator") if user.is_administrator else ""
    name = user.display_name.strip()
    return Person(name=name, role=role, initials=initials(name))


MONEY_PAGES = (
    "reports:pool",
    "reports:pool-figure",
    "reports:deposit-code",
)  # they belong to the money, not to the books
TITLES = ("นางสาว", "เด็กหญิง", "เด็กชาย", "นาย", "นาง", "ด.ญ.", "ด.ช.", "น.ส.")
LEADING_VOWELS = "เแโใไ"


def initials(name: str) -> str:
    """Give one or two letters that can stand alone: no title, no vowel or tone mark without its letter."""
    for title in TITLES:
        if name.startswith(title) and len(name) > len(title):
            name = name.removeprefix(title).strip()
            break
    letters = [letter for letter in name if letter.isalpha() and letter not in LEADING_VOWELS]
    first = letters[0] if letters else name[:1]
    if first and "\u0e01" <= first <= "\u0e2e":
        second = next((letter for letter in letters[1:2] if "\u0e01" <= letter <= "\u0e2e"), "")
        return first + second
    return first.upper()


def village_name(group: HomeGroup) -> str:
    """Name a group by its village, as people say it: the village and its moo."""
    return _("%(village)s, moo %(moo)d") % {"village": group.village, "moo": group.moo}


def _places(roles: _Roles, group: HomeGroup | None, district: DistrictOffice | None) -> tuple[Place, ...]:
    places = [
        Place(
            name=_("District %(name)s") % {"name": office.district},
            sub=str(office.district.province),
            url=reverse("oversight:home", args=[office.district_id]),
            is_current=office is district,
        )
        for office in roles.districts
    ]
    for one in sorted(roles.groups.values(), key=lambda each: each.code):
        home = "reports:home" if one.pk in roles.offices else "window:home"
        places.append(
            Place(name=village_name(one), sub=one.name, url=reverse(home, args=[one.code]), is_current=one == group)
        )
    return tuple(places)


def _menu(
    user: User, roles: _Roles, group: HomeGroup | None, district: DistrictOffice | None, view: str
) -> tuple[Door, ...]:
    if district is not None:
        doors = [_door(_("Villages"), "oversight:home", "report", view, "oversight:", district.district_id)]
        return (*doors, *_founder_doors(view))
    if group is None:
        return _founder_doors(view) if user.is_administrator else ()
    doors = _officer_doors(group, view) if group.pk in roles.offices else []
    if group.pk not in roles.passbooks:
        return tuple(doors)
    if doors:
        own = _door(_("My account"), "window:home", "cash", view, "window:", group.code)
        return (*doors, replace(own, short=_("Passbook")))
    return (
        _door(_("My account"), "window:home", "home", view, "window:home", group.code),
        _door(_("Passbook"), "window:passbook", "book", view, "window:passbook", group.code),
        _door(_("Receipts"), "window:receipts", "paper", view, "window:receipts", group.code),
    )


def _founder_doors(view: str) -> tuple[Door, ...]:
    return (
        _door(_("Founded groups"), "intake:founded-groups", "people", view, "intake:founded"),
        _door(_("New group"), "intake:found-group", "plus", view, "intake:found-group"),
    )


def _officer_doors(group: HomeGroup, view: str) -> list[Door]:
    view = "people:loans" if view == "loans:member" else view  # a tab of a member, not a page of the money
    return [
        _door(_("Home"), "reports:home", "home", view, "reports:home", group.code),
        _door(_("Meetings"), "meetings:list", "meet", view, "meetings:", group.code),
        _door(_("Members"), "people:list", "people", view, ("people:", "membership:", "savings:"), group.code),
        _door(_("Money"), "funds:money", "cash", view, ("funds:", "loans:", *MONEY_PAGES), group.code),
        _door(_("Books"), "reports:books", "book", view, ("reports:", "shareout:"), group.code),
    ]


def _door(label: str, name: str, icon: str, view: str, belongs: str | tuple[str, ...], *args: str) -> Door:
    elsewhere = ("reports:home", *MONEY_PAGES) if name == "reports:books" else ()
    is_current = view.startswith(belongs) and view not in elsewhere
    return Door(label, reverse(name, args=args), icon, is_current)
