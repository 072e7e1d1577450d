/* The boot arguments: words of the form key or key=value, between blanks. */
#ifndef LIB_BOOTARGS_H
#define LIB_BOOTARGS_H

#include <lib/types.h>

/* Once: keeps the pointer. */
void bootargs_init(const char *command_line);
/*
 * The value of `key` into `value` (cut off at size - 1); a key without '=' has the value "1".
 * False: not there.
 */
bool bootarg_string(const char *key, char *value, size_t size);
/* The same as a number (decimal or 0x…), or `otherwise` when the key is not there. */
unsigned long bootarg_number(const char *key, unsigned long otherwise);
/* `word` stands in the comma-separated value of `key`. */
bool bootarg_has(const char *key, const char *word);

#endif
