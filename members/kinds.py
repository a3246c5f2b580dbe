"""What a kind of member may do: the five switches, pure. Which of them a group has turned: members/switches.py."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Switches:
    """The five switches that the kind of a member drives."""

    is_person: bool
    may_borrow: bool
    may_vote: bool
    may_guarantee: bool
    earns_dividend: bool

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The five, in their order."""
        return tuple(field.name for field in fields(cls))


ORDINARY = "ordinary"
ASSOCIATE = "associate"
HONORARY = "honorary"

SWITCHES: dict[str, Switches] = {
    ORDINARY: Switches(is_person=True, may_borrow=True, may_vote=True, may_guarantee=True, earns_dividend=True),
    ASSOCIATE: Switches(is_person=False, may_borrow=False, may_vote=True, may_guarantee=False, earns_dividend=True),
    HONORARY: Switches(is_person=True, may_borrow=False, may_vote=False, may_guarantee=False, earns_dividend=False),
}


def setting_key(kind: str, switch: str) -> str:
    """The key of the group's setting behind one switch of one kind: `associate_may_vote`."""
    return f"{kind}_{switch}"
