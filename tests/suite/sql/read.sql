SELECT count(*) FROM kept WHERE value = 42;
