SELECT count(to_regclass('projection'))
