-- A server at work on what nobody waits for any more stops within a second, but for one that cannot look:
-- before version 14, and on Windows.
SELECT set_config(name, '1000', false) FROM pg_settings
WHERE name = 'client_connection_check_interval' AND version() NOT LIKE '%Visual C++%'
