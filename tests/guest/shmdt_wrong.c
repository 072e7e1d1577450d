/* shmdt takes the start of an attach and nothing else, and leaves everything else alone. */
#include "_tap.h"

static char data[2 * PAGE];

int
main(void)
{
	int id = new_segment(3 * PAGE);
	char *p = must(shmat(id, 0, 0)), *heap = sbrk(0), on_stack;
	char *anonymous = private_pages(1, PROT_READ | PROT_WRITE);
	char *in_data = (char *)(((unsigned long)data + PAGE - 1) & -PAGE);
	*in_data = *anonymous = 7;

	fails(shmdt(0), EINVAL, "S22 null");
	fails(shmdt(p + 1), EINVAL, "S22 one byte inside");
	fails(shmdt(p + PAGE), EINVAL, "S22 a page inside");
	fails(shmdt(p + 3 * PAGE), EINVAL, "S22 its end");
	fails(shmdt(p - PAGE), EINVAL, "S22 the page before it");
	fails(shmdt(anonymous), EINVAL, "S22 anonymous memory");
	fails(shmdt(heap), EINVAL, "S22 the heap's end");
	fails(shmdt(in_data), EINVAL, "S22 the program's data");
	fails(shmdt((void *)((unsigned long)main & -PAGE)), EINVAL, "S22 the program's text");
	fails(shmdt((void *)((unsigned long)&on_stack & -PAGE)), EINVAL, "S22 the stack");
	fails(shmdt((void *)0xc0000000), EINVAL, "S22 a kernel address");
	fails(shmdt((void *)-PAGE), EINVAL, "S22 the last page there is");
	fails(shmdt((void *)-1), EINVAL, "S22 what a failed shmat returns");
	ok(*in_data == 7 && *anonymous == 7, "S22 nothing else was unmapped");
	is_int(nattch(id), 1, "S22 still attached");

	poke(p, 1);
	is_int(shmdt(p), 0, "S22 the start of the attach");
	is_int(in_child(peek(p)), -SIGSEGV, "S22 the memory faults at once");
	is_int(in_child(peek(p + 2 * PAGE)), -SIGSEGV, "S22 its last page too");
	fails(shmdt(p), EINVAL, "S22 a second time");
	is_int(nattch(id), 0, "S22 not attached");
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
