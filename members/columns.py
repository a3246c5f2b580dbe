"""What other rooms of the house put beside each member in the register's files (settings.MEMBER_COLUMNS)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from members.models import SavingsGroup
from papers.tables import Cell


@dataclass(frozen=True)
class Columns:
    """Further columns of a group's members: the heads, the cells by member id, and those of everybody else."""

    heads: Sequence[str]
    cells: Mapping[int, Sequence[Cell]]
    otherwise: Sequence[Cell]

    def of(self, member_id: int) -> Sequence[Cell]:
        """The cells of one member."""
        return self.cells.get(member_id, self.otherwise)


def further_columns(group: SavingsGroup) -> list[Columns]:
    """The columns of every room that has some, in the settings' order."""
    return [import_string(name)(group) for name in settings.MEMBER_COLUMNS]
