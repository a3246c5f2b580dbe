-- The insert of the entry seals it: its postings are there already, exactly as many as it declares, of its group and its day, on
-- accounts of its group, in whole units, with sum zero in each balancing unit. Counted cash stays as declared; money changes its
-- pool only by the kinds that may; money leaves only with a second person.
CREATE TRIGGER satcha_entry_postings BEFORE INSERT ON funds_entry
BEGIN
  SELECT CASE
    WHEN count(*) <> NEW.lines OR coalesce(min(q.line), 0) <> (NEW.lines > 0) OR coalesce(max(q.line), 0) <> NEW.lines
      THEN RAISE(ABORT, 'satcha:lines')
    WHEN NEW.lines = 0 AND {plain} NOT IN {optional_kinds} AND {plain} NOT IN {lineless_kinds}
      THEN RAISE(ABORT, 'satcha:needs_postings')
    WHEN NEW.lines > 0 AND NEW.kind <> 'receipt' AND {plain} IN {lineless_kinds} THEN RAISE(ABORT, 'satcha:takes_no_postings')
    WHEN sum(typeof(q.amount) <> 'integer' OR typeof(q.line) <> 'integer') > 0 THEN RAISE(ABORT, 'satcha:not_whole')
    WHEN sum(q.amount = 0 OR q.amount NOT BETWEEN -9007199254740991 AND 9007199254740991) > 0
      THEN RAISE(ABORT, 'satcha:posting_amount')
    WHEN sum(q.group_id <> NEW.group_id) > 0 THEN RAISE(ABORT, 'satcha:posting_of_other_group')
    WHEN sum(q.booked_on IS NOT NEW.booked_on) > 0 THEN RAISE(ABORT, 'satcha:posting_of_other_day')
    WHEN count(a.id) <> count(*) THEN RAISE(ABORT, 'satcha:unknown_account')
    WHEN sum(a.group_id <> NEW.group_id) > 0 THEN RAISE(ABORT, 'satcha:account_of_other_group')
    WHEN sum(CASE WHEN a.code GLOB 'O*' THEN q.amount ELSE 0 END) <> 0
      OR sum(CASE WHEN a.code GLOB 'A*' THEN q.amount ELSE 0 END) <> 0
      OR sum(a.code GLOB 'K*') > 0 AND EXISTS (
        SELECT 1 FROM funds_posting k JOIN funds_account b ON b.id = k.account_id
        WHERE k.entry_id = NEW.id GROUP BY rtrim(b.code, '0123456789') HAVING sum(k.amount) <> 0
      ) THEN RAISE(ABORT, 'satcha:unbalanced')
    WHEN sum(a.code IN {cash}) > 0 AND {plain} <> 'opening' AND NEW.booked_on <= NEW.declared_through
      THEN RAISE(ABORT, 'satcha:declared_account')
    WHEN (
        sum(CASE WHEN a.code IN {operating_money} THEN q.amount ELSE 0 END)
        * sum(CASE WHEN a.code IN {administrative_money} THEN q.amount ELSE 0 END) < 0
        OR sum(a.code IN {between_pools}) > 0
      ) AND {plain} NOT IN {between_pools_kinds} AND NOT EXISTS (
        SELECT 1 FROM funds_entry o WHERE o.id = NEW.reverses_id
        AND CASE WHEN o.kind GLOB 'paper_*' THEN substr(o.kind, 7) ELSE o.kind END IN {between_pools_kinds}
      ) THEN RAISE(ABORT, 'satcha:pools_crossed')
    WHEN sum(a.code IN {money} AND q.amount < 0) > 0 AND NEW.approvers = '' AND NEW.kind NOT GLOB 'paper_*'
      THEN RAISE(ABORT, 'satcha:second_person')
  END
  FROM funds_posting q LEFT JOIN funds_account a ON a.id = q.account_id
  WHERE q.entry_id = NEW.id;
END
