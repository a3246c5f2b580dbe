"""The purposes as they are typed beside what they would get: the rows of the page on which a share-out is tried."""

from dataclasses import dataclass

from shareout.bar import swatch
from shareout.forms.policies import HeadRow, PolicyForm
from shareout.head_words import head_label
from shareout.policy import WHOLE, Head
from shareout.selectors.trial import HeadLine, LastYear, Trial


@dataclass(frozen=True)
class HeadShown:
    """A purpose on the page. satang: what it gets; is_rough: while the percentages do not sum to 100, only about."""

    row: HeadRow
    label: str
    swatch: str
    satang: int | None
    is_rough: bool
    line: HeadLine | None
    last_points: int | None

    @property
    def is_named(self) -> bool:
        """Whether it is anything: another fund is once it has a name or a percentage."""
        return self.row.head is not Head.OTHER or bool(self.row.said or self.row.points)


def heads_shown(
    form: PolicyForm, trial: Trial | None, last: LastYear | None, distributable: int
) -> tuple[list[HeadShown], list[HeadShown]]:
    """The named purposes and the other funds."""
    lines = {(line.head, line.name): line for line in trial.heads} if trial else {}
    found: list[HeadShown] = []
    for row in [*form.heads, *form.funds]:
        line = lines.get((str(row.head), row.said))
        before = last.head(row.head, row.said) if last else None
        is_rough = trial is None and row.points is not None and not form.is_fixed
        rough = distributable * (row.points or 0) // WHOLE if is_rough else None
        found.append(
            HeadShown(
                row=row,
                label=head_label(row.head, row.said),
                swatch=swatch(row.head),
                satang=line.satang if line else (0 if trial else rough),
                is_rough=is_rough,
                line=line,
                last_points=before.share_bp if before else None,
            )
        )
    return found[: len(form.heads)], found[len(form.heads) :]
