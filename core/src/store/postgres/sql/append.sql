SELECT written, head_position, head_epoch, head_frontier, head_time
FROM append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
