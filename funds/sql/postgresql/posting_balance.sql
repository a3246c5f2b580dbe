-- Postings come in the statement of their entry, all of them: lines 1 to k as it declares, of its group and its day, on accounts of
-- its group, with sum zero in each balancing unit. What is added later repeats a line or exceeds the count. This trigger is the
-- reference to entry and account (neither is ever deleted or re-keyed); a foreign key would cost more than all of it.
-- Counted cash stays as declared; money changes its pool only by the kinds that may; money leaves only with a second person.
CREATE OR REPLACE FUNCTION satcha_posting_balance() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
  bad record;
BEGIN
  SELECT * INTO bad FROM (
    SELECT s.entry_id, CASE
      WHEN e.id IS NULL THEN 'orphan_posting'
      WHEN s.lines <> e.lines OR s.first <> 1 OR s.last <> e.lines THEN 'lines'
      WHEN s.least_group <> e.group_id OR s.most_group <> e.group_id THEN 'posting_of_other_group'
      WHEN s.least_day <> e.booked_on OR s.most_day <> e.booked_on THEN 'posting_of_other_day'
      WHEN s.accounts <> s.lines THEN 'unknown_account'
      WHEN s.least_owner <> e.group_id OR s.most_owner <> e.group_id THEN 'account_of_other_group'
      WHEN s.operating <> 0 OR s.administrative <> 0 THEN 'unbalanced'
      WHEN s.units AND EXISTS (
          SELECT FROM funds_posting k JOIN funds_account b ON b.id = k.account_id
          WHERE k.entry_id = s.entry_id GROUP BY rtrim(b.code, '0123456789') HAVING sum(k.amount) <> 0
        ) THEN 'unbalanced'
      WHEN s.touches_cash AND e.booked_on <= e.declared_through AND {plain} <> 'opening' THEN 'declared_account'
      WHEN (s.touches_between OR s.operating_money * s.administrative_money < 0) AND {plain} NOT IN {between_pools_kinds}
        AND coalesce((SELECT regexp_replace(o.kind, '^paper_', '') FROM funds_entry o WHERE o.id = e.reverses_id), '')
          NOT IN {between_pools_kinds} THEN 'pools_crossed'
      WHEN s.money_falls AND e.approvers = '' AND left(e.kind, 6) <> 'paper_' THEN 'second_person'
    END AS rule
    FROM (
      SELECT q.entry_id, count(*) AS lines, min(q.line) AS first, max(q.line) AS last, count(a.id) AS accounts,
        min(q.group_id) AS least_group, max(q.group_id) AS most_group,
        min(q.booked_on) AS least_day, max(q.booked_on) AS most_day,
        min(a.group_id) AS least_owner, max(a.group_id) AS most_owner,
        coalesce(sum(q.amount) FILTER (WHERE a.code LIKE 'O%'), 0) AS operating,
        coalesce(sum(q.amount) FILTER (WHERE a.code LIKE 'A%'), 0) AS administrative,
        bool_or(a.code LIKE 'K%') AS units,
        bool_or(a.code IN {cash}) AS touches_cash,
        bool_or(a.code IN {between_pools}) AS touches_between,
        coalesce(sum(q.amount) FILTER (WHERE a.code IN {operating_money}), 0) AS operating_money,
        coalesce(sum(q.amount) FILTER (WHERE a.code IN {administrative_money}), 0) AS administrative_money,
        bool_or(a.code IN {money} AND q.amount < 0) AS money_falls
      FROM fresh q
      LEFT JOIN LATERAL (SELECT b.id, b.group_id, b.code FROM funds_account b WHERE b.id = q.account_id OFFSET 0) a ON true
      GROUP BY q.entry_id
    ) s LEFT JOIN LATERAL (SELECT * FROM funds_entry b WHERE b.id = s.entry_id OFFSET 0) e ON true
  ) checked WHERE rule IS NOT NULL ORDER BY entry_id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'satcha:% (entry %)', bad.rule, bad.entry_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER satcha_posting_balance AFTER INSERT ON public.funds_posting REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION satcha_posting_balance();
