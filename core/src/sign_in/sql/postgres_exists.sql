SELECT to_regclass('sign_in_token') IS NOT NULL
