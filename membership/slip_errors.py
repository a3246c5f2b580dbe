"""Why a slip cannot be issued or used."""

from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class SlipRefused(DomainError):
    """A slip cannot be issued or used."""

    sentence = _("This slip cannot be used.")


class SlipUnknown(SlipRefused):
    """Unknown, used, replaced, expired or spent: one answer for all, so that nothing can be found out by trying."""

    sentence = _("This code does not work. Check it against your slip, or ask the committee for a new one.")


class SlipDelayed(SlipRefused):
    """Too many wrong codes from one place."""

    sentence = _("This code does not work. Try again in %(seconds)s seconds.")


class ProofWrong(SlipRefused):
    """The birth date is not the one on file."""

    sentence = _("The birth date does not match the register. Tries left with this slip: %(left)s")


class SlipSpent(SlipRefused):
    """Five wrong birth dates."""

    sentence = _("The birth date did not match five times. Please ask the committee for a new slip.")


class NotTheirSlip(SlipRefused):
    """The secretary issues slips; nobody issues their own."""

    sentence = _("The secretary issues slips. The secretary's own slip is issued by another officer.")


class HandoverUnsigned(SlipRefused):
    """Without a birth date on file, a second officer signs that the slip was handed to the right person."""

    sentence = _("No birth date of %(name)s is on file. A second officer must sign that the slip is handed over.")


class SittingOfficerUnsigned(SlipRefused):
    """With a new slip of an officer somebody else could sit in the office; two officers stand behind it."""

    sentence = _("%(name)s holds or held an office and had a slip before. A second officer must sign for a new one.")


class ForeignMember(SlipRefused):
    """A member of another group."""

    sentence = _("This belongs to another group.")


class HasLeft(SlipRefused):
    """An applicant has no passbook yet; a person who died gets no slip."""

    sentence = _("%(name)s cannot get a slip now.")


class IssuedAlready(SlipRefused):
    """The same button, once more: the slips of the first click are on their way to the printer."""

    sentence = _("These slips were issued already. Look at the list before you issue another.")
