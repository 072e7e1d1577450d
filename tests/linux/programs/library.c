/* What a C library does by itself once a program has started: numbers, text, sorting, time. */
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <time.h>
#include <unistd.h>

static jmp_buf back;

static int
compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void
numbers(void)
{
	volatile double x = 2;
	volatile uint64_t wide = 0xfedcba9876543210;
	volatile int64_t negative = -1234567890123456789;

	printf("%.15f %.10e %g %a\n", sqrt(x), exp(x), pow(x, 0.1), x / 3);
	printf("%.12f %.12f %.12f\n", sin(x), atan2(x, 3), log(x));
	printf("%f %f %f %d\n", x / 0, -x / 0, fmod(7.5, x), isnan(x - x) || isinf(x));
	printf("%" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 "\n", wide / 10, wide % 1000003,
		negative / 1000, negative % 1000);
	printf("%.3f %.0f %d %u\n", (double)wide, (double)negative, (int)x, (unsigned)(x * 1e9));
	printf("%ld %lu %g %d\n", strtol("-7fx", 0, 16), strtoul("4294967295", 0, 10),
		strtod("6.02e23", 0), atoi("  42"));
}

static void
text(void)
{
	char line[100], *rest = line;
	int values[] = {5, 3, 9, -2, 7, 0}, a, b;

	qsort(values, 6, sizeof(int), compare);
	for (int i = 0; i < 6; i++)
		printf("%d%c", values[i], i < 5 ? ' ' : '\n');
	strcpy(line, "one,two,,three");
	while (rest)
		printf("[%s]", strsep(&rest, ","));
	printf(" %d %s\n", sscanf("12 0x1f", "%d %i", &a, &b), strerror(2));
	printf("%5d|%-5d|%05d|%+d|%#x|%s|%.2s|%*d\n", a, b, a, b, b, "text", "cut", 6, 1);
	setenv("GREETING", "hello", 1);
	printf("%s %s\n", getenv("GREETING"), getenv("NOBODY") ? "?" : "nobody");
}

static void
dates(void)
{
	time_t then = 1700000000;
	struct tm parts;
	char line[100];
	struct timespec before, after;

	gmtime_r(&then, &parts);
	strftime(line, sizeof(line), "%Y-%m-%d %H:%M:%S %a %j", &parts);
	puts(line);
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	parts = (struct tm){.tm_year = 124, .tm_mon = 6, .tm_mday = 14, .tm_hour = 12,
		.tm_isdst = -1};
	printf("%ld %s", (long)mktime(&parts), asctime(&parts));
	clock_gettime(CLOCK_MONOTONIC, &before);
	usleep(20000);
	clock_gettime(CLOCK_MONOTONIC, &after);
	long passed = (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec;
	printf("slept: %d %d\n", passed >= 20000000, time(0) > then);
}

static void
jump(int depth)
{
	if (depth)
		jump(depth - 1);
	else
		longjmp(back, 42);
}

static int ran;

static void
at_end(void)
{
	printf("at the end %d\n", ran);
}

__attribute__((constructor)) static void
at_begin(void)
{
	ran = 7;
}

int
main(int argc, char **argv)
{
	atexit(at_end);
	printf("%d %s %d\n", argc, strrchr(argv[0], '/'), isatty(0) * 0);
	numbers();
	text();
	dates();
	int value = setjmp(back);
	if (!value)
		jump(20);
	printf("jumped %d\n", value);
	printf("%lu %d %s\n", getauxval(AT_PAGESZ), getauxval(AT_RANDOM) != 0,
		(char *)getauxval(AT_PLATFORM));
	printf("%ld %ld %ld\n", sysconf(_SC_PAGESIZE), sysconf(_SC_CLK_TCK),
		sysconf(_SC_NPROCESSORS_ONLN));
	return 0;
}
