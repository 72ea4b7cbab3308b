INSERT INTO head (ledger_id, position, epoch, frontier, recorded_at) VALUES ($1, $2, $3, $4, $5)
