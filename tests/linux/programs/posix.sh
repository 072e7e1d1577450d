# What any shell of POSIX does; the test runs it under each of Debian's static shells.
PATH=/linux/bin:/bin
exec 2>&1 </dev/null
cd /tmp || exit 1
mkdir posix.sh.d
cd posix.sh.d || exit 1

echo "== words"
a='two  words' b=${none:-default}
echo "$a" $a "$b" ${#a} ${a%% *} ${a##* } $((7 * 6 - 10 / 3)) $((0x1f ^ 5))
set -- one 'two three' four
echo $# "$2" "$*"
for word in "$@"; do printf '<%s>' "$word"; done
echo
case $a in t*words) echo matches ;; *) echo does not ;; esac

echo "== functions and loops"
count() { local_n=$1; while [ "$local_n" -gt 0 ]; do printf '%s ' "$local_n"; local_n=$((local_n - 1)); done; }
count 5; echo
sum=0; for i in 1 2 3 4 5; do [ $i = 3 ] && continue; sum=$((sum + i)); done; echo $sum
until [ $sum -le 9 ]; do sum=$((sum - 1)); done; echo $sum

echo "== substitution and pipes"
echo "$(echo inner; echo lines)" `echo old style`
seq 1 1000 | while read -r n; do total=$((total + n)); [ $n = 1000 ] && echo $total; done
echo abc | tr a-c A-C | { read -r x; echo "got $x"; }
(exit 7); echo $?
false | true; echo $?
! true; echo $?
{ echo out; echo err >&2; } 2>&1 | cat

echo "== redirection"
echo first >file; echo second >>file; cat <file
cat <<END
here $a
END
cat <<'END'
as it is $a
END
exec 3>other; echo to three >&3; exec 3>&-; cat other
cat nothing >/dev/null 2>&1 || echo "no file: $?"
wc -c <file | tr -d ' '

echo "== names"
touch b1 b2 c1; echo b* [bc]1 ?2 none*
rm b1 b2 c1; [ -f file ] && [ ! -e b1 ] && [ -d . ] && [ -s file ] && echo tests
pwd; cd /; pwd; cd - >/dev/null; pwd
umask 027; echo x >masked; ls -l masked | cut -c1-10; umask 022

echo "== processes"
sleep 0.01 & wait $!; echo "waited $?"
(exit 9) & wait $!; echo "its status $?"
sh -c 'exit 11'; echo $?
/no/such/program; echo "not there: $?"
./file; echo "not executable: $?"
env sleep 100 & sleep 0.3; kill $!; wait $! 2>/dev/null; echo "killed: $?"
trap 'echo trapped' USR1; kill -USR1 $$; trap - USR1
trap 'echo at the end' EXIT
(trap 'echo in a subshell; exit 3' TERM; kill -TERM $(sh -c 'echo $PPID'); :); echo "subshell: $?"
(ulimit -n >/dev/null && echo limits)
x=1; (x=2); echo $x; export x; sh -c 'echo $x'
eval 'y=$x$x'; echo $y
. ./file >/dev/null 2>&1; echo "sourced: $?"
cd /tmp; rm -r posix.sh.d
exit 5
