"""Why a workbook does not come in."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from intake.workbook.problems import Problem
from members.errors import DomainError


class WorkbookRefused(DomainError):
    """The workbook has problems that must be put right first."""

    sentence = _("The workbook cannot come in yet: %(count)s things are to be corrected.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=sum(1 for problem in problems if problem.is_error))


class UploadChanged(DomainError):
    """What would come in is not what was shown."""

    sentence = _("The books or the workbook have changed since the preview. Please look at the preview again.")


class NothingUploaded(DomainError):
    """There is no workbook waiting."""

    sentence = _("No workbook is waiting for this group. Choose the file first.")


class OpeningRefused(DomainError):
    """The opening balances have problems that must be put right first."""

    sentence = _("The books cannot begin yet: %(count)s things are to be corrected.")


class NothingTyped(DomainError):
    """There are no opening balances."""

    sentence = _("No balances have been typed for this group.")


class OpeningDone(DomainError):
    """The books have begun: what was typed is no longer a draft."""

    sentence = _("The books have begun. Their opening balances cannot be changed any more.")


class RowChanged(DomainError):
    """Somebody else has saved this row since the form was opened."""

    sentence = _(
        "Someone else has changed this row meanwhile: now it says “%(now)s”. Save again to put yours in its place."
    )


class RowsTooMany(DomainError):
    """More rows than a group can have."""

    sentence = _("At most %(most)s rows can be kept. Take out what is not needed.")


class DayWrong(DomainError):
    """An account year begins on the first of a month that has come."""

    sentence = _("An account year begins on the first day of a month that has come. Choose such a day.")


class TambonUnknown(DomainError):
    """A place that is not on the official list."""

    sentence = _("The tambon code %(code)s is not known. Give six digits, such as 570101.")


class GroupCodeWrong(DomainError):
    """The code stands in addresses."""

    sentence = _("“%(code)s” cannot be a group's code. Use small letters, digits and hyphens, such as nong-bua.")
