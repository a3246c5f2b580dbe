"""The three villages of the demo district and who signs in there. All of it is synthetic."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.demo.paper import PaperMaker
from intake.demo.sheets import write_workbook
from members.models import Office

PASSWORD = "satcha-demo"  # noqa: S105 - printed at start, and only where DEBUG is on
TAMBONS = ("570701", "570702", "570703")
WORKBOOK = settings.BASE_DIR / "tests" / "data" / "village-a.xlsx"
ADMINISTRATOR, DISTRICT_OFFICER = "admin", "district"
ROLES = (Office.Role.CHAIR, Office.Role.TREASURER, Office.Role.SECRETARY, Office.Role.AUDIT, Office.Role.LOAN)
MEETS, CLOSED, SILENT = "meets today", "closed", "has not met for months"


@dataclass(frozen=True)
class DemoVillage:
    """One village: its paper year, and how its present year goes."""

    code: str
    village: str
    moo: int
    tambon: str
    workbook: Callable[[], bytes]
    goes: str
    logins: dict[str, str]  # office -> user name of those who can sign in

    @property
    def group_name(self) -> str:
        """The group is called after its village."""
        return f"กลุ่มออมทรัพย์เพื่อการผลิต{self.village}"


@dataclass(frozen=True)
class Login:
    """A line of what the demo prints."""

    username: str
    who: str | Promise
    where: str
    shows: str | Promise


def made_up_workbook(*, seed: int, members: int) -> bytes:
    """A village's paper year as its treasurer would upload it."""
    return write_workbook(PaperMaker(seed=seed, members=members).make().sheets)


def village_a() -> bytes:
    """The workbook of the tests; without the tests' folder a made-up village of the same size."""
    return WORKBOOK.read_bytes() if WORKBOOK.exists() else made_up_workbook(seed=160, members=160)


VILLAGES = (
    DemoVillage(
        code="nong-ruang-khao",
        village="บ้านหนองรวงข้าว",
        moo=5,
        tambon=TAMBONS[0],
        workbook=village_a,
        goes=MEETS,
        logins={"treasurer": "treasurer", "audit": "auditor", "chair": "chair", "secretary": "secretary"},
    ),
    DemoVillage(
        code="don-sai-ngam",
        village="บ้านดอนไทรงาม",
        moo=2,
        tambon=TAMBONS[1],
        workbook=partial(made_up_workbook, seed=21, members=64),
        goes=CLOSED,
        logins={"treasurer": "treasurer2", "audit": "auditor2"},
    ),
    DemoVillage(
        code="huai-nam-sai",
        village="บ้านห้วยน้ำใส",
        moo=9,
        tambon=TAMBONS[2],
        workbook=partial(made_up_workbook, seed=33, members=38),
        goes=SILENT,
        logins={"treasurer": "treasurer3"},
    ),
)
MEMBER, BORROWER = "member", "borrower"

LOGINS = (
    Login("treasurer", _("Treasurer"), VILLAGES[0].village, _("tonight's open meeting: sheet, payments, count, close")),
    Login("auditor", _("Auditor"), VILLAGES[0].village, _("signs payments and the close; reads the books")),
    Login("secretary", _("Secretary"), VILLAGES[0].village, _("members, slips, helps to enter the sheet")),
    Login("chair", _("Chair"), VILLAGES[0].village, _("offices, resolutions, settings")),
    Login(MEMBER, _("Member"), VILLAGES[0].village, _("own passbook, pledges, receipts with codes")),
    Login(BORROWER, _("Member with a loan"), VILLAGES[0].village, _("own passbook, receipts and a loan in arrears")),
    Login("treasurer2", _("Treasurer"), VILLAGES[1].village, _("a year of closed meetings, the next to be opened")),
    Login("auditor2", _("Auditor"), VILLAGES[1].village, _("the same, as the second officer")),
    Login("treasurer3", _("Treasurer"), VILLAGES[2].village, _("a group that has not met for months")),
    Login(DISTRICT_OFFICER, _("District officer"), "", _("all three villages, the silent one first; new groups")),
    Login(ADMINISTRATOR, _("Administrator"), "", _("founds groups anywhere, sees no group's books")),
)
