"""The events of people: register, users, offices, resolutions, the access record."""

from members.services.households import add_household, change_household
from members.services.offices import (
    appoint_district_officer,
    appoint_first_officers,
    end_office,
    start_office,
)
from members.services.people import add_member, change_member, give_passbook, set_beneficiaries
from members.services.records import record_access
from members.services.resolutions import record_resolution
from members.services.users import end_all_sessions, end_device, user_for_member

__all__ = [
    "add_household",
    "add_member",
    "appoint_district_officer",
    "appoint_first_officers",
    "change_household",
    "change_member",
    "end_all_sessions",
    "end_device",
    "end_office",
    "give_passbook",
    "record_access",
    "record_resolution",
    "set_beneficiaries",
    "start_office",
    "user_for_member",
]
