SELECT to_regclass('sign_in_session') IS NOT NULL
