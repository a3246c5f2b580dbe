-- An entry continues its group's chain: next number, the hash of the entry before, a time that does not run back.
-- INSERT OR REPLACE fires no DELETE trigger, so what exists already is refused here. A receipt is asked for by name before any
-- longer list: SQLite builds a list anew for each row, and nine entries of ten are receipts.
CREATE TRIGGER satcha_entry_chain BEFORE INSERT ON funds_entry
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM funds_entry WHERE id = NEW.id) THEN RAISE(ABORT, 'satcha:entry_exists')
    WHEN EXISTS (SELECT 1 FROM funds_entry WHERE group_id = NEW.group_id AND operation = NEW.operation)
      THEN RAISE(ABORT, 'satcha:operation_used')
    WHEN NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM funds_entry WHERE reverses_id = NEW.reverses_id)
      THEN RAISE(ABORT, 'satcha:reversed_already')
    WHEN NOT EXISTS (SELECT 1 FROM funds_book WHERE group_id = NEW.group_id) THEN RAISE(ABORT, 'satcha:no_book')
    WHEN p.id IS NULL AND NEW.n <> 1 THEN RAISE(ABORT, 'satcha:number_gap')
    WHEN NEW.prev <> coalesce(p.hash, {no_hash}) THEN RAISE(ABORT, 'satcha:wrong_prev')
    WHEN typeof(NEW.hash) <> 'text' OR length(CAST(NEW.hash AS BLOB)) <> 64 OR NEW.hash GLOB '*[^0-9a-f]*'
      OR typeof(NEW.memo_hash) <> 'text' OR length(CAST(NEW.memo_hash AS BLOB)) <> 64 OR NEW.memo_hash GLOB '*[^0-9a-f]*'
      THEN RAISE(ABORT, 'satcha:hash_form')
    WHEN NEW.recorded_at IS NOT strftime('%Y-%m-%d %H:%M:%S', NEW.recorded_at)
      OR NEW.booked_on IS NOT date(NEW.booked_on) THEN RAISE(ABORT, 'satcha:date_form')
    WHEN NEW.recorded_at < p.recorded_at THEN RAISE(ABORT, 'satcha:recorded_earlier')
    WHEN NEW.booked_on > date(NEW.recorded_at, '+7 hours') THEN RAISE(ABORT, 'satcha:future_date')
    WHEN NEW.kind <> 'receipt' AND {plain} NOT IN {kinds} THEN RAISE(ABORT, 'satcha:unknown_kind')
    WHEN NEW.approvers = '' AND NEW.kind <> 'receipt' AND NEW.kind NOT GLOB 'paper_*' AND {plain} IN {two_people_kinds}
      THEN RAISE(ABORT, 'satcha:second_person')
    WHEN NEW.declared <> '{}' AND {plain} <> 'meeting_close' THEN RAISE(ABORT, 'satcha:declares_not')
  END
  FROM (SELECT 1) LEFT JOIN funds_entry p ON p.id = NEW.id - 1;
END
