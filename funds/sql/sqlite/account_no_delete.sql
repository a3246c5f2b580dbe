-- What stands in the books stays as it stands.
CREATE TRIGGER satcha_account_no_delete BEFORE DELETE ON funds_account
BEGIN
  SELECT RAISE(ABORT, 'satcha:frozen');
END
