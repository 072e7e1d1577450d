/* The strings of BSD. */
#ifndef LIBC_STRINGS_H
#define LIBC_STRINGS_H

#include <stddef.h>

void bcopy(const void *from, void *to, size_t size);
void bzero(void *memory, size_t size);
int ffs(int bits);
char *index(const char *text, int c);
char *rindex(const char *text, int c);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t length);

#endif
