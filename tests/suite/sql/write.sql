CREATE TABLE kept (value bigint);
INSERT INTO kept (value) VALUES (42);
