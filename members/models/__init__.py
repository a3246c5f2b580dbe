"""People and places."""

from members.models.application import AdmissionDecision, MemberChange
from members.models.cosign import CoSignature
from members.models.groups import GroupSetting, Resolution, SavingsGroup
from members.models.member import Beneficiary, Household, Member, PassbookAccess
from members.models.offices import DistrictOffice, Office
from members.models.places import District, Province, Tambon, Village
from members.models.records import AccessRecord, LoginThrottle
from members.models.slips import ActivationSlip
from members.models.user import DeviceSession, User, UserManager, new_code

__all__ = [
    "AccessRecord",
    "ActivationSlip",
    "AdmissionDecision",
    "Beneficiary",
    "CoSignature",
    "DeviceSession",
    "District",
    "DistrictOffice",
    "GroupSetting",
    "Household",
    "LoginThrottle",
    "Member",
    "MemberChange",
    "Office",
    "PassbookAccess",
    "Province",
    "Resolution",
    "SavingsGroup",
    "Tambon",
    "User",
    "UserManager",
    "Village",
    "new_code",
]
