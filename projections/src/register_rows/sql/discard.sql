DROP TABLE register_rows_@g@
