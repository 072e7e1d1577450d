/* /proc as programs read it: meminfo, PID/stat, PID/maps, self, the uptime. */
#include "_tap.h"
#include <dirent.h>

static long
meminfo(const char *name)
{
	char *line = strstr(file_text("/proc/meminfo"), name);
	return line ? atol(line + strlen(name)) : -1;
}

/* The rights of the area that an address is in, by /proc/self/maps: "rw-p", "" if there is none. */
static const char *
rights_of(unsigned long address)
{
	static char rights[8];
	for (char *line = file_text("/proc/self/maps"); *line; line += strcspn(line, "\n") + 1) {
		unsigned long start, end;
		if (sscanf(line, "%lx-%lx %7s", &start, &end, rights) == 3 && start <= address &&
			address < end)
			return rights;
	}
	return "";
}

static int
is_listed(pid_t pid)
{
	DIR *dir = opendir("/proc");
	int found = 0;
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		found += atoi(entry->d_name) == pid;
	if (dir)
		closedir(dir);
	return found;
}

int
main(void)
{
	long total = meminfo("MemTotal:"), available = meminfo("MemFree:");
	ok(total > 20000 && total < 4000000, "V01 meminfo: MemTotal in KiB");
	ok(available > 0 && available < total, "V01 meminfo: MemFree is less");

	volatile int *gate = shared_pages(1);
	pid_t child = spawn(wait_until(*gate));
	char path[40], name[32], state;
	int pid, parent, group;
	snprintf(path, sizeof(path), "/proc/%d/stat", child);
	is_int(sscanf(file_text(path), "%d (%31[^)]) %c %d %d", &pid, name, &state, &parent,
		       &group),
		5, "V05 PID/stat: pid, name, state, parent, group");
	is_int(pid, child, "V05 the pid");
	ok(strcmp(name, "proc_files") == 0, "V05 the name");
	ok(strchr("SR", state), "V05 it sleeps or runs");
	is_int(parent, getpid(), "V05 the parent");
	is_int(group, getpgrp(), "V05 the group");
	is_int(is_listed(child), 1, "V05 /proc lists it once");
	*gate = 1;
	reap(child);
	is_int(open(path, O_RDONLY), -1, "V05 once it is gone its files are");
	is_int(is_listed(child), 0, "V05 and it is not listed");

	int id = new_segment(PAGE);
	char *p = must(shmat(id, 0, SHM_RDONLY)), *q = must(shmat(id, 0, 0));
	char *anonymous = private_pages(1, PROT_READ | PROT_WRITE),
	     *none = private_pages(1, PROT_NONE);
	char text[8];
	snprintf(text, sizeof(text), "%s", rights_of((unsigned long)p));
	ok(strcmp(text, "r--s") == 0, "S14 maps: a read-only attach is r--s");
	ok(strcmp(rights_of((unsigned long)q), "rw-s") == 0, "S14 maps: an attach is rw-s");
	ok(strcmp(rights_of((unsigned long)anonymous), "rw-p") == 0,
		"V04 maps: private memory is rw-p");
	ok(strcmp(rights_of((unsigned long)none), "---p") == 0,
		"V04 maps: without rights it is ---p");
	ok(strcmp(rights_of((unsigned long)main), "r-xp") == 0, "V03 maps: the text is r-xp");
	ok(rights_of((unsigned long)text)[1] == 'w', "V01 maps: the stack is writable");
	ok(*rights_of(0) == 0 && *rights_of(0xc0000000) == 0,
		"V08 maps: nothing at 0 or in the kernel");
	must(shmdt(p));
	ok(*rights_of((unsigned long)p) == 0, "S22 maps: a detached one is gone");
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
