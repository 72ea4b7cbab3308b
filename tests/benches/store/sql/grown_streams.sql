INSERT INTO "@ledger@".streams (id, name, category)
SELECT n.id, n.name, 'bench' FROM unnest($1::bigint[], $2::text[]) AS n (id, name)
