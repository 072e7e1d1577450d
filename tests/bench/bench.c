/*
 * The benchmark: what each operation costs, in guest instructions.
 *
 * One source for every kernel and port, so that numbers can be put side by side. It is run under
 * the emulator's exact instruction count, where two runs give the same numbers to the digit.
 * Nothing is printed before the last measurement.
 *
 * Each figure is the median of many samples of one operation, taken after a warm-up, less what
 * reading the clock costs. Where the clock moves in steps of some instructions, a sample of a short
 * operation is the mean of as many, one after the other. Figures of touches are the mean over the
 * pages of one segment, and of those the median over some segments. System calls are made raw: the
 * C library is no part of what is measured.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "port.h"

#define PAGE 4096
#define PAGES 256
#define SEGMENT (PAGES * PAGE)
#define HUGE_PAGES 131072

#define BATCH PORT_INSTRUCTIONS_A_TICK
#define WARM_UP 32
#define SAMPLES (1000 / BATCH)
#define FEW_SAMPLES 101
#define SEGMENTS 21

#define FIRST_KEY 0x6e700000
#define MOST_PRESENT 4000
#define MOST_ATTACHED 1000

typedef unsigned long (*sample_function)(long argument);

struct figure {
	const char *name;
	unsigned long value;
};

static struct figure figures[64];
static int nfigures;
static unsigned long clock_cost;
static unsigned long samples[1000]; /* no figure takes more */

/* What the measured child writes and its parent reads: a page that both share. */
static volatile unsigned long *from_child;

static int present[MOST_PRESENT];
static long attached[MOST_ATTACHED];

static void
fail(const char *what, long answer)
{
	printf("bench: %s answered %ld\n", what, answer);
	exit(1);
}

/* A raw call that must succeed. Addresses are positive or, past 2 GiB, far from the errno range. */
static inline long
call(const char *what, long number, long a, long b, long c)
{
	long answer = port_call(number, a, b, c, 0);

	if (answer < 0 && answer > -4096)
		fail(what, answer);
	return answer;
}

#define CALL(number, a, b, c) call(#number, number, (long)(a), (long)(b), (long)(c))

static void
record(const char *name, unsigned long value)
{
	figures[nfigures].name = name;
	figures[nfigures].value = value;
	nfigures++;
}

static int
by_value(const void *left, const void *right)
{
	unsigned long a = *(const unsigned long *)left, b = *(const unsigned long *)right;

	return a < b ? -1 : a > b;
}

static unsigned long
median_of(sample_function sample, long argument, int count)
{
	int i;

	for (i = 0; i < WARM_UP && i < count; i++)
		sample(argument);
	for (i = 0; i < count; i++)
		samples[i] = sample(argument);
	qsort(samples, count, sizeof(samples[0]), by_value);
	return samples[count / 2];
}

static void
measure(const char *name, sample_function sample, long argument, int count)
{
	record(name, median_of(sample, argument, count));
}

static inline unsigned long
since(unsigned long start)
{
	return port_now() - start - clock_cost;
}

/* Unrolled, so that counting costs nothing. */
#define REPEATED(statement) _Pragma("GCC unroll 16") for (int i_ = 0; i_ < BATCH; i_++) statement

/* Measures the statement: instructions each time. */
#define BATCHED(statement) \
	({ \
		unsigned long start_ = port_now(); \
		REPEATED(statement); \
		since(start_) / BATCH; \
	})

/* --- The null call, and what reading the clock itself costs --- */

static unsigned long
sample_clock(long unused)
{
	unsigned long start = port_now(), now = start;

	(void)unused;
	REPEATED(now = port_now());
	return (now - start) / BATCH;
}

static unsigned long
sample_null(long unused)
{
	(void)unused;
	return BATCHED(port_call(SYS_getppid, 0, 0, 0, 0));
}

/* --- Segments come and go --- */

static int
make(long key, long size)
{
	return CALL(SYS_shmget, key, size, IPC_CREAT | IPC_EXCL | SHM_NORESERVE | 0600);
}

static void
drop(int id)
{
	CALL(SYS_shmctl, id, IPC_RMID | IPC_CONTROL, 0);
}

static char *
attach(int id)
{
	return (char *)CALL(SYS_shmat, id, 0, 0);
}

static void
detach(const char *address)
{
	CALL(SYS_shmdt, address, 0, 0);
}

static unsigned long
sample_create_remove(long pages)
{
	return BATCHED(drop(make(IPC_PRIVATE, pages * PAGE)));
}

static unsigned long
sample_create_remove_key(long key)
{
	return BATCHED(drop(make(key, PAGE)));
}

static unsigned long
sample_lookup(long key)
{
	return BATCHED(CALL(SYS_shmget, key, 0, 0));
}

static unsigned long
sample_stat(long id)
{
	struct shmid_ds status;

	return BATCHED(CALL(SYS_shmctl, id, IPC_STAT | IPC_CONTROL, &status));
}

static void
measure_segments_present(const char *create_name, const char *lookup_name, int count)
{
	int i;

	for (i = 0; i < count; i++)
		present[i] = make(FIRST_KEY + i, PAGE);
	measure(create_name, sample_create_remove_key, FIRST_KEY + count, SAMPLES);
	measure(lookup_name, sample_lookup, FIRST_KEY + count / 2, SAMPLES);
	for (i = 0; i < count; i++)
		drop(present[i]);
}

static void
measure_names(void)
{
	int id;

	measure("create_remove", sample_create_remove, 1, SAMPLES);
	measure("create_remove_256p", sample_create_remove, PAGES, SAMPLES);
	measure("create_remove_131072p", sample_create_remove, HUGE_PAGES, SAMPLES);
	measure_segments_present("create_remove_with_1", "lookup_with_1", 1);
	measure_segments_present("create_remove_with_100", "lookup_with_100", 100);
	measure_segments_present("create_remove_with_1000", "lookup_with_1000", 1000);
	measure_segments_present("create_remove_with_4000", "lookup_with_4000", 4000);
	id = make(IPC_PRIVATE, PAGE);
	measure("ipc_stat", sample_stat, id, SAMPLES);
	drop(id);
}

/* --- Attaching and detaching --- */

static unsigned long
sample_attach_detach(long id)
{
	return BATCHED(detach(attach(id)));
}

static void
measure_attaches_present(const char *name, int count)
{
	int id = make(IPC_PRIVATE, PAGE), i;

	for (i = 0; i < count; i++)
		attached[i] = (long)attach(id);
	measure(name, sample_attach_detach, id, SAMPLES);
	for (i = 0; i < count; i++)
		detach((char *)attached[i]);
	drop(id);
}

static void
measure_attach_detach_pages(const char *name, int pages)
{
	int id = make(IPC_PRIVATE, pages * PAGE);

	measure(name, sample_attach_detach, id, SAMPLES);
	drop(id);
}

/* --- Touching: all pages of 1 MiB, one byte in each --- */

static unsigned long
touch_write(volatile char *address)
{
	volatile char *end = address + SEGMENT;
	unsigned long start = port_now();

	for (; address < end; address += PAGE)
		*address = 1;
	return since(start);
}

static unsigned long
touch_read(volatile char *address)
{
	volatile char *end = address + SEGMENT;
	unsigned long start = port_now();

	for (; address < end; address += PAGE)
		(void)*address;
	return since(start);
}

static unsigned long
touch(volatile char *address, long writing)
{
	return (writing ? touch_write(address) : touch_read(address)) / PAGES;
}

/* A fresh segment's pages: each gets a zeroed frame. */
static unsigned long
sample_first_touch(long writing)
{
	int id = make(IPC_PRIVATE, SEGMENT);
	char *address = attach(id);
	unsigned long cost = touch(address, writing);

	detach(address);
	drop(id);
	return cost;
}

/* The frames are there, through another attach. */
static unsigned long
sample_second_touch(long writing)
{
	int id = make(IPC_PRIVATE, SEGMENT);
	char *first = attach(id), *second = attach(id);
	unsigned long cost;

	touch_write(first);
	cost = touch(second, writing);
	detach(first);
	detach(second);
	drop(id);
	return cost;
}

/* The frames are there, through the parent's attach, which the child inherited. */
static unsigned long
sample_child_touch(long writing)
{
	int id = make(IPC_PRIVATE, SEGMENT);
	char *address = attach(id);
	long child;

	touch_write(address);
	child = CALL(SYS_fork, 0, 0, 0);
	if (child == 0) {
		*from_child = touch(address, writing);
		port_call(SYS_exit, 0, 0, 0, 0);
	}
	CALL(SYS_wait4, child, 0, 0);
	detach(address);
	drop(id);
	return *from_child;
}

static unsigned long
sample_mmap_touch(long flags)
{
	char *address = mmap(NULL, SEGMENT, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | flags, -1, 0);
	unsigned long cost;

	if (address == MAP_FAILED)
		fail("mmap", -1);
	cost = touch(address, 1);
	munmap(address, SEGMENT);
	return cost;
}

/* Detaching 1 MiB whose frames are there already, with every page read through this attach, or
 * none. */
static unsigned long
sample_detach_touched(long id)
{
	char *address = attach(id);
	unsigned long start;

	touch_read(address);
	start = port_now();
	detach(address);
	return since(start);
}

static unsigned long
sample_detach_untouched(long id)
{
	char *address = attach(id);
	unsigned long start = port_now();

	detach(address);
	return since(start);
}

static void
measure_detach(void)
{
	int id = make(IPC_PRIVATE, SEGMENT);
	unsigned long touched = median_of(sample_detach_touched, id, SEGMENTS);
	unsigned long untouched = median_of(sample_detach_untouched, id, SEGMENTS);

	record("detach_256_touched", touched);
	record("unmap_page", (touched - untouched) / PAGES);
	drop(id);
}

/* Removal of a segment with all its frames. */
static unsigned long
sample_remove_free_page(long unused)
{
	int id = make(IPC_PRIVATE, SEGMENT);
	char *address = attach(id);
	unsigned long start;

	(void)unused;
	touch_write(address);
	detach(address);
	start = port_now();
	drop(id);
	return since(start) / PAGES;
}

static void
measure_touches(void)
{
	measure("first_touch_write", sample_first_touch, 1, SEGMENTS);
	measure("first_touch_read", sample_first_touch, 0, SEGMENTS);
	measure("second_touch_write", sample_second_touch, 1, SEGMENTS);
	measure("second_touch_read", sample_second_touch, 0, SEGMENTS);
	measure("child_touch_write", sample_child_touch, 1, SEGMENTS);
	measure("child_touch_read", sample_child_touch, 0, SEGMENTS);
	measure("mmap_shared_touch", sample_mmap_touch, MAP_SHARED, SEGMENTS);
	measure("mmap_private_touch", sample_mmap_touch, MAP_PRIVATE, SEGMENTS);
	measure("remove_free_page", sample_remove_free_page, 0, SEGMENTS);
}

/* --- Processes --- */

static unsigned long
sample_fork_exit_wait(long unused)
{
	unsigned long start = port_now();
	long child = CALL(SYS_fork, 0, 0, 0);

	(void)unused;
	if (child == 0)
		port_call(SYS_exit, 0, 0, 0, 0);
	CALL(SYS_wait4, child, 0, 0);
	return since(start);
}

static void
measure_fork(void)
{
	int id = make(IPC_PRIVATE, SEGMENT);
	char *address;

	measure("fork_exit_wait", sample_fork_exit_wait, 0, FEW_SAMPLES);
	address = attach(id);
	touch_write(address);
	measure("fork_exit_wait_256p", sample_fork_exit_wait, 0, FEW_SAMPLES);
	detach(address);
	drop(id);
}

/* --- One byte through a pipe to a child, and one back through another --- */

static int ping[2], pong[2];

static void
answer_pings(void)
{
	char byte;

	CALL(SYS_close, ping[1], 0, 0);
	while (port_call(SYS_read, ping[0], (long)&byte, 1, 0) == 1)
		CALL(SYS_write, pong[1], &byte, 1);
	port_call(SYS_exit, 0, 0, 0, 0);
}

static void
round_trip(void)
{
	char byte = 1;

	CALL(SYS_write, ping[1], &byte, 1);
	CALL(SYS_read, pong[0], &byte, 1);
}

static unsigned long
sample_pipe(long unused)
{
	(void)unused;
	return BATCHED(round_trip());
}

static void
measure_pipe(void)
{
	long child;

	CALL(SYS_pipe, ping, 0, 0);
	CALL(SYS_pipe, pong, 0, 0);
	child = CALL(SYS_fork, 0, 0, 0);
	if (child == 0)
		answer_pings();
	measure("pipe_pingpong", sample_pipe, 0, SAMPLES);
	CALL(SYS_close, ping[1], 0, 0);
	CALL(SYS_wait4, child, 0, 0);
	CALL(SYS_close, ping[0], 0, 0);
	CALL(SYS_close, pong[0], 0, 0);
	CALL(SYS_close, pong[1], 0, 0);
}

/* --- 64 bytes through a message queue: to oneself, and to a child and back --- */

struct letter {
	long type;
	char text[64];
};

static void
send(int id, long type)
{
	struct letter letter = {.type = type};
	long answer = port_call(SYS_msgsnd, id, (long)&letter, sizeof(letter.text), 0);

	if (answer < 0)
		fail("msgsnd", answer);
}

static void
receive(int id, long type)
{
	struct letter letter;
	long answer = port_call5(SYS_msgrcv, id, (long)&letter, sizeof(letter.text), type, 0);

	if (answer < 0)
		fail("msgrcv", answer);
}

static unsigned long
sample_msg_same(long id)
{
	return BATCHED((send(id, 1), receive(id, 1)));
}

static unsigned long
sample_msg_pingpong(long id)
{
	return BATCHED((send(id, 1), receive(id, 2)));
}

static int
make_queue(void)
{
	return CALL(SYS_msgget, IPC_PRIVATE, IPC_CREAT | 0600, 0);
}

static void
drop_queue(int id)
{
	CALL(SYS_msgctl, id, IPC_RMID | IPC_CONTROL, 0);
}

static void
measure_messages(const char *same_name, const char *pingpong_name)
{
	int id = make_queue();
	long child;

	measure(same_name, sample_msg_same, id, SAMPLES);
	child = CALL(SYS_fork, 0, 0, 0);
	while (child == 0) { /* until it is killed */
		receive(id, 1);
		send(id, 2);
	}
	measure(pingpong_name, sample_msg_pingpong, id, SAMPLES);
	CALL(SYS_kill, child, 9, 0);
	CALL(SYS_wait4, child, 0, 0);
	drop_queue(id);
}

static void
measure_messages_present(const char *same_name, const char *pingpong_name, int count)
{
	int i;

	for (i = 0; i < count; i++)
		present[i] = make_queue();
	measure_messages(same_name, pingpong_name);
	for (i = 0; i < count; i++)
		drop_queue(present[i]);
}

/* --- Semaphores: a set of two --- */

#define PING 0
#define PONG 1

static inline void
operate(int id, int number, int operation)
{
	struct sembuf op = {number, operation, 0};

	CALL(SYS_semtimedop_time64, id, &op, 1);
}

static unsigned long
sample_sem_pair(long id)
{
	return BATCHED({
		operate(id, PING, 1);
		operate(id, PING, -1);
	});
}

/* There and back again: two switches. */
static unsigned long
sample_sem_pingpong(long id)
{
	return BATCHED({
		operate(id, PING, 1);
		operate(id, PONG, -1);
	});
}

static void
measure_pingpong(const char *name, int id)
{
	long child = CALL(SYS_fork, 0, 0, 0);

	if (child == 0)
		for (;;) {
			operate(id, PING, -1);
			operate(id, PONG, 1);
		}
	measure(name, sample_sem_pingpong, id, SAMPLES);
	CALL(SYS_kill, child, 9, 0);
	CALL(SYS_wait4, child, 0, 0);
}

static void
measure_semaphores(const char *pair_name, const char *pingpong_name, int others)
{
	int id, i;

	for (i = 0; i < others; i++)
		present[i] = CALL(SYS_semget, FIRST_KEY + i, 1, IPC_CREAT | 0600);
	id = CALL(SYS_semget, IPC_PRIVATE, 2, 0600);
	measure(pair_name, sample_sem_pair, id, SAMPLES);
	measure_pingpong(pingpong_name, id);
	CALL(SYS_semctl, id, 0, IPC_RMID | IPC_CONTROL);
	for (i = 0; i < others; i++)
		CALL(SYS_semctl, present[i], 0, IPC_RMID | IPC_CONTROL);
}

/* A spinning loop that finds its clock jump was interrupted: by the timer, there is nothing else.
 */
static unsigned long
sample_tick(long unused)
{
	unsigned long begin = port_now(), before = begin, now, jump;

	(void)unused;
	do {
		now = port_now();
		jump = now - before;
		if (now - begin > 200000000)
			return 0;
		before = now;
	} while (jump < 60);
	return jump - clock_cost;
}

/* --- Memory not free when the first program starts, of the RAM that the emulator was given --- */

static unsigned long
free_kib(void)
{
	char text[2048];
	const char *line;
	int fd = open("/proc/meminfo", O_RDONLY);
	int length = read(fd, text, sizeof(text) - 1);

	close(fd);
	text[length < 0 ? 0 : length] = '\0';
	line = strstr(text, "MemFree:");
	if (!line)
		fail("/proc/meminfo", length);
	return strtoul(line + strlen("MemFree:"), NULL, 10);
}

int
main(void)
{
	int i;

	record("boot", port_now()); /* from power-on to this line; 32 bits hold it */
	record("free_kib", free_kib());
	from_child = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_SHARED, -1, 0);
	if (from_child == MAP_FAILED)
		fail("mmap", -1);
	clock_cost = median_of(sample_clock, 0, SAMPLES);

	measure("null", sample_null, 0, SAMPLES);
	measure_names();
	measure_attach_detach_pages("attach_detach", 1);
	measure_attach_detach_pages("attach_detach_256p", PAGES);
	measure_attaches_present("attach_detach_with_0", 0);
	measure_attaches_present("attach_detach_with_1", 1);
	measure_attaches_present("attach_detach_with_100", 100);
	measure_attaches_present("attach_detach_with_1000", 1000);
	measure_touches();
	measure_detach();
	measure_fork();
	measure_pipe();
	measure_semaphores("sem_pair", "sem_pingpong", 0);
	measure_semaphores("sem_pair_with_4000", "sem_pingpong_with_4000", 4000);
	measure_messages("msg_same", "msg_pingpong");
	measure_messages_present("msg_same_with_4000", "msg_pingpong_with_4000", 4000);
	measure("tick", sample_tick, 0, 11);

	for (i = 0; i < nfigures; i++)
		printf("%s\t%lu\n", figures[i].name, figures[i].value);
	return 0;
}
