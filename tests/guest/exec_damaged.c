/* Files that are no program, or a damaged one: ENOEXEC, and the old image lives. */
#include "_tap.h"

/* Made by _files.py, of this program. */
static const char *const files[] = {"empty", "one_byte", "words", "cut_in_header",
	"cut_in_program_headers", "bad_magic", "other_machine", "relocatable", "core",
	"odd_entry_size", "no_program_headers", "too_many_program_headers",
	"program_headers_past_end"};

int
main(void)
{
	char *args[] = {"x", 0}, *env[] = {0}, path[64];
	char *p = private_pages(1, PROT_READ | PROT_WRITE);
	poke(p, 1);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		snprintf(path, sizeof(path), "/tests/files/%s", files[i]);
		fails(execve(path, args, env), ENOEXEC, "V05 %s", files[i]);
	}
	is_int(peek(p), 1, "V05 the old image still has its memory");
	is_int(in_child(execve("/tests/files/words", args, env); exit(3)), 3,
		"V05 a child goes on too");
	return done();
}
