SELECT
    rolsuper OR pg_has_role(current_user, $1, 'MEMBER'),
    current_setting('fsync')::boolean AND current_setting('full_page_writes')::boolean
FROM pg_roles
WHERE rolname = current_user
