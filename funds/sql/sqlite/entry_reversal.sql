-- A reversal mirrors its original account by account. What touched income or cost of a closed year is corrected in the open year:
-- the mirror books income and cost to the undivided profit (administrative pool: to its fund).
CREATE TRIGGER satcha_entry_reversal BEFORE INSERT ON funds_entry
WHEN NEW.reverses_id IS NOT NULL OR {plain} IN ('reversal', 'prior_year')
BEGIN
  SELECT CASE
    WHEN {plain} NOT IN ('reversal', 'prior_year') THEN RAISE(ABORT, 'satcha:reverses_not')
    WHEN {plain} = 'reversal' AND NEW.reverses_id IS NULL THEN RAISE(ABORT, 'satcha:reverses_nothing')
    WHEN {plain} = 'prior_year' AND EXISTS (
        SELECT 1 FROM funds_posting q JOIN funds_account a ON a.id = q.account_id
        WHERE q.entry_id = NEW.id AND {type} IN ('4', '5')
      ) THEN RAISE(ABORT, 'satcha:prior_year_result')
  END;
  SELECT CASE
    WHEN o.id IS NULL OR o.group_id <> NEW.group_id OR o.id >= NEW.id THEN RAISE(ABORT, 'satcha:reverses_unknown')
    WHEN CASE WHEN o.kind GLOB 'paper_*' THEN substr(o.kind, 7) ELSE o.kind END NOT IN {reversible_kinds}
      THEN RAISE(ABORT, 'satcha:irreversible')
    WHEN ({plain} = 'prior_year') <> (
        o.booked_on <= NEW.locked_through AND EXISTS (
          SELECT 1 FROM funds_posting q JOIN funds_account a ON a.id = q.account_id
          WHERE q.entry_id = NEW.reverses_id AND {type} IN ('4', '5')
        )
      ) THEN RAISE(ABORT, 'satcha:closed_year_result')
    WHEN EXISTS (
        SELECT 1 FROM (
          SELECT CASE WHEN {plain} = 'reversal' OR {type} NOT IN ('4', '5') THEN a.code ELSE {profit_account} END AS code,
                 CASE WHEN {plain} = 'reversal' OR {type} NOT IN ('4', '5') THEN a.holder ELSE '' END AS holder,
                 q.amount AS amount
          FROM funds_posting q JOIN funds_account a ON a.id = q.account_id
          WHERE q.entry_id IN (NEW.id, NEW.reverses_id)
        ) GROUP BY code, holder HAVING sum(amount) <> 0
      ) THEN RAISE(ABORT, 'satcha:not_mirrored')
  END
  FROM (SELECT 1) LEFT JOIN funds_entry o ON o.id = NEW.reverses_id
  WHERE NEW.reverses_id IS NOT NULL;
END
