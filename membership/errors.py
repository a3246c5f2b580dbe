"""What leaving and coming back refuse, one class a rule."""

from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class LeavingError(DomainError):
    """Root of every refusal about leaving."""

    sentence = _("This cannot be done with this leaving.")


class NoMemberToLeave(LeavingError):
    """Only an active member leaves, and once."""

    sentence = _("%(name)s is not an active member.")


class LeavingUnderWay(LeavingError):
    """One leaving at a time."""

    sentence = _("That %(name)s leaves is written down already. Open it from the list of leavers.")


class LeavingDone(LeavingError):
    """Settled or taken back is final."""

    sentence = _("This leaving is settled or taken back already.")


class LeavingHasSettlement(LeavingError):
    """A settlement that waits is taken back first."""

    sentence = _("A settlement waits for approval. Cancel it first.")


class LeavingDayWrong(LeavingError):
    """The membership ends after it began, and not in the future."""

    sentence = _("The day must lie between the admission on %(since)s and today.")


class ExpulsionUnexplained(LeavingError):
    """Nobody is expelled without a resolution and its reason."""

    sentence = _("An expulsion needs the resolution and the reason.")


class DeathUnreported(LeavingError):
    """Who reported a death stands in the books of the group."""

    sentence = _("Type who reported the death, and on which day the member died.")


class LeavingBlocked(LeavingError):
    """Something stands in the way."""

    sentence = _("This still stands in the way: %(obstacle)s")


class DebtsExceedSavings(LeavingError):
    """What the savings do not cover is paid first."""

    sentence = _("The debts exceed the savings by %(shortage)s baht. This amount is paid in first.")


class ResolutionMissing(LeavingError):
    """A resignation is accepted by a resolution; heirs who are on no paper are found by one."""

    sentence = _("Choose the resolution. It is needed for a resignation, and for heirs who are not on file.")


class HeirsMissing(LeavingError):
    """Somebody receives the money."""

    sentence = _("No beneficiary is on file. Type the heirs and their shares, which add up to exactly 100 per cent.")


class HeirsOnFile(LeavingError):
    """Whom the member named is paid."""

    sentence = _("The member has named beneficiaries. The money goes to them by their shares.")


class PayeeDecides(LeavingError):
    """Nobody asks for, or approves, what is paid to themselves."""

    sentence = _("%(name)s receives a part of the money and can neither ask for the settlement nor approve it.")


class SettlementTooEarly(LeavingError):
    """The settlement follows everything that stands in the accounts."""

    sentence = _("The accounts have entries up to %(day)s. Choose this day or a later one.")


class SettlementDone(LeavingError):
    """Posted or cancelled is final."""

    sentence = _("This settlement is posted or cancelled already.")


class SettlementMoved(LeavingError):
    """What was computed is not what the books hold now."""

    sentence = _("The books have changed since the settlement was computed. Cancel it and compute it again.")


class NotReadmitted(LeavingError):
    """Only who resigned or was expelled comes back."""

    sentence = _(
        "%(name)s cannot be admitted again: the person is a member, is deceased, or was admitted again before."
    )


class ReadmissionTooEarly(LeavingError):
    """The group lets some time go by."""

    sentence = _("%(name)s left on %(left)s and can be admitted again from %(day)s on.")


class ReadmissionByGeneralMeeting(LeavingError):
    """After an expulsion the members decide."""

    sentence = _("%(name)s was expelled. Only a resolution of the general meeting admits the person again.")


class SettlementStays(LeavingError):
    """A settlement ends a membership; it is not undone like a voucher."""

    sentence = _(
        "Entry %(number)s settled the savings of a member who has left, and stays. Who shall be a member again is "
        "taken back by a resolution; money paid too much or too little is entered as a new entry."
    )


class WaysMissing(LeavingError):
    """Either all are paid the same way, or each has the own."""

    sentence = _("Say for each payee which way the money goes.")
