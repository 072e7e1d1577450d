/* kernel/lib/symbols.c, with a table of our own, and random.c. */
#include <lib/random.h>
#include <lib/symbols.h>
#include "test.h"

const struct symbol kernel_symbols[] = {
	{100, "first"}, {110, "second"}, {111, "third"}, {200, "last"}};
const unsigned kernel_symbols_count = 4;

static void
looked_up(void)
{
	for (unsigned long address = 0; address < 300; address++) {
		unsigned long offset = 0;
		const char *name = symbol_name(address, &offset);
		int model = -1;
		for (int i = 0; i < 4 && kernel_symbols[i].address <= address; i++)
			model = i;
		check(model < 0 ? !name : name == kernel_symbols[model].name);
		check_equal(offset, model < 0 ? 0 : address - kernel_symbols[model].address);
	}
}

static void
random_repeats(void)
{
	unsigned char *a = malloc(1000), b[1000];
	int seen[256] = {0}, different = 0;

	random_seed(1);
	random_bytes(a, 1000);
	random_bytes(b, 1000);
	check(memcmp(a, b, 1000));
	for (int i = 0; i < 1000; i++)
		different += !seen[a[i]]++;
	check(different > 200);
	random_seed(0x9e3779b97f4a7c15u); /* whatever the seed, it never gets stuck at 0 */
	random_bytes(a, 1000);
	check(memcmp(a, (unsigned char[1000]){0}, 1000));
	free(a);
}

const struct test tests[] = {
	{"V10 every address has the name of the function it lies in", looked_up, NULL},
	{"random bytes differ and are of all kinds", random_repeats, NULL},
	{0},
};
