-- What stands in the books stays as it stands.
CREATE OR REPLACE FUNCTION satcha_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'satcha:frozen (% on %)', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER satcha_book_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.funds_book FOR EACH STATEMENT EXECUTE FUNCTION satcha_frozen();
CREATE TRIGGER satcha_account_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.funds_account FOR EACH STATEMENT EXECUTE FUNCTION satcha_frozen();
CREATE TRIGGER satcha_entry_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.funds_entry FOR EACH STATEMENT EXECUTE FUNCTION satcha_frozen();
CREATE TRIGGER satcha_posting_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.funds_posting FOR EACH STATEMENT EXECUTE FUNCTION satcha_frozen();
