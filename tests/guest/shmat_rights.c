/* SHM_RDONLY and SHM_EXEC: what may be done through an attach, and that mprotect cannot widen it.
 */
#include "_tap.h"

int
main(void)
{
	int id = must(shmget(IPC_PRIVATE, PAGE, 0700));
	char *rw = must(shmat(id, 0, 0));
	poke(rw, 9);
	char *ro = (char *)works(shmat(id, 0, SHM_RDONLY), "S14 attach read-only");
	is_int(peek(ro), 9, "S14 a read-only attach reads");
	is_int(in_child(poke(ro, 1)), -SIGSEGV, "S14 a write through it: SIGSEGV");
	is_int(peek(rw), 9, "S14 and nothing is written");
	fails(mprotect(ro, PAGE, PROT_READ | PROT_WRITE), EACCES, "S14 mprotect cannot widen it");
	is_int(in_child(poke(ro, 1)), -SIGSEGV, "S14 still read-only");
	fails(mprotect(ro, PAGE, PROT_WRITE), EACCES, "S14 nor replace reading by writing");
	is_int(mprotect(ro, PAGE, PROT_READ | PROT_EXEC), 0, "S14 but let it be executed");
	is_int(mprotect(ro, PAGE, PROT_NONE), 0, "S14 mprotect may narrow it");
	is_int(in_child(peek(ro)), -SIGSEGV, "S14 narrowed to nothing");
	is_int(mprotect(ro, PAGE, PROT_READ), 0, "S14 and back to what was granted");
	is_int(peek(ro), 9, "S14 readable again");

	is_int(mprotect(rw, PAGE, PROT_READ), 0, "S14 mprotect narrows a writable attach");
	is_int(in_child(poke(rw, 1)), -SIGSEGV, "S14 no writing now");
	is_int(mprotect(rw, PAGE, PROT_READ | PROT_WRITE), 0, "S14 and widens it again");
	poke(rw, 10);
	is_int(peek(ro), 10, "S14 one page under both");

	int empty = new_segment(PAGE);
	ro = must(shmat(empty, 0, SHM_RDONLY));
	is_int(in_child(poke(ro, 1)), -SIGSEGV, "S14 a first touch that writes is refused too");
	is_int(peek(ro), 0, "S17 a first touch that reads gets zeroes");
	must(shmdt(ro));
	must(shmctl(empty, IPC_RMID, 0));

	char *x = (char *)works(
		shmat(id, 0, SHM_EXEC), "S14 root attaches a mode 0700 segment to run");
	is_int(mprotect(x, PAGE, PROT_READ | PROT_EXEC), 0, "S14 mprotect to what was granted");
	must(shmdt(x));

	int mode0 = must(shmget(IPC_PRIVATE, PAGE, 0));
	x = (char *)works(shmat(mode0, 0, 0), "S30 root attaches a segment of mode 0");
	poke(x, 1);
	must(shmdt(x));
	must(shmctl(mode0, IPC_RMID, 0));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
