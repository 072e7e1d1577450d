/*
 * Choosing a call: mostly sensible, sometimes wrong, always within what both kernels can do alike.
 */
#include "choose.h"
#include "names.h"
#include <stdio.h>
#include <sys/mman.h>

#define ONE_OF(...)                                                                                \
	({                                                                                         \
		static const long values[] = {__VA_ARGS__};                                        \
		values[pick(sizeof(values) / sizeof(*values))];                                    \
	})

#define IPC_UNKNOWN 77 /* no command */

/* Mostly a sensible value; one in a while that is refused. */
#define MOSTLY(sensible, ...) (pick(16) ? (sensible) : ONE_OF(__VA_ARGS__))

static long
choose_key(void)
{
	return pick(5) == 0 ? IPC_PRIVATE : KEY_BASE + 1 + pick(KEYS);
}

/* One that was made at some time, the youngest rather; or one that never was. */
static long
choose_id(enum kind kind)
{
	unsigned count = object_count(kind);

	if (count == 0 || pick(48) == 0)
		return ONE_OF(-1, 0x7fffffff);
	if (count > 6 && pick(6))
		return object_id(kind, count - 1 - pick(6));
	return object_id(kind, pick(count));
}

static long
choose_flags(void)
{
	return ONE_OF(0, IPC_CREAT | 0600, IPC_CREAT | 0666, IPC_CREAT | 0666, IPC_CREAT | 0640,
		IPC_CREAT | 0, IPC_CREAT | IPC_EXCL | 0600, IPC_EXCL, 0400, 0060,
		IPC_CREAT | 0222);
}

static struct call
choose_get(enum kind kind)
{
	long size = kind == SEM ? MOSTLY(ONE_OF(1, 2, 2, 3, 8), 0, 9, -1)
				: MOSTLY(ONE_OF(1, 4096, 5000, 20000), 0, 65536, 65537);

	return (struct call){
		.request = (enum request)(GET_SHM + kind),
		.first = choose_key(),
		.second = size,
		.third = choose_flags(),
	};
}

static long
choose_user(void)
{
	return ONE_OF(0, 0, 1000, 1001);
}

static long
choose_mode(void)
{
	return ONE_OF(0600, 0666, 0640, 0, 0444, 01777);
}

static struct call
control_shm(void)
{
	return (struct call){
		.request = CONTROL_SHM,
		.first = choose_id(SHM),
		.second = MOSTLY(ONE_OF(IPC_STAT, IPC_STAT, IPC_SET, SHM_LOCK, SHM_UNLOCK),
			IPC_RMID, IPC_RMID, IPC_RMID, IPC_UNKNOWN),
		.third = choose_user(),
		.fourth = ONE_OF(0, 100),
		.fifth = choose_mode(),
	};
}

static struct call
control_msg(void)
{
	return (struct call){
		.request = CONTROL_MSG,
		.first = choose_id(MSG),
		.second = MOSTLY(ONE_OF(IPC_STAT, IPC_STAT, IPC_SET), IPC_RMID, IPC_RMID, IPC_RMID,
			IPC_UNKNOWN),
		.third = choose_user(),
		.fourth = ONE_OF(0, 64, 200, 300, 5000),
		.fifth = choose_mode(),
	};
}

static struct call
control_sem(void)
{
	return (struct call){
		.request = CONTROL_SEM,
		.first = choose_id(SEM),
		.second = MOSTLY(ONE_OF(IPC_STAT, IPC_SET, GETVAL, SETVAL, SETVAL, GETALL, SETALL,
					 GETPID, GETNCNT, GETZCNT),
			IPC_RMID, IPC_RMID, IPC_RMID, IPC_UNKNOWN),
		.third = MOSTLY(ONE_OF(0, 0, 1, 2), 8, -1),
		.fourth = MOSTLY(ONE_OF(0, 1, 2, 5, 1000, 32767), 32768, -1),
		.fifth = choose_mode(),
	};
}

static long
window_address(void)
{
	return WINDOW + pick(WINDOW_STEPS) * WINDOW_STEP;
}

static struct call
attach(void)
{
	struct call call = {
		.request = ATTACH,
		.first = choose_id(SHM),
		.third = ONE_OF(0, 0, 0, SHM_RDONLY, SHM_EXEC, SHM_RND, SHM_REMAP),
	};

	if (pick(2))
		call.second = window_address() + ONE_OF(0, 0, 0, 0x4000, 0x1000, 0x123);
	return call;
}

/* A byte of an attach, or of the window. */
static long
choose_address(int worker)
{
	const struct attach *attach = attach_pick(worker);

	if (attach && pick(3))
		return attach->start + ONE_OF(0, 1, 4095, 4096, 8192) % attach->length;
	return window_address() + ONE_OF(0, 4096, 8192, 20000);
}

static struct call
touch(int worker)
{
	return (struct call){
		.request = pick(2) ? LOAD : STORE,
		.first = choose_address(worker),
		.second = pick(256),
	};
}

static struct call
detach(int worker)
{
	const struct attach *attach = attach_pick(worker);
	struct call call = {.request = DETACH, .first = window_address()};

	if (attach && pick(4))
		call.first = attach->start + (pick(8) ? 0 : 4096 % attach->length);
	return call;
}

static struct call
change_window(void)
{
	return (struct call){
		.request = pick(2) ? PROTECT : UNMAP,
		.first = window_address() + ONE_OF(0, 0, 4096),
		.second = ONE_OF(4096, 4096, 8192, 0),
		.third = ONE_OF(PROT_READ, PROT_READ | PROT_WRITE, PROT_NONE),
	};
}

static struct call
operate(void)
{
	struct call call = {
		.request = OPERATE,
		.first = choose_id(SEM),
		.second = MOSTLY(ONE_OF(1, 1, 1, 2, 3, 4), 0, 5),
		.third = pick(8) == 0,
	};

	for (long i = 0; i < OPERATIONS_MAX; i++) {
		call.operations[i].sem_num = MOSTLY(ONE_OF(0, 0, 0, 1), 1, 2, 9);
		call.operations[i].sem_op = MOSTLY(ONE_OF(0, 1, 1, 2, -1, -1, -2), 32767);
		call.operations[i].sem_flg = (pick(2) ? IPC_NOWAIT : 0) | (pick(3) ? 0 : SEM_UNDO);
	}
	return call;
}

static struct call
send(void)
{
	return (struct call){
		.request = SEND,
		.first = choose_id(MSG),
		.second = MOSTLY(ONE_OF(1, 1, 2, 3), 0, -1),
		.third = MOSTLY(ONE_OF(0, 1, 10, 50, 100), 101, -1),
		.fourth = pick(2) ? IPC_NOWAIT : 0,
	};
}

static struct call
receive(void)
{
	return (struct call){
		.request = RECEIVE,
		.first = choose_id(MSG),
		.second = MOSTLY(ONE_OF(MESSAGE_MAX, MESSAGE_MAX, 10), 0, -1),
		.third = ONE_OF(0, 0, 1, 2, -2, -3),
		.fourth = ONE_OF(0, 0, IPC_NOWAIT, MSG_NOERROR, MSG_EXCEPT, MSG_COPY | IPC_NOWAIT,
			MSG_COPY),
	};
}

static struct call
control(void)
{
	switch (pick(KINDS)) {
	case SHM:
		return control_shm();
	case SEM:
		return control_sem();
	default:
		return control_msg();
	}
}

/* A new process that has what this one has; or its end. */
static struct call
fork_or_exit(void)
{
	for (int i = 0; i < WORKERS; i++)
		if (board->workers[i].phase == ABSENT && pick(2))
			return (struct call){.request = FORK, .first = i};
	return (struct call){.request = EXIT};
}

struct call
choose(int worker)
{
	switch (pick(36)) {
	case 0 ... 4:
		return choose_get((enum kind)pick(KINDS));
	case 5 ... 8:
		return attach();
	case 9 ... 10:
		return detach(worker);
	case 11 ... 14:
		return touch(worker);
	case 15:
		return change_window();
	case 16 ... 20:
		return operate();
	case 21 ... 23:
		return send();
	case 24 ... 26:
		return receive();
	case 27 ... 32:
		return control();
	case 33 ... 34:
		return (struct call){
			.request = BECOME, .first = choose_user(), .second = ONE_OF(0, 100)};
	default:
		return fork_or_exit();
	}
}
