/* /dev: the terminal under its two names, and the two devices that need no hardware. */
#include <abi/errno.h>
#include <file/node.h>
#include <mm/uaccess.h>

static long
null_read(struct file *file, void *user, size_t size)
{
	(void)file, (void)user, (void)size;
	return 0;
}

static long
null_write(struct file *file, const void *user, size_t size)
{
	(void)file, (void)user;
	return size;
}

/* The position of either stays 0, wherever it is moved. */
static int64_t
null_seek(struct file *file, int64_t offset, int whence)
{
	(void)file, (void)offset, (void)whence;
	return 0;
}

static long
zero_read(struct file *file, void *user, size_t size)
{
	(void)file;
	return arch_zero_user(user, size) ? -EFAULT : (long)size;
}

static const struct file_operations null_operations = {
	.name = "null",
	.read = null_read,
	.write = null_write,
	.seek = null_seek,
};

static const struct file_operations zero_operations = {
	.name = "zero",
	.read = zero_read,
	.write = null_write,
	.seek = null_seek,
};

static void
add(const char *path, unsigned mode, unsigned major, unsigned minor,
	const struct file_operations *operations)
{
	node_add(root_node, path, S_IFCHR | mode, operations)->device = major << 8 | minor;
}

/* The numbers are Linux's (Documentation/admin-guide/devices.txt). */
void
devices_add(void)
{
	add("dev/console", 0600, 5, 1, &terminal_operations);
	add("dev/tty", 0666, 5, 0, &terminal_operations);
	add("dev/null", 0666, 1, 3, &null_operations);
	add("dev/zero", 0666, 1, 5, &zero_operations);
}
