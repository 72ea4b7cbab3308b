SELECT * FROM facts_@g@
