/*
 * Faults as signals: what si_code and si_addr say, handlers that mend what was wrong or jump away,
 * and when the signal kills all the same.
 */
#include "_tap.h"
#include <setjmp.h>

static sigjmp_buf back;
static volatile siginfo_t told;
static volatile int calls;
static char *volatile page;

static void
jump(int number, siginfo_t *info, void *context)
{
	(void)context;
	told = *info;
	calls++;
	siglongjmp(back, number);
}

/* Give the page the rights that were missing: the instruction is done again. */
static void
mend(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	told = *info;
	if (calls++ > 5 || mprotect(page, PAGE, PROT_READ | PROT_WRITE))
		_exit(44);
}

static void
handle(int number, void *handler, int flags)
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags};
	must(sigaction(number, &action, 0));
	calls = 0;
}

/* The signal that the statement makes; 0: none. What it told stands in `told`. */
#define told_by(statement) \
	({ \
		if (sigsetjmp(back, 1) == 0) { \
			memset((void *)&told, 0, sizeof(told)); \
			statement; \
		} \
		told.si_signo; \
	})

static void
page_faults(void)
{
	handle(SIGSEGV, jump, 0);
	is_int(told_by(poke(8, 1)), SIGSEGV, "V05 a write to page 0");
	is_int(told.si_code, SEGV_MAPERR, "V05 nothing is there: SEGV_MAPERR");
	is_int((long)told.si_addr, 8, "V05 si_addr");
	is_int(told.si_pid - 8, 0, "V05 which lies where the pid of a sender would");

	char *p = private_pages(2, PROT_READ);
	is_int(told_by(poke(p + 5, 1)), SIGSEGV, "V05 a write to what may only be read");
	is_int(told.si_code, SEGV_ACCERR, "V05 the area refuses: SEGV_ACCERR");
	is_int((char *)told.si_addr - p, 5, "V05 to the byte");
	is_int(told_by(peek(p)), 0, "V05 a read is fine");
	is_int(told_by(poke(p + 5, 1)), SIGSEGV, "V05 a page that is there refuses as well");
	is_int(told.si_code, SEGV_ACCERR, "V05 SEGV_ACCERR");
	must(mprotect(p, PAGE, PROT_NONE));
	is_int(told_by(peek(p + 7)), SIGSEGV, "V05 PROT_NONE");
	is_int(told.si_code, SEGV_ACCERR, "V05 SEGV_ACCERR");
	must(munmap(p, PAGE));
	is_int(told_by(peek(p + 7)), SIGSEGV, "V05 unmapped");
	is_int(told.si_code, SEGV_MAPERR, "V05 SEGV_MAPERR");
	is_int(told_by(peek(0xfffffff0)), SIGSEGV, "V05 the kernel's memory");
	is_int(told.si_code, SEGV_MAPERR, "V05 SEGV_MAPERR: no area is there");
	is_int(told_by(((void (*)(void))unknown(8))()), SIGSEGV, "V05 a jump to page 0");
	is_int((long)told.si_addr & ~7, 8, "V05 si_addr is where to");

	int id = new_segment(PAGE);
	char *attached = must(shmat(id, 0, SHM_RDONLY));
	is_int(told_by(poke(attached, 1)), SIGSEGV, "S14 V05 a write through a read-only attach");
	ok(told.si_code == SEGV_ACCERR && told.si_addr == attached, "S14 V05 SEGV_ACCERR there");
	must(shmdt(attached));
	must(shmctl(id, IPC_RMID, 0));
	is_int(calls, 8, "V05 each time the handler ran");
	must(munmap(p + PAGE, PAGE));
}

static void
mending(void)
{
	page = private_pages(1, PROT_NONE);
	handle(SIGSEGV, mend, 0);
	poke(page + 3, 42);
	is_int(calls, 1, "V05 a handler gives the page its rights");
	is_int(peek(page + 3), 42, "V05 and the write is done");
	is_int((char *)told.si_addr - page, 3, "V05 where it was needed");
	must(mprotect(page, PAGE, PROT_READ));
	is_int(in_child(poke(page + 9, 1); exit(calls * 10 + peek(page + 9))), 21,
		"V05 in a child, too");
	must(munmap(page, PAGE));
}

static void
tell_code(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	_exit(info->si_code == SI_TKILL ? 5 : 6);
}

static void
fault_again(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	(void)context;
	poke(8, 1);
	_exit(4);
}

/* --- the stack overflown --- */

static char other_stack[16384];

static volatile int depth;

static int
dig(int n)
{
	volatile char room[1000];
	room[0] = n;
	depth = n;
	return n ? dig(n + 1) + room[0] : 0;
}

static void
overflow(void)
{
	stack_t stack = {.ss_sp = other_stack, .ss_size = sizeof(other_stack)}, old;

	handle(SIGSEGV, jump, 0);
	is_int(in_child(dig(1)), -SIGSEGV,
		"V05 with its stack overflown it dies: a handler needs one");
	must(sigaltstack(&stack, 0));
	handle(SIGSEGV, jump, SA_ONSTACK);
	is_int(told_by(dig(1)), SIGSEGV, "V05 with another stack the handler runs");
	is_int(told.si_code, SEGV_MAPERR, "V05 SEGV_MAPERR");
	ok(depth > 1000, "V05 after some megabytes");
	must(sigaltstack(0, &old));
	is_int(old.ss_flags, 0, "V05 behind it the other stack is free again");
	is_int(told_by(dig(1)), SIGSEGV, "V05 and it runs again");
	stack.ss_flags = SS_DISABLE;
	must(sigaltstack(&stack, 0));
	is_int(in_child(dig(1)), -SIGSEGV, "V05 SS_DISABLE takes the stack away");
}

static void
stack_state(int number, siginfo_t *info, void *context)
{
	stack_t now, other = {.ss_sp = other_stack, .ss_size = sizeof(other_stack)};
	ucontext_t *c = context;
	(void)number;
	(void)info;
	must(sigaltstack(0, &now));
	calls = now.ss_flags;
	if (sigaltstack(&other, 0) == 0 || errno != EPERM)
		calls = -1;
	if (c->uc_stack.ss_sp != other_stack)
		calls = -2;
}

static void
alternate(void)
{
	stack_t stack = {.ss_sp = other_stack, .ss_size = sizeof(other_stack)}, old;

	must(sigaltstack(0, &old));
	is_int(old.ss_flags, SS_DISABLE, "V05 no other stack: SS_DISABLE");
	must(sigaltstack(&stack, 0));
	handle(SIGUSR1, stack_state, SA_ONSTACK);
	raise(SIGUSR1);
	is_int(calls, SS_ONSTACK,
		"V05 on it sigaltstack says SS_ONSTACK, and that it cannot change");
	stack.ss_size = 100;
	fails(sigaltstack(&stack, 0), ENOMEM, "V05 a stack of 100 bytes");
	stack.ss_size = MINSIGSTKSZ - 1;
	fails(sigaltstack(&stack, 0), ENOMEM, "V05 one too few");
	stack.ss_flags = 77;
	fails(sigaltstack(&stack, 0), EINVAL, "V05 unknown flags");
	fails(sigaltstack((void *)8, 0), EFAULT, "V08 from nowhere");
	fails(sigaltstack(0, (void *)8), EFAULT, "V08 to nowhere");
	stack = (stack_t){.ss_sp = other_stack, .ss_size = MINSIGSTKSZ};
	is_int(in_child(exit(-sigaltstack(&stack, 0))), 0, "V05 the smallest there is");
	/* an address where no stack can be */
	stack = (stack_t){.ss_sp = (void *)16, .ss_size = 8192};
	is_int(in_child(sigaltstack(&stack, 0); raise(SIGUSR1)), -SIGSEGV,
		"V05 a stack that is not there kills");
	is_int(in_child(sigaltstack(&stack, 0); handle(SIGSEGV, tell_code, 0); raise(SIGUSR1)),
		6, "V05 unless there is a handler for that");
	stack = (stack_t){.ss_sp = other_stack, .ss_size = sizeof(other_stack),
		.ss_flags = (int)SS_AUTODISARM};
	must(sigaltstack(&stack, 0));
	handle(SIGUSR1, stack_state, SA_ONSTACK);
	is_int(in_child(raise(SIGUSR1); exit(calls == -1)), 1,
		"V05 SS_AUTODISARM: in the handler there is none, and it may be set");
	stack.ss_flags = SS_DISABLE;
	must(sigaltstack(&stack, 0));
}

int
main(void)
{
	page_faults();
	mending();
	handle(SIGSEGV, tell_code, 0);
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGSEGV);
	is_int(in_child(sigprocmask(SIG_BLOCK, &set, 0); poke(8, 1)), -SIGSEGV,
		"V05 a blocked fault kills, handler or not");
	is_int(in_child(raise(SIGSEGV)), 5, "V05 one that was sent is a signal as others are");
	is_int(in_child(poke(8, 1)), 6, "V05 a fault's comes from the kernel");
	handle(SIGSEGV, fault_again, 0);
	is_int(in_child(poke(8, 1)), -SIGSEGV, "V05 a fault in its own handler kills");
	handle(SIGSEGV, fault_again, SA_NODEFER);
	is_int(in_child(poke(8, 1)), -SIGSEGV,
		"V05 with SA_NODEFER not before the stack has run over");
	overflow();
	alternate();
	return done();
}
