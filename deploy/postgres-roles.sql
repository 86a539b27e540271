-- Two roles for the portal's database: ita_owner owns the tables and migrates, ita_portal is what the portal runs as.
--
--   psql -v ON_ERROR_STOP=1 -d DATABASE -f deploy/postgres-roles.sql     as a superuser, once; again changes nothing
--   \password ita_owner     \password ita_portal                         in psql, to give each a password
--
-- The portal can then add to the trail and read it, and nothing else: it can neither take the triggers off nor empty
-- the tables (docs/trail.md). Each migration by ita_owner takes away again what a new table may have been given.

BEGIN;

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ita_owner') THEN CREATE ROLE ita_owner LOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ita_portal') THEN CREATE ROLE ita_portal LOGIN; END IF;
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO ita_owner, ita_portal', current_database());
END $$;

ALTER SCHEMA public OWNER TO ita_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ita_portal;

-- What is there already, made by whoever migrated before.
DO $$ DECLARE thing record; BEGIN
    FOR thing IN SELECT oid::regclass AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v')
    LOOP EXECUTE format('ALTER TABLE %s OWNER TO ita_owner', thing.name); END LOOP;
    FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc WHERE proname IN ('audit_event_stays', 'audit_anchor_stays')
    LOOP EXECUTE format('ALTER FUNCTION %s OWNER TO ita_owner', thing.name); END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ita_portal;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ita_portal;
ALTER DEFAULT PRIVILEGES FOR ROLE ita_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ita_portal;
ALTER DEFAULT PRIVILEGES FOR ROLE ita_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ita_portal;

-- The trail: add and read; of a head, move it on.
DO $$ BEGIN
    IF to_regclass('audit_anchor') IS NOT NULL THEN
        REVOKE ALL ON audit_event, audit_anchor, audit_head FROM ita_portal;
        GRANT SELECT, INSERT ON audit_event, audit_anchor TO ita_portal;
        GRANT SELECT, INSERT, UPDATE ON audit_head TO ita_portal;
    END IF;
    IF to_regclass('django_migrations') IS NOT NULL THEN
        REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM ita_portal;
    END IF;
END $$;

COMMIT;
