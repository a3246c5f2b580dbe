-- A reversal mirrors its original account by account. What touched income or cost of a closed year is corrected in the open year:
-- the mirror books income and cost to the undivided profit (administrative pool: to its fund).
CREATE OR REPLACE FUNCTION satcha_entry_reversal() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
  bad record;
BEGIN
  IF NOT EXISTS (SELECT FROM fresh e WHERE e.reverses_id IS NOT NULL OR {plain} IN ('reversal', 'prior_year')) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO bad FROM (
    SELECT r.id, CASE
      WHEN r.plain NOT IN ('reversal', 'prior_year') THEN 'reverses_not'
      WHEN r.plain = 'reversal' AND r.reverses_id IS NULL THEN 'reverses_nothing'
      WHEN r.plain = 'prior_year' AND EXISTS (
          SELECT FROM funds_posting q JOIN funds_account a ON a.id = q.account_id
          WHERE q.entry_id = r.id AND {type} IN ('4', '5')
        ) THEN 'prior_year_result'
      WHEN r.reverses_id IS NULL THEN NULL
      WHEN o.id IS NULL OR o.group_id <> r.group_id OR o.id >= r.id THEN 'reverses_unknown'
      WHEN regexp_replace(o.kind, '^paper_', '') NOT IN {reversible_kinds} THEN 'irreversible'
      WHEN (r.plain = 'prior_year') <> (
          o.booked_on <= r.locked_through AND EXISTS (
            SELECT FROM funds_posting q JOIN funds_account a ON a.id = q.account_id
            WHERE q.entry_id = r.reverses_id AND {type} IN ('4', '5')
          )
        ) THEN 'closed_year_result'
      WHEN EXISTS (
          SELECT FROM (
            SELECT CASE WHEN r.plain = 'reversal' OR {type} NOT IN ('4', '5') THEN a.code ELSE {profit_account} END AS code,
                   CASE WHEN r.plain = 'reversal' OR {type} NOT IN ('4', '5') THEN a.holder ELSE '' END AS holder,
                   q.amount
            FROM funds_posting q JOIN funds_account a ON a.id = q.account_id
            WHERE q.entry_id IN (r.id, r.reverses_id)
          ) both_entries GROUP BY code, holder HAVING sum(amount) <> 0
        ) THEN 'not_mirrored'
    END AS rule
    FROM (SELECT e.id, e.group_id, e.reverses_id, e.locked_through, {plain} AS plain FROM fresh e) r
    LEFT JOIN LATERAL (SELECT * FROM funds_entry b WHERE b.id = r.reverses_id OFFSET 0) o ON true
    WHERE r.reverses_id IS NOT NULL OR r.plain IN ('reversal', 'prior_year')
  ) checked WHERE rule IS NOT NULL ORDER BY id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'satcha:% (entry %)', bad.rule, bad.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER satcha_entry_reversal AFTER INSERT ON public.funds_entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION satcha_entry_reversal();
