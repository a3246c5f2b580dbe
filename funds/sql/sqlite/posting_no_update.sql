-- What stands in the books stays as it stands.
CREATE TRIGGER satcha_posting_no_update BEFORE UPDATE ON funds_posting
BEGIN
  SELECT RAISE(ABORT, 'satcha:frozen');
END
