REVOKE ALL ON SCHEMA "@ledger@" FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA "@ledger@" FROM PUBLIC;
GRANT USAGE ON SCHEMA "@ledger@" TO "@app@";
GRANT SELECT ON ALL TABLES IN SCHEMA "@ledger@" TO "@app@";
GRANT EXECUTE ON FUNCTION append_events, take_lease, release_lease TO "@app@";
