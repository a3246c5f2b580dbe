"""What a kind of member may do: the five switches, pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Switches:
    """The five switches that the kind of a member drives."""

    is_person: bool
    may_borrow: bool
    may_vote: bool
    may_guarantee: bool
    earns_dividend: bool


ORDINARY = "ordinary"
ASSOCIATE = "associate"
HONORARY = "honorary"

SWITCHES: dict[str, Switches] = {
    ORDINARY: Switches(is_person=True, may_borrow=True, may_vote=True, may_guarantee=True, earns_dividend=True),
    ASSOCIATE: Switches(is_person=False, may_borrow=False, may_vote=True, may_guarantee=False, earns_dividend=True),
    HONORARY: Switches(is_person=True, may_borrow=False, may_vote=False, may_guarantee=False, earns_dividend=False),
}
