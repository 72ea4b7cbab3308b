SELECT count(to_regclass($1))
