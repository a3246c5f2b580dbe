"""What admission refuses, one class a rule."""

from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class AdmissionError(DomainError):
    """Root of every refusal about applications."""

    sentence = _("This application cannot be decided now.")


class NothingDecided(AdmissionError):
    """A resolution about nobody is none about admission."""

    sentence = _("Choose for at least one applicant: admit or refuse.")


class NotWaiting(AdmissionError):
    """Only who has applied and is not refused waits for the committee."""

    sentence = _("%(name)s has no application that waits. Somebody else may have decided it; look at the list again.")


class DecidedBeforeApplied(AdmissionError):
    """Nobody is decided on before they apply."""

    sentence = _("%(name)s applied on %(applied)s, after the day of this resolution.")


class RefusalUnexplained(AdmissionError):
    """Whoever is refused is told why."""

    sentence = _("Type why %(name)s is refused. The reason is told to the applicant.")


class MinorNeedsParent(AdmissionError):
    """A minor saves through a parent who is a member and of age."""

    sentence = _("%(name)s is under %(age)s. Give the member number of the parent who saves for the child.")


class ParentUnfit(AdmissionError):
    """The parent is a member, of age, and somebody else."""

    sentence = _("The parent must be another member of the group who is of age and has not left.")


class BodyUnrepresented(AdmissionError):
    """A body acts through a person."""

    sentence = _("Give the representative of %(name)s. A body acts through a person.")


class NotRefused(AdmissionError):
    """Only a refused application is made anew."""

    sentence = _("%(name)s is not refused and need not apply again.")


class NotOfAge(AdmissionError):
    """Only a child that has come of age saves on their own."""

    sentence = _("%(name)s is not of age yet, or saves without a parent already.")
