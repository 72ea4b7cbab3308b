SELECT count(DISTINCT f.thing)
FROM facts_@g@ f
WHERE f.kind = 'referral-made' AND f.on_day BETWEEN $1 AND $2
    AND f.from_position <= $3 AND (f.to_position IS NULL OR f.to_position > $3)
    AND EXISTS (
        SELECT 1 FROM facts_@g@ s
        WHERE s.kind = 'referral-declined' AND s.thing = f.thing AND s.subject = f.subject
            AND s.from_position <= $3 AND (s.to_position IS NULL OR s.to_position > $3)
    )
