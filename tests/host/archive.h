/*
 * A newc cpio archive made in memory, and the kernel's reader let loose on it: for archive_test and
 * the fuzzer.
 */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

struct archive {
	unsigned char *bytes;
	size_t size;
};

/* Adds a file or directory (contents NULL); archive_end adds the trailer. */
void archive_add(struct archive *archive, const char *name, unsigned mode, const char *contents,
	size_t size);
void archive_end(struct archive *archive);

/*
 * Reads the archive as the kernel does at boot, from a block that is exactly as long. NULL, or what
 * the panic said. After it the tree of names is there, until archive_forget().
 */
const char *archive_read(const unsigned char *bytes, size_t size);
void archive_forget(void);
/* Every name in the tree can be found, and every file's bytes lie within the archive. */
void archive_check_tree(void);

#endif
