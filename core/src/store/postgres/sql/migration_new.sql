INSERT INTO migration (version, name, sha256) VALUES ($1, $2, $3)
