SELECT count(*), coalesce(max(position), 0)
FROM register_rows_@g@
