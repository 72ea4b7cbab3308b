DROP TABLE facts_@g@
