"""What is refused about products, applications and guarantors, one class a rule."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class ApplyingError(DomainError):
    """Root of every refusal of products, applications and guarantors."""

    sentence: str | Promise = _("This cannot be done with this loan application.")


# --- products -----------------------------------------------------------------------------------------------


class AboveTheCap(ApplyingError):
    """Civil and Commercial Code s.654: no more than 15 % a year."""

    sentence = _(
        "With these terms a loan of %(months)s months costs %(apr)s per cent a year. "
        "The law (Civil and Commercial Code, section 654) allows at most 15 per cent. Choose a lower rate."
    )


class LateChargeAboveTheCap(ApplyingError):
    """Interest and late charge together are interest under section 654."""

    sentence = _(
        "Interest of %(apr)s per cent and a late charge of %(late)s per cent a year come above the 15 per cent a year "
        "that the law allows (Civil and Commercial Code, section 654). Choose a lower late charge."
    )


class TermsInThePast(ApplyingError):
    """Terms that hold are not changed backwards; the first ones may begin on any day."""

    sentence = _("New terms can begin today or later, and after %(day)s.")


class StepTooCoarse(ApplyingError):
    """The rounding of the instalments leaves the last one nothing to pay."""

    sentence = _(
        "%(amount)s baht cannot be divided over %(months)s months in instalments rounded to %(step)s baht. "
        "Ask for more, or for fewer months."
    )


class ProductNameTaken(ApplyingError):
    """A name stands for one product of the group."""

    sentence = _("The group already has a loan of this name. Give it new terms, or choose another name.")


class ProductClosed(ApplyingError):
    """The group no longer gives this loan, or not yet."""

    sentence = _("%(product)s is not given now. Choose another loan.")


# --- applications -------------------------------------------------------------------------------------------


class LessThanLent(ApplyingError):
    """The group's setting: the smallest loan."""

    sentence = _("The group lends at least %(least)s baht. Ask for more.")


class TooLittleAMonth(ApplyingError):
    """Nobody pays back less than a baht a month."""

    sentence = _("%(amount)s baht over %(months)s months is less than 1 baht a month. Ask for fewer months.")


class MoreThanAllowed(ApplyingError):
    """The first rule that stands against the amount, with its figures."""

    sentence = _("The member may borrow at most %(most)s baht now. %(reason)s")


class MayNotBorrow(ApplyingError):
    """A rule that no smaller amount would keep."""

    sentence = _("The member cannot borrow now. %(reason)s")


class TermTooLong(ApplyingError):
    """The product's longest term."""

    sentence = _("%(product)s is paid back within %(longest)s months at most.")


class NotInThisState(ApplyingError):
    """Somebody else decided or took it back meanwhile."""

    sentence = _("The application has moved on meanwhile: %(state)s. Look at it again.")


class NotYourPassbook(ApplyingError):
    """Only the member asks on the own page, not a parent and not whoever acts for a body."""

    sentence = _("An application on the own page is for the own passbook only.")


# --- guarantors ---------------------------------------------------------------------------------------------


class GuarantorError(ApplyingError):
    """Root of what is refused about a guarantor."""

    sentence: str | Promise = _("This member cannot stand guarantor here.")


class NoSuchGuarantor(GuarantorError):
    """Only active members stand guarantor."""

    sentence = _("No active member with this number or name.")


class SeveralGuarantorsMeant(GuarantorError):
    """A name that fits several."""

    sentence = _("Several members fit: %(names)s. Type the number.")


class BorrowerIsNoGuarantor(GuarantorError):
    """Nobody secures the own debt by the own word."""

    sentence = _("The borrower cannot be the own guarantor.")


class KindMayNotGuarantee(GuarantorError):
    """The switches of the member's kind, or a child."""

    sentence = _("%(name)s may not stand guarantor: the group allows it to adult ordinary members.")


class NamedAlready(GuarantorError):
    """One word is enough."""

    sentence = _("%(name)s already stands in this application.")


class TooManyGuarantees(GuarantorError):
    """The group's setting: most live guarantees of one member."""

    sentence = _("%(name)s already stands guarantor for %(count)s loans; the group's rule is at most %(most)s.")


class SpouseAlone(GuarantorError):
    """A couple is one purse."""

    sentence = _("%(name)s is the borrower's spouse. A spouse alone is no security: name another guarantor first.")


class GuarantorDecides(GuarantorError):
    """Who decides on an application has no part in it."""

    sentence = _("%(name)s has decided on this application and cannot stand guarantor for it.")


class OwnWordOnPaper(GuarantorError):
    """Whoever gains by the signature does not record it."""

    sentence = _("The signature is recorded by an officer who is neither the borrower nor the guarantor.")


class CoverTooSmall(GuarantorError):
    """The free savings of the guarantor carry the part."""

    sentence = _(
        "%(name)s would stand for %(part)s baht but has only %(free)s baht of free pledge savings. "
        "Name a further guarantor, or ask for less."
    )


class AccountTooYoung(GuarantorError):
    """A stolen slip must not make a guarantor."""

    sentence = _(
        "This account was opened on %(opened)s. For safety a guarantee can be confirmed here from %(day)s on; "
        "until then sign on paper at the committee's table."
    )


class NotAskedNow(GuarantorError):
    """The word was given, refused or is no longer needed."""

    sentence = _("This guarantee no longer waits for an answer.")


class GuaranteeStands(GuarantorError):
    """From the contract on a guarantor is replaced, not let go."""

    sentence = _("The contract is made: this guarantor can only be replaced by another.")
