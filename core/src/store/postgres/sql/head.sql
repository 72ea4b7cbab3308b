SELECT ledger_id, position, epoch, frontier, recorded_at FROM head
