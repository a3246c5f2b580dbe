-- A group has one book, and it is not replaced.
CREATE TRIGGER satcha_book_once BEFORE INSERT ON funds_book
WHEN EXISTS (SELECT 1 FROM funds_book WHERE group_id = NEW.group_id)
BEGIN
  SELECT RAISE(ABORT, 'satcha:book_exists');
END
