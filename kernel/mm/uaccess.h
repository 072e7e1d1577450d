/*
 * The only way between the kernel and a program's memory. Every one may fault, and so may sleep: no
 * pointer into kernel data survives it, take a snapshot first. All return 0 or -EFAULT unless said
 * otherwise.
 */
#ifndef MM_UACCESS_H
#define MM_UACCESS_H

#include "arch/arch.h"

static inline int
copy_from_user(void *to, const void *user, size_t size)
{
	return arch_copy_from_user(to, user, size);
}

static inline int
copy_to_user(void *user, const void *from, size_t size)
{
	return arch_copy_to_user(user, from, size);
}

/* The string's length, -ENAMETOOLONG when no NUL lies in the first `size` bytes, -EFAULT. */
static inline long
copy_string_from_user(char *to, const char *user, size_t size)
{
	return arch_copy_string_from_user(to, user, size);
}

#endif
