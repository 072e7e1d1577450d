/* Strings and blocks of memory. */
#ifndef LIBC_STRING_H
#define LIBC_STRING_H

#include <stddef.h>
#include <strings.h>

void *memccpy(void *to, const void *from, int stop, size_t size);
void *memchr(const void *memory, int c, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmem(const void *haystack, size_t size, const void *needle, size_t length);
void *memmove(void *to, const void *from, size_t size);
void *mempcpy(void *restrict to, const void *restrict from, size_t size);
void *memrchr(const void *memory, int c, size_t size);
void *memset(void *to, int c, size_t size);
char *stpcpy(char *restrict to, const char *restrict from);
char *strcat(char *restrict to, const char *restrict from);
char *strchr(const char *text, int c);
char *strchrnul(const char *text, int c);
int strcmp(const char *a, const char *b);
int strcoll(const char *a, const char *b);
char *strcpy(char *restrict to, const char *restrict from);
size_t strcspn(const char *text, const char *reject);
char *strdup(const char *text);
char *strerror(int error);
size_t strlcat(char *restrict to, const char *restrict from, size_t size);
size_t strlcpy(char *restrict to, const char *restrict from, size_t size);
size_t strlen(const char *text);
char *strncat(char *restrict to, const char *restrict from, size_t length);
int strncmp(const char *a, const char *b, size_t length);
char *strncpy(char *restrict to, const char *restrict from, size_t size);
char *strndup(const char *text, size_t length);
size_t strnlen(const char *text, size_t size);
char *strpbrk(const char *text, const char *accept);
char *strrchr(const char *text, int c);
char *strsep(char **rest, const char *separators);
char *strsignal(int number);
size_t strspn(const char *text, const char *accept);
char *strstr(const char *text, const char *part);
char *strtok(char *restrict text, const char *restrict separators);
char *strtok_r(char *restrict text, const char *restrict separators, char **restrict rest);

#endif
