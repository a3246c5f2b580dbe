-- A lock is an entry: both lock dates are carried from the entry before, or set by the kinds that set them, and bind the rest.
-- Nothing but decisions stands before the opening, and there is one opening.
CREATE TRIGGER satcha_entry_dates BEFORE INSERT ON funds_entry
BEGIN
  SELECT CASE
    WHEN NEW.booked_on <= p.locked_through THEN RAISE(ABORT, 'satcha:period_locked')
    WHEN NEW.locked_through <> CASE WHEN {plain} IN {locking_kinds} THEN NEW.booked_on ELSE p.locked_through END
      THEN RAISE(ABORT, 'satcha:locked_through')
    WHEN NEW.declared_through <> CASE WHEN {plain} IN {declaring_kinds} THEN NEW.booked_on ELSE p.declared_through END
      THEN RAISE(ABORT, 'satcha:declared_through')
    WHEN {plain} IN {declaring_kinds} AND NEW.booked_on <= p.declared_through THEN RAISE(ABORT, 'satcha:declared_already')
    WHEN {plain} = 'opening' AND p.locked_through <> {no_date} THEN RAISE(ABORT, 'satcha:opened_already')
    WHEN p.locked_through = {no_date} AND {plain} <> 'opening' AND {plain} NOT IN {decision_kinds}
      THEN RAISE(ABORT, 'satcha:not_opened')
  END
  FROM (
    SELECT coalesce(max(locked_through), {no_date}) AS locked_through,
           coalesce(max(declared_through), {no_date}) AS declared_through
    FROM funds_entry WHERE id = NEW.id - 1
  ) p;
END
