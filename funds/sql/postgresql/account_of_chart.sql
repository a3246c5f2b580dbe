-- Accounts are those of the chart; a pool has no account that belongs to the other (loans exist in the operating pool only).
CREATE OR REPLACE FUNCTION satcha_account_of_chart() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM fresh a
    WHERE NOT (a.code IN {pool_accounts} OR a.code ~ '^K[A-Z][1-5][0-9]{3}$' AND substr(a.code, 3) IN {unit_accounts})
  ) THEN
    RAISE EXCEPTION 'satcha:not_in_chart' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER satcha_account_of_chart AFTER INSERT ON public.funds_account REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION satcha_account_of_chart();
