SELECT
    CAST(current_database() AS text),
    (SELECT count(*) FROM pg_stat_user_tables);
