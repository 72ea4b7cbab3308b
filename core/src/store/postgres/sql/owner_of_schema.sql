SELECT pg_get_userbyid(nspowner)::text FROM pg_namespace WHERE nspname = $1
