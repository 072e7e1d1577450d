/* The string among the copies from user memory; the others are the port's, in assembly. */
#include "arch/arch.h"
#include "common.h"
#include <abi/errno.h>

long
arch_copy_string_from_user(char *to, const char *user, size_t size)
{
	size_t room = USER_END - (vaddr_t)user; /* bytes up to where user memory ends */
	long length;

	if ((vaddr_t)user >= USER_END)
		return -EFAULT;
	if (size <= room)
		return uaccess_copy_string(to, user, size);
	length = uaccess_copy_string(to, user, room);
	return length == -ENAMETOOLONG ? -EFAULT : length;
}
