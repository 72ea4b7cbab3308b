SELECT release_lease($1, $2)
