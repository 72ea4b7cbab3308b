DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '@ledger@_owner') THEN
        CREATE ROLE "@ledger@_owner" NOLOGIN;
    END IF;
    -- A new role has no password, so nobody signs in with it over the network until it gets one.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '@app@') THEN
        CREATE ROLE "@app@" LOGIN;
    END IF;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT "@ledger@_owner", "@app@" TO %I', current_user);
    END IF;
END
$$;
CREATE SCHEMA "@ledger@" AUTHORIZATION "@ledger@_owner";
CREATE SCHEMA "@ledger@_views" AUTHORIZATION "@app@";
