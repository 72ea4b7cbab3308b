# Unmounts a test's volume once the test process is done with it or has ended, however it ended: the
# process holds the other end of standard input, and the system closes it. Argument: the folder.
# A server on it is stopped by a watchdog of its own, for which this one waits.
trap '' HUP INT QUIT TERM
cat >/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  [ -e "$1"/care-ledger-test-* ] || break
  sleep 0.5
done
umount "$1" || umount -l "$1"
rmdir "$1"
