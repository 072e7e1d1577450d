# Debian's busybox: one program, many commands, on files in /tmp.
PATH=/linux/bin
exec 2>&1 </dev/null
export TZ=UTC0
cd /tmp || exit 1
mkdir applets.sh.d
cd applets.sh.d || exit 1

echo "== making"
printf 'pear 3\napple 10\nfig 7\napple 2\n' >fruit
mkdir -p deep/er/still; cp fruit deep/one; mv deep/one deep/er/two; ln -s ../fruit deep/link; ln fruit hard
touch -d '2024-01-02 03:04:05' fruit; chmod 640 fruit
dd if=/dev/zero of=zeros bs=1000 count=3 2>/dev/null; truncate -s 10 zeros
ls -l fruit; ls -1 . deep; ls -F deep; ls -ld deep | cut -c1-10
stat -c '%n %s %a %h %F %Y' fruit; stat -c '%n %a %h %F' zeros deep deep/link
readlink deep/link; readlink -f deep/link; realpath deep/er/../link

echo "== reading"
cat -n fruit; head -n 2 fruit; tail -n 1 fruit; tac fruit; rev fruit; nl fruit
wc fruit; sort fruit; sort -k2 -n -r fruit; cut -d' ' -f1 fruit | sort | uniq -c
grep apple fruit; grep -c apple fruit; grep -v -n apple fruit; grep -E '^(p|f)' fruit; grep -r pear . | sort
sed -n '2,3p' fruit; sed 's/apple/APPLE/;$d' fruit; sed -i 's/fig/FIG/' hard; cat fruit
awk '{ n[$1] += $2 } END { for (i in n) print i, n[i] }' fruit | sort; awk 'BEGIN { printf "%.3f %d\n", 22/7, 32*32 }'
tr a-z A-Z <hard | tee copy; cmp hard copy; diff hard copy; od -c zeros; hexdump -C zeros; xxd fruit | head -n 1
paste fruit copy | head -n 1; fold -w 4 fruit | head -n 2; expand fruit | head -n 1; strings fruit | head -n 1
seq 3 -1 1; expr 6 \* 7; printf '%05.2f|%-4s|%x\n' 3.14159 ab 255; factor 360; basename /a/b.c .c; dirname /a/b.c
echo '2 3 + 4 * p' | dc; echo '2^20 / 3' | bc; yes | head -n 2; date -u -d @1700000000 '+%F %T'; cal 2 2024 | head -n 3

echo "== finding, packing"
find . -type f | sort; find . -name 't*' -o -type l | sort; find . -type f -size +0 -exec echo found {} \; | sort | head -n 3
echo a b c | xargs -n 1 echo item; du -s . >/dev/null && echo du
tar cf all.tar fruit deep; tar tf all.tar | sort; mkdir out; tar xf all.tar -C out; cmp fruit out/fruit && echo same
gzip -c fruit >fruit.gz; gunzip -c fruit.gz | cmp - fruit && echo unzipped; bzip2 -c fruit | bunzip2 | cmp - fruit && echo bz
md5sum fruit; sha256sum fruit; crc32 fruit; base64 fruit | head -n 1; find deep | sort | cpio -o -H newc 2>/dev/null | cpio -t 2>/dev/null

echo "== about the machine"
id; whoami; uname -m; nproc; tty; env | grep ^TZ; test -c /dev/null && echo device; hostname >/dev/null && echo hostname
free | head -n 1 | wc -w; uptime >/dev/null && echo uptime; df /tmp >/dev/null && echo df; mount >/dev/null && echo mount
ps -o comm | grep -c '^busybox$' >/dev/null && echo ps; cat /proc/self/comm; cut -d' ' -f2 /proc/self/stat
cat /proc/sys/kernel/shmmni; sysctl -n kernel.shmmni; head -n 1 /proc/meminfo | cut -d: -f1

echo "== processes"
timeout 1 sleep 0.01; echo $?; timeout 0.05 sleep 5; echo $?; nice true; echo $?; setsid true; echo $?; nohup true; echo $?
time true 2>&1 | grep -c real; usleep 1000; sleep 0.01; which cat; env -i /linux/bin/env; pidof nothing; echo $?
sh -c 'sleep 50 & kill %1; wait; echo killed'; killall nobody; echo $?
mktemp -d XXXXXX | wc -c; flock fruit echo locked; run-parts . >/dev/null; echo $?; ed -s fruit <<'END' 2>/dev/null
1p
q
END
rm -rf *; ls -A | wc -l; cd ..; rm -rf applets.sh.d
