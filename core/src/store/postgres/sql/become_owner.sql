SET LOCAL ROLE "@ledger@_owner"; SET LOCAL search_path = "@ledger@", pg_temp
