-- What stands in the books stays as it stands.
CREATE TRIGGER satcha_entry_no_delete BEFORE DELETE ON funds_entry
BEGIN
  SELECT RAISE(ABORT, 'satcha:frozen');
END
