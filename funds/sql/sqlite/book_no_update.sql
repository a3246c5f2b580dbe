-- What stands in the books stays as it stands.
CREATE TRIGGER satcha_book_no_update BEFORE UPDATE ON funds_book
BEGIN
  SELECT RAISE(ABORT, 'satcha:frozen');
END
