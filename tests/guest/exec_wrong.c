/*
 * Damage that Linux finds only when the old image is gone, so that it must kill: here ENOEXEC.
 * For nopage only.
 */
#include "_tap.h"

/* Made by _files.py. */
static const char *const files[] = {"cut_in_segment", "segment_in_kernel", "segment_wraps",
	"file_part_larger", "offset_past_end", "nothing_to_load"};

int
main(void)
{
	char *args[] = {"x", 0}, *env[] = {0}, path[64];
	char *p = private_pages(1, PROT_READ | PROT_WRITE);
	poke(p, 1);
	counter("frames_free");
	long before = counter("frames_free");
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		snprintf(path, sizeof(path), "/tests/files/%s", files[i]);
		fails(execve(path, args, env), ENOEXEC, "V05 %s", files[i]);
	}
	is_int(peek(p), 1, "V05 the old image still has its memory");
	counts(before - counter("frames_free"), 0, "V05 and nothing is left of the attempts");
	return done();
}
