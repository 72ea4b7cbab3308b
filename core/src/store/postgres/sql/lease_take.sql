SELECT taken_epoch, left_millis FROM take_lease($1, $2, $3)
