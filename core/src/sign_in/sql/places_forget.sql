DELETE FROM sign_in_place WHERE secret NOT IN (SELECT secret FROM sign_in_session)
