-- What stands in the books stays as it stands.
CREATE TRIGGER satcha_posting_no_delete BEFORE DELETE ON funds_posting
BEGIN
  SELECT RAISE(ABORT, 'satcha:frozen');
END
