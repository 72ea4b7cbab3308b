UPDATE "@ledger@".head SET position = $1, frontier = $2, recorded_at = $3
