-- Entries continue their group's chain (number, hash, time, both lock dates) and have the postings that their kind needs.
-- Joins go by the single-column key, one look-up a row: the planner must never choose to read a table whole.
CREATE OR REPLACE FUNCTION satcha_entry_chain() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  bad record;
BEGIN
  SELECT * INTO bad FROM (
    SELECT e.id, CASE
      WHEN e.n = 1 AND NOT EXISTS (SELECT FROM funds_book b WHERE b.group_id = e.group_id) THEN 'no_book'
      WHEN p.id IS NULL AND e.n <> 1 THEN 'number_gap'
      WHEN e.prev <> coalesce(p.hash, {no_hash}) THEN 'wrong_prev'
      WHEN e.hash !~ '^[0-9a-f]{64}$' THEN 'hash_form'
      WHEN e.recorded_at <> date_trunc('second', e.recorded_at) OR NOT isfinite(e.booked_on) THEN 'date_form'
      WHEN e.recorded_at < p.recorded_at THEN 'recorded_earlier'
      WHEN e.booked_on > (e.recorded_at AT TIME ZONE 'Asia/Bangkok')::date THEN 'future_date'
      WHEN {plain} NOT IN {kinds} THEN 'unknown_kind'
      WHEN e.approvers = '' AND e.kind NOT LIKE 'paper\_%' AND {plain} IN {two_people_kinds} THEN 'second_person'
      WHEN e.declared <> '{}' AND {plain} <> 'meeting_close' THEN 'declares_not'
      WHEN e.booked_on <= coalesce(p.locked_through, {no_date}) THEN 'period_locked'
      WHEN e.locked_through <> CASE WHEN {plain} IN {locking_kinds} THEN e.booked_on
        ELSE coalesce(p.locked_through, {no_date}) END THEN 'locked_through'
      WHEN e.declared_through <> CASE WHEN {plain} IN {declaring_kinds} THEN e.booked_on
        ELSE coalesce(p.declared_through, {no_date}) END THEN 'declared_through'
      WHEN {plain} IN {declaring_kinds} AND e.booked_on <= coalesce(p.declared_through, {no_date}) THEN 'declared_already'
      WHEN {plain} = 'opening' AND coalesce(p.locked_through, {no_date}) <> {no_date} THEN 'opened_already'
      WHEN {plain} <> 'opening' AND {plain} NOT IN {decision_kinds} AND coalesce(p.locked_through, {no_date}) = {no_date}
        THEN 'not_opened'
      WHEN e.lines = 0 AND {plain} NOT IN {optional_kinds} AND {plain} NOT IN {lineless_kinds} THEN 'needs_postings'
      WHEN e.lines > 0 AND {plain} IN {lineless_kinds} THEN 'takes_no_postings'
      WHEN e.lines > 0 AND NOT EXISTS (SELECT FROM funds_posting q WHERE q.entry_id = e.id AND q.line = 1) THEN 'lines'
    END AS rule
    FROM fresh e LEFT JOIN funds_entry p ON p.id = e.id - 1
  ) checked WHERE rule IS NOT NULL ORDER BY id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'satcha:% (entry %)', bad.rule, bad.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER satcha_entry_chain AFTER INSERT ON public.funds_entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION satcha_entry_chain();
