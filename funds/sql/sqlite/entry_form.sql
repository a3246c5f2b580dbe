-- An entry's columns have the one form that the format gives them, so that nothing hides in another spelling: an operation as 32
-- small hex digits, persons' codes as the journal writes them, approvers sorted and each once, declared cash as whole satang.
-- GLOB and length() end at a NUL, CAST to BLOB does not; what a CHECK says is said again, for a PRAGMA can put the CHECKs to sleep.
CREATE TRIGGER satcha_entry_form BEFORE INSERT ON funds_entry
BEGIN
  SELECT CASE
    WHEN typeof(NEW.id) <> 'integer' OR typeof(NEW.n) <> 'integer' OR NEW.n < 1 OR NEW.n >= 4294967296
      OR NEW.id <> NEW.group_id * 4294967296 + NEW.n THEN RAISE(ABORT, 'satcha:number_form')
    WHEN typeof(NEW.operation) <> 'text' OR length(CAST(NEW.operation AS BLOB)) <> 32 OR NEW.operation GLOB '*[^0-9a-f]*'
      THEN RAISE(ABORT, 'satcha:operation_form')
    WHEN typeof(NEW.maker) <> 'text' OR length(CAST(NEW.maker AS BLOB)) NOT BETWEEN 1 AND 32
      OR length(NEW.maker) <> length(CAST(NEW.maker AS BLOB))
      OR NEW.maker GLOB '*[^a-z0-9-]*' OR NEW.maker GLOB '-*' THEN RAISE(ABORT, 'satcha:people_form')
    WHEN typeof(NEW.approvers) <> 'text' OR length(NEW.approvers) <> length(CAST(NEW.approvers AS BLOB))
      OR NEW.approvers GLOB '*[^a-z0-9,-]*' OR NEW.approvers GLOB ',*' OR NEW.approvers GLOB '*,' OR NEW.approvers GLOB '*,,*'
      OR ',' || NEW.approvers GLOB '*,-*' THEN RAISE(ABORT, 'satcha:people_form')
    WHEN instr(',' || NEW.approvers || ',', ',' || NEW.maker || ',') > 0 THEN RAISE(ABORT, 'satcha:maker_approves')
    WHEN typeof(NEW.declared) <> 'text' OR NOT json_valid(NEW.declared) THEN RAISE(ABORT, 'satcha:declared_form')
  END;
  SELECT CASE
    WHEN instr(NEW.approvers, ',') > 0 AND EXISTS (
        SELECT 1 FROM json_each('["' || replace(NEW.approvers, ',', '","') || '"]') a
        JOIN json_each('["' || replace(NEW.approvers, ',', '","') || '"]') b ON b.key = a.key + 1
        WHERE b.value <= a.value
      ) THEN RAISE(ABORT, 'satcha:people_form')
    WHEN (NEW.kind = 'meeting_close' OR NEW.declared <> '{}') AND (
        (SELECT count(*) FROM json_each(NEW.declared)) <> {cash_count} OR EXISTS (
          SELECT 1 FROM json_each(NEW.declared) d
          WHERE d.type <> 'integer' OR d.key NOT IN {cash} OR abs(d.atom) > 9007199254740991
        ) OR (SELECT count(DISTINCT d.key) FROM json_each(NEW.declared) d) <> {cash_count}
      ) THEN RAISE(ABORT, 'satcha:declared_form')
  END;
END
