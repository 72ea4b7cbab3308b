SELECT version, sha256 FROM migration ORDER BY version
