SELECT to_regclass('key_store') IS NOT NULL
