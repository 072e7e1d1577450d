/* Parts: munmap and mprotect of a piece, MAP_FIXED on top, hints, and areas that touch. */
#include "_tap.h"

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)
#define PAGES 8

/* For each page one letter: w writable, r readable, - neither. */
static char *
rights(char *p)
{
	static char text[PAGES + 1];
	for (int i = 0; i < PAGES; i++) {
		char *page = p + i * PAGE;
		int readable = in_child(peek(page)) == 0;
		text[i] = !readable ? '-' : in_child(poke(page, peek(page))) == 0 ? 'w' : 'r';
	}
	return text;
}

#define rights_are(p, want, ...) \
	({ \
		char *got_ = rights(p); \
		if (!ok(strcmp(got_, want) == 0, __VA_ARGS__)) \
			note("expected %s, got %s", want, got_); \
	})

int
main(void)
{
	char *p = private_pages(PAGES, RW);
	for (int i = 0; i < PAGES; i++)
		poke(p + i * PAGE, i);

	rights_are(p, "wwwwwwww", "V04 eight pages");
	must(munmap(p + 2 * PAGE, 2 * PAGE));
	rights_are(p, "ww--wwww", "V04 a hole in the middle");
	is_int(peek(p + 4 * PAGE), 4, "V04 the page behind it is the same");
	must(mprotect(p + 5 * PAGE, PAGE, PROT_READ));
	rights_are(p, "ww--wrww", "V04 one page protected");
	is_int(peek(p + 5 * PAGE) * 10 + peek(p + 6 * PAGE), 56, "V04 and its neighbours the same");
	must(mprotect(p + 4 * PAGE, 4 * PAGE, PROT_NONE));
	rights_are(p, "ww------", "V04 four pages, three areas, protected at once");
	must(mprotect(p + 4 * PAGE, 4 * PAGE, RW));
	rights_are(p, "ww--wwww", "V04 and back");
	is_int(peek(p + 5 * PAGE) + peek(p + 6 * PAGE) + peek(p + 7 * PAGE), 18,
		"V04 their data are there");

	fails(mprotect(p, PAGES * PAGE, PROT_READ), ENOMEM, "V04 mprotect over a hole");
	is_int(mprotect(p, 2 * PAGE, RW), 0, "V04 the part before it may have changed; back");
	must(mprotect(p + 4 * PAGE, 4 * PAGE, RW));

	ok(mmap(p + 2 * PAGE, 2 * PAGE, PROT_READ, ANON, -1, 0) == p + 2 * PAGE,
		"V04 a free hint is taken");
	rights_are(p, "wwrrwwww", "V04 the hole is filled");
	ok(mmap(p + 2 * PAGE, 2 * PAGE, PROT_READ, ANON, -1, 0) != p + 2 * PAGE,
		"V04 one in use is not");
	ok(mmap(p + PAGE, 6 * PAGE, RW, ANON | MAP_FIXED, -1, 0) == p + PAGE,
		"V04 MAP_FIXED replaces");
	rights_are(p, "wwwwwwww", "V04 across three areas");
	is_int(peek(p) + peek(p + 7 * PAGE), 7, "V04 the ends are the old ones");
	is_int(peek(p + PAGE) + peek(p + 4 * PAGE) + peek(p + 6 * PAGE), 0,
		"V04 the middle is new");

	must(munmap(p + PAGE, PAGE));
	must(munmap(p + 3 * PAGE, PAGE));
	must(munmap(p + 5 * PAGE, PAGE));
	must(munmap(p, PAGES * PAGE));
	rights_are(p, "--------", "V04 one munmap over areas and holes");

	/* A piece of the program itself: its data may be read-only, its text may go. */
	static char data[2 * PAGE];
	char *page = (char *)(((unsigned long)data + PAGE - 1) & -PAGE);
	poke(page, 1);
	must(mprotect(page, PAGE, PROT_READ));
	is_int(in_child(poke(page, 2)), -SIGSEGV, "V04 mprotect of the program's data");
	must(mprotect(page, PAGE, RW));
	poke(page, 3);
	is_int(in_child(poke((unsigned long)main, 0)), -SIGSEGV, "V03 text is not writable");
	return done();
}
