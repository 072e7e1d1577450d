/* Scripts: #! and what Linux makes of the line; the interpreter of these is this program. */
#include "_tap.h"
#include <sys/auxv.h>

#define FILES "/tests/files/"

/*
 * Run a script as "script a b" and compare with the words that its interpreter finds, joined by
 * '|'.
 */
#define becomes(script, words) (write_answer(words), runs(FILES script))

static char expected[16384];

static void
write_answer(const char *words)
{
	snprintf(expected, sizeof(expected), "%s", words);
}

static int
runs(const char *path)
{
	char answer[sizeof(expected) + 16];

	snprintf(answer, sizeof(answer), "ANSWER=%s", expected);
	return in_child(char *argv[] = {"script", "a", "b", 0}, *envp[] = {answer, 0};
			execve(path, argv, envp); exit(errno));
}

static int
read_script(int argc, char **argv)
{
	char words[16384];
	size_t used = 0;

	for (int i = 0; i < argc; i++)
		used += snprintf(words + used, sizeof(words) - used, "%s%s", i ? "|" : "", argv[i]);
	if (strcmp(words, getenv("ANSWER")) != 0) {
		fprintf(stderr, "# %s\n", words);
		return 99;
	}
	return 0;
}

#define SELF "/tests/exec_script"

static void
lines(void)
{
	is_int(becomes("plain", SELF "|" FILES "plain|a|b"), 0,
		"V11 the script's path comes first");
	is_int(becomes("blanks", SELF "|one  two|" FILES "blanks|a|b"), 0,
		"V11 what follows the interpreter is one word, without blanks at its ends");
	is_int(becomes("no_newline", SELF "|word|" FILES "no_newline|a|b"), 0,
		"V11 a file that ends with the line");
	is_int(becomes("just_fits", SELF "|x|" FILES "just_fits|a|b"), 0,
		"V11 of a longer line, what lies in the first 255 bytes");
	is_int(becomes("nested1", SELF "|1|" FILES "nested1|a|b"), 0, "V11 one script");
	is_int(becomes("nested5", SELF "|1|" FILES "nested1|2|" FILES "nested2|3|" FILES
				  "nested3|4|" FILES "nested4|5|" FILES "nested5|a|b"),
		0, "V11 a script read by a script, five deep");
}

static void
refused(void)
{
	is_int(becomes("nested6", ""), ELOOP, "V11 six deep: ELOOP");
	is_int(becomes("itself", ""), ELOOP, "V11 a script that reads itself: ELOOP");
	is_int(becomes("name_cut", ""), ENOEXEC, "V11 a name longer than the line");
	is_int(becomes("names_nothing", ""), ENOEXEC, "V11 no name");
	is_int(becomes("only_blanks", ""), ENOEXEC, "V11 blanks as far as it is read");
	is_int(becomes("reader_missing", ""), ENOENT, "V11 an interpreter that is not there");
	is_int(becomes("reader_not_executable", ""), EACCES, "V11 one without the right");
	is_int(becomes("reader_no_program", ""), ENOEXEC, "V11 one that is no program");
}

static void
no_argument(void)
{
	write_answer(SELF "|" FILES "plain");
	char answer[64], *nothing[] = {0}, *envp[] = {answer, 0};
	snprintf(answer, sizeof(answer), "ANSWER=%s", expected);
	is_int(in_child(execve(FILES "plain", nothing, envp); exit(errno)), 0,
		"V11 a script without any argument");
}

int
main(int argc, char **argv)
{
	if (getenv("ANSWER"))
		return read_script(argc, argv);
	lines();
	refused();
	no_argument();
	return done();
}
