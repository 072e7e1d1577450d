/* string.h: every function once as it is meant, and at its edges. */
#include "_tap.h"
#include <strings.h>

/* Moves and fills of every size and alignment against the obvious loops. */
static void
memory(void)
{
	unsigned char block[96], model[96];
	int wrong = 0;
	for (int from = 0; from < 24; from++)
		for (int to = 0; to < 24; to++)
			for (int size = 0; size < 40; size++) {
				for (int i = 0; i < 96; i++)
					block[i] = model[i] = i;
				for (int i = 0; i < size; i++)
					model[to + i] = from + i;
				wrong += memmove(block + to, block + from, size) != block + to;
				wrong += memcmp(block, model, 96) != 0;
				memset(block + to, from - 7, size);
				for (int i = 0; i < size; i++)
					model[to + i] = from - 7;
				wrong += memcmp(block, model, 96) != 0;
			}
	is_int(wrong, 0, "memmove, memset and memcmp agree with plain loops");
	ok(memcmp("a\200", "a\1", 2) > 0 && memcmp("a", "b", 0) == 0, "memcmp compares unsigned");
	ok(memchr("abc", 'c', 2) == 0 && !strcmp(memchr("abcb", 'b', 4), "bcb"), "memchr");
	ok(!strcmp(memrchr("abcb", 'b', 4), "b") && !strcmp(memmem("xabc", 4, "ab", 2), "abc"),
		"memrchr, memmem");
}

static void
comparing(void)
{
	ok(strcmp("a", "b") < 0 && strcmp("b", "a") > 0 && strcmp("a", "a") == 0, "strcmp");
	ok(strcmp("a", "ab") < 0 && strcmp("\200", "a") > 0, "strcmp at the end, and unsigned");
	ok(strncmp("abc", "abd", 2) == 0 && strncmp("abc", "abd", 3) < 0, "strncmp");
	ok(strcasecmp("HeLLo", "hEllO") == 0 && strncasecmp("abX", "ABy", 2) == 0, "strcasecmp");
}

static void
copying(void)
{
	char to[8];
	memset(to, 'x', 8);
	strncpy(to, "ab", 4);
	ok(memcmp(to, "ab\0\0xxxx", 8) == 0, "strncpy fills up");
	strncpy(to, "abcdefgh", 3);
	ok(memcmp(to, "abc\0x", 5) == 0, "strncpy cuts");
	ok(stpcpy(to, "abc") == to + 3 && !strcmp(strcat(to, "de"), "abcde"), "stpcpy, strcat");
	ok(!strcmp(strncat(to, "fgh", 1), "abcdef"), "strncat cuts and ends with a zero");
	char *copy = strdup("hello"), *part = strndup("hello", 2);
	ok(!strcmp(copy, "hello") && !strcmp(part, "he"), "strdup, strndup");
	free(copy);
	free(part);
}

static void
finding(void)
{
	const char *text = "hello world";
	ok(strlen("") == 0 && strlen(text) == 11 && strnlen(text, 5) == 5, "strlen, strnlen");
	ok(strchr(text, 'o') == text + 4 && strrchr(text, 'o') == text + 7, "strchr, strrchr");
	ok(strchr(text, 'z') == 0 && *strchr(text, 0) == 0, "strchr: absent, and the final zero");
	ok(strstr(text, "o w") == text + 4 && !strstr(text, "ow") && strstr(text, "") == text,
		"strstr");
	ok(strspn(text, "leh") == 4 && strcspn(text, " ") == 5, "strspn, strcspn");
	ok(strpbrk(text, "wxo") == text + 4 && !strpbrk(text, "z"), "strpbrk");
}

static void
cutting(void)
{
	char line[] = " a  bc,d ", fields[] = "x,,y", *rest = fields;
	ok(!strcmp(strtok(line, " ,"), "a") && !strcmp(strtok(0, " ,"), "bc"), "strtok: words");
	ok(!strcmp(strtok(0, " ,"), "d") && !strtok(0, " ,") && !strtok(0, " ,"),
		"strtok: the last");
	ok(!strcmp(strsep(&rest, ","), "x") && !strcmp(strsep(&rest, ","), ""),
		"strsep: an empty field");
	ok(!strcmp(strsep(&rest, ","), "y") && !strsep(&rest, ","), "strsep: the last");
}

static void
words(void)
{
	ok(!strcmp(strerror(ENOENT), "No such file or directory"), "strerror");
	ok(!strcmp(strerror(EIDRM), "Identifier removed") && !strcmp(strerror(0), "Success"),
		"strerror: more");
	ok(!strcmp(strerror(9999), "Unknown error 9999"), "strerror: none");
	ok(!strcmp(strsignal(SIGSEGV), "Segmentation fault"), "strsignal");
}

int
main(void)
{
	memory();
	comparing();
	copying();
	finding();
	cutting();
	words();
	return done();
}
