DELETE FROM sign_in_proof WHERE secret NOT IN (SELECT secret FROM sign_in_session)
