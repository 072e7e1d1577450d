/* /proc: what it says of the machine. */
#include "_tap.h"
#include <sys/utsname.h>

static char *
text_of(const char *name)
{
	char path[40];
	snprintf(path, sizeof(path), "/proc/%s", name);
	return file_text(path);
}

/* The number behind a word at the start of a line; -1: there is no such line. */
static long
number(const char *file, const char *word)
{
	char *text = text_of(file), *at = text;
	size_t length = strlen(word);
	for (; *at; at += strcspn(at, "\n"), at += *at == '\n')
		if (strncmp(at, word, length) == 0 && (at[length] == ' ' || at[length] == ':'))
			return atol(at + length + 1);
	return -1;
}

int
main(void)
{
	unsigned long load[6], running, all;
	int last, fields = 0;
	struct utsname name;

	ok(sscanf(text_of("loadavg"), "%lu.%lu %lu.%lu %lu.%lu %lu/%lu %d", &load[0], &load[1],
		   &load[2], &load[3], &load[4], &load[5], &running, &all, &last) == 9,
		"V05 loadavg: three loads, tasks, a pid");
	ok(load[1] < 100 && load[3] < 100 && load[5] < 100, "V05 in hundredths");
	ok(running >= 1 && running <= all, "V05 one runs at least");
	pid_t child = spawn(_exit(0));
	reap(child);
	ok(sscanf(text_of("loadavg"), "%*s %*s %*s %*s %d", &last) == 1 && last >= child,
		"V05 the last pid");

	long created = number("stat", "processes"), switches = number("stat", "ctxt");
	ok(created > 1, "V05 stat: processes made");
	for (int i = 0; i < 3; i++)
		in_child(_exit(0));
	is_int(number("stat", "processes"), created + 3, "V05 each fork is one");
	ok(number("stat", "ctxt") > switches, "V05 stat: switches");
	ok(number("stat", "procs_running") >= 1, "V05 stat: one runs");
	is_int(number("stat", "procs_blocked"), 0, "V05 stat: none waits for a disk");
	long now = time(0), since = number("stat", "btime");
	ok(since <= now && since > now - 100000, "V05 stat: when it was booted");
	char *cpu = text_of("stat");
	for (char *at = cpu; *at && *at != '\n'; at++)
		fields += *at == ' ' && at[1] >= '0' && at[1] <= '9';
	ok(strncmp(cpu, "cpu  ", 5) == 0 && fields == 10, "V05 stat: ten times of the CPU");
	ok(strstr(cpu, "\ncpu0 ") && strstr(cpu, "\nintr "),
		"V05 stat: of each CPU, and interrupts");

	double up = -1, idle = -1;
	is_int(sscanf(text_of("uptime"), "%lf %lf", &up, &idle), 2, "V05 uptime: two numbers");
	ok(up > 0 && idle >= 0 && idle <= up + 1, "V05 since the boot, and idle of it");

	must(uname(&name));
	ok(strncmp(text_of("version"), name.sysname, strlen(name.sysname)) == 0,
		"V05 version begins with the system's name");
	ok(strstr(text_of("version"), name.release), "V05 and tells its release");
	ok(strstr(text_of("filesystems"), "nodev\tproc\n"), "V05 filesystems: proc");
	ok(strstr(text_of("filesystems"), "nodev\ttmpfs\n"), "V05 filesystems: tmpfs");
	ok(strstr(text_of("mounts"), " /proc proc rw"), "V05 mounts: /proc");
	ok(strncmp(text_of("cpuinfo"), "processor\t: 0\n", 14) == 0,
		"V05 cpuinfo: the one processor");
	ok(strchr(text_of("cmdline"), '\n'), "V05 cmdline: a line");
	ok(number("meminfo", "MemTotal") >= number("meminfo", "MemAvailable"), "V05 meminfo");
	return done();
}
