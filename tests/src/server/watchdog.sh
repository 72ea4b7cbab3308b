# Stops a test server and removes its folder once the test process has ended, however it ended:
# the process holds the other end of standard input, and the system closes it.
# Arguments: the folder, then pg_ctl with whatever runs it as the right user.
trap '' HUP INT QUIT TERM
cat >/dev/null
folder=$1
shift
cd "$folder" && "$@" -D "$folder/data" -m immediate -w stop
cd / && rm -rf -- "$folder"
