-- Postings come before their entry; once it is there, nothing is added to it. A posting without an entry fails at commit, by the
-- deferred foreign key.
CREATE TRIGGER satcha_posting_before_seal BEFORE INSERT ON funds_posting
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM funds_entry WHERE id = NEW.entry_id) THEN RAISE(ABORT, 'satcha:sealed')
    WHEN EXISTS (SELECT 1 FROM funds_posting WHERE entry_id = NEW.entry_id AND line = NEW.line)
      OR EXISTS (SELECT 1 FROM funds_posting WHERE rowid = NEW.rowid) THEN RAISE(ABORT, 'satcha:posting_exists')
  END;
END
