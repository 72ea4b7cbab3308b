-- A server at work on what nobody waits for any more stops within a second; before version 14, and on Windows,
-- it cannot look.
SELECT set_config(name, '1000', false) FROM pg_settings
WHERE name = 'client_connection_check_interval' AND version() NOT LIKE '%Visual C++%'
