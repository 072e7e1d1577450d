/*
 * The C library's string functions that the kernel uses; memcpy, memmove, memset and memcmp are
 * libc/builtins'.
 */
#ifndef LIB_STRING_H
#define LIB_STRING_H

#include <lib/types.h>

void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t size);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
/* Copy at most size - 1 bytes and always a NUL; returns strlen(from), so >= size means cut off. */
size_t strlcpy(char *to, const char *from, size_t size);
/* A decimal or 0x… number; *end (may be NULL) is where it stops. */
unsigned long parse_number(const char *s, const char **end);

#endif
