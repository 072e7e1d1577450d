/* What one process wrote never shows in another's new memory. */
#include "_tap.h"

#define PAGES 256

static int
foreign_words(const char *p)
{
	int found = 0;
	for (unsigned long i = 0; i < PAGES * PAGE; i += sizeof(long))
		found += peek_word(p + i) != 0;
	return found;
}

static char *
anonymous(void)
{
	return must(
		mmap(0, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

int
main(void)
{
	is_int(in_child(memset(anonymous(), 0x5a, PAGES * PAGE)), 0,
		"V01 a child dirties a MiB and ends");
	int id = new_segment(PAGES * PAGE);
	char *p = must(shmat(id, 0, 0));
	is_int(foreign_words(p), 0, "S17 a new segment shows nothing of it");
	memset(p, 0x5b, PAGES * PAGE);
	must(shmdt(p));
	must(shmctl(id, IPC_RMID, 0));
	is_int(in_child(exit(foreign_words(anonymous()) != 0)), 0,
		"V01 nor new memory of the segment");
	id = new_segment(PAGES * PAGE);
	p = must(shmat(id, 0, 0));
	is_int(foreign_words(p), 0, "S17 nor the next segment");
	must(shmdt(p));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
