/*
 * Rights to execute. x86 without an NX bit cannot refuse what is mapped, but nothing comes in for a
 * jump to where the area has no such right. For nopage only: Linux takes that jump for a read.
 */
#include "_tap.h"

#define RET 0xc3
#define jump_to(address) ((void (*)(void))unknown(address))()

int
main(void)
{
	char *data = private_pages(1, PROT_READ | PROT_WRITE);
	is_int(in_child(jump_to(data)), -SIGSEGV, "V08 S14 a jump into data never touched");
	char *code = private_pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);
	poke(code, RET);
	is_int(in_child(jump_to(code)), 0, "V04 a jump into memory mapped with PROT_EXEC");

	int id = must(shmget(IPC_PRIVATE, PAGE, 0700));
	char *rw = must(shmat(id, 0, 0)), *rx = must(shmat(id, 0, SHM_RDONLY | SHM_EXEC));
	is_int(in_child(jump_to(rw)), -SIGSEGV, "S14 a jump into an attach without SHM_EXEC");
	poke(rw, RET);
	is_int(in_child(jump_to(rx)), 0, "S14 a jump into an attach with SHM_EXEC");
	is_int(in_child(poke(rx, 1)), -SIGSEGV, "S14 which is not writable");
	must(shmdt(rw));
	must(shmdt(rx));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
