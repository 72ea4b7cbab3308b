SELECT to_regclass('sign_in_password') IS NOT NULL
    AND to_regclass('sign_in_invitation') IS NOT NULL
    AND to_regclass('sign_in_session') IS NOT NULL
    AND to_regclass('sign_in_proof') IS NOT NULL
    AND to_regclass('sign_in_code') IS NOT NULL
    AND to_regclass('sign_in_passkey') IS NOT NULL
    AND to_regclass('sign_in_challenge') IS NOT NULL
    AND to_regclass('sign_in_token') IS NOT NULL
