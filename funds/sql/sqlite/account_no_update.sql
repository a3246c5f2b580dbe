-- What stands in the books stays as it stands.
CREATE TRIGGER satcha_account_no_update BEFORE UPDATE ON funds_account
BEGIN
  SELECT RAISE(ABORT, 'satcha:frozen');
END
