#!/linux/bash
# What bash can beyond POSIX.
PATH=/linux/bin
exec 2>&1 </dev/null
cd /tmp || exit 1
array=(one "two words" three); array+=(four)
echo "${#array[@]} ${array[1]} ${array[@]: -1} ${!array[*]}"
declare -A map=([red]=1 [blue]=2); echo "${map[blue]} ${#map[@]}"
[[ "key=value" =~ ^([a-z]+)=(.*)$ ]] && echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]}"
for ((i = 0; i < 3; i++)); do printf '%d ' $((i ** 2)); done; echo
text=Hello; echo "${text,,} ${text^^} ${text:1:3} ${text/l/L} ${text//l/L}"
printf -v made '%03d' 7; echo "$made"; echo {a..e} {01..03}
printf 'x\ny\n' >bash.sh.lines; mapfile -t lines <bash.sh.lines; rm bash.sh.lines; echo "${#lines[@]}"
read -r first rest <<<"a here string"; echo "$first|$rest"
cat <(echo substituted; echo twice) | tail -1; wc -l < <(echo a line)
f() { local x=inner; return 3; }; x=outer; f; echo "$x $?"
set -o pipefail; false | true; echo $?; set +o pipefail
(sleep 0.5; exit 4) & (exit 6) & wait -n; echo "first: $?"; wait; echo "all: $?"
coproc cat; echo ping >&"${COPROC[1]}"; read -r pong <&"${COPROC[0]}"; echo "$pong"; kill $COPROC_PID; wait
{ time -p true; } 2>&1 | wc -l; trap 'echo "caught $?"' ERR; false; trap - ERR
printf '%s\n' "$((2#1010)) $BASHPID" | cut -d' ' -f1
select x in 1; do :; done <<<"" >/dev/null; TIMEFORMAT=; echo "$((RANDOM >= 0))"
sleep 1 | { read -r -t 0.05 never; echo "timed out: $(($? > 128))"; }
exit 12
