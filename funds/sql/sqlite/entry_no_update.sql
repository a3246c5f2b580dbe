-- What stands in the books stays as it stands.
CREATE TRIGGER satcha_entry_no_update BEFORE UPDATE ON funds_entry
BEGIN
  SELECT RAISE(ABORT, 'satcha:frozen');
END
