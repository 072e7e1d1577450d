/* qsort, bsearch and rand. */
#include "_tap.h"

#define COUNT 1000

static int comparisons;

static int
by_number(const void *a, const void *b)
{
	comparisons++;
	return *(const int *)a - *(const int *)b;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
is_sorted(const int *numbers, int count)
{
	for (int i = 1; i < count; i++)
		if (numbers[i - 1] > numbers[i])
			return 0;
	return 1;
}

/* Sorted, with the same sum, and without n * n comparisons. */
static void
sorts(int (*number)(int), const char *what)
{
	int numbers[COUNT];
	long before = 0, after = 0;
	for (int i = 0; i < COUNT; i++)
		before += numbers[i] = number(i);
	comparisons = 0;
	qsort(numbers, COUNT, sizeof(int), by_number);
	for (int i = 0; i < COUNT; i++)
		after += numbers[i];
	ok(is_sorted(numbers, COUNT) && before == after, "qsort: %s", what);
	ok(comparisons < 20 * COUNT, "qsort: %s: few comparisons", what);
}

static int
random_number(int i)
{
	(void)i;
	return rand() % 500;
}

static int
rising(int i)
{
	return i;
}

static int
falling(int i)
{
	return -i;
}

static int
equal(int i)
{
	(void)i;
	return 7;
}

static void
searching(void)
{
	int numbers[] = {1, 3, 5, 7, 9}, found = 0;
	for (int key = 0; key <= 10; key++) {
		int *p = bsearch(&key, numbers, 5, sizeof(int), by_number);
		found += p ? *p == key : key % 2 == 0;
	}
	is_int(found, 11, "bsearch finds what is there and nothing else");
	int key = 1;
	ok(!bsearch(&key, numbers, 0, sizeof(int), by_number), "bsearch in nothing");
}

static void
randomness(void)
{
	int first[10], same = 0, seen[8] = {0}, missing = 0;
	srand(42);
	for (int i = 0; i < 10; i++)
		first[i] = rand();
	srand(42);
	for (int i = 0; i < 10; i++)
		same += rand() == first[i];
	is_int(same, 10, "rand: the same seed, the same numbers");
	srand(43);
	ok(rand() != first[0], "rand: another seed, others");
	for (int i = 0; i < 8000; i++)
		seen[rand() % 8]++;
	for (int i = 0; i < 8; i++)
		missing += seen[i] < 800 || seen[i] > 1200;
	is_int(missing, 0, "rand: no number is preferred");
}

int
main(void)
{
	sorts(random_number, "random numbers");
	sorts(rising, "in order already");
	sorts(falling, "in the opposite order");
	sorts(equal, "all the same");
	const char *names[] = {"shm", "msg", "sem"};
	qsort(names, 3, sizeof(*names), by_name);
	ok(!strcmp(names[0], "msg") && !strcmp(names[2], "shm"), "qsort: strings");
	searching();
	randomness();
	return done();
}
