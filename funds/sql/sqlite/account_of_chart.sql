-- Accounts are those of the chart; a pool has no account that belongs to the other (loans exist in the operating pool only).
CREATE TRIGGER satcha_account_of_chart BEFORE INSERT ON funds_account
BEGIN
  SELECT CASE
    WHEN NOT (NEW.code IN {pool_accounts} OR NEW.code GLOB 'K[A-Z][1-5][0-9][0-9][0-9]' AND substr(NEW.code, 3) IN {unit_accounts})
      THEN RAISE(ABORT, 'satcha:not_in_chart')
    WHEN typeof(NEW.holder) <> 'text' OR instr(CAST(NEW.holder AS BLOB), X'00') > 0 THEN RAISE(ABORT, 'satcha:holder_form')
    WHEN EXISTS (SELECT 1 FROM funds_account WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM funds_account WHERE group_id = NEW.group_id AND code = NEW.code AND holder = NEW.holder)
      THEN RAISE(ABORT, 'satcha:account_exists')
  END;
END
