/* /dev: the terminal under its two names, and the devices that need no hardware. */
#include <abi/errno.h>
#include <file/node.h>
#include <lib/random.h>
#include <lib/string.h>
#include <mm/uaccess.h>
#include <task/task.h>

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

/*
 * Fill the user's bytes, as many as are asked for; so with a pause after each bite, and up to a
 * signal. `fill` stores up to AT_ONCE bytes; 0, -EFAULT.
 */
#define AT_ONCE 4096

static long
endless_read(char *user, size_t size, int (*fill)(void *user, size_t size))
{
	size_t done = 0;

	while (done < size) {
		size_t count = size - done < AT_ONCE ? size - done : AT_ONCE;
		if (fill(user + done, count))
			return done ? (long)done : -EFAULT;
		done += count;
		wait_pause();
		if (signal_pending(current))
			break;
	}
	return done;
}

static long
zero_read(struct file *file, void *user, size_t size)
{
	(void)file;
	return endless_read(user, size, arch_zero_user);
}

/* A disk that has no room left. */
static long
full_write(struct file *file, const void *user, size_t size)
{
	(void)file, (void)user, (void)size;
	return -ENOSPC;
}

static int
random_fill(void *user, size_t size)
{
	unsigned char chunk[64];

	for (size_t done = 0; done < size; done += sizeof(chunk)) {
		size_t count = size - done < sizeof(chunk) ? size - done : sizeof(chunk);
		random_bytes(chunk, count);
		if (copy_to_user((char *)user + done, chunk, count))
			return -EFAULT;
	}
	return 0;
}

long
random_to_user(void *user, size_t size)
{
	return endless_read(user, size, random_fill);
}

static long
random_read(struct file *file, void *user, size_t size)
{
	(void)file;
	return random_to_user(user, size);
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

static const struct file_operations full_operations = {
	.name = "full",
	.read = zero_read,
	.write = full_write,
	.seek = null_seek,
};

static const struct file_operations random_operations = {
	.name = "random",
	.read = random_read,
	.write = null_write, /* Linux would stir it in: here runs repeat */
	.seek = null_seek,
};

static void
add(const char *path, unsigned mode, unsigned major, unsigned minor,
	const struct file_operations *operations)
{
	node_add(root_node, path, S_IFCHR | mode, operations)->device = major << 8 | minor;
}

static void
add_link(const char *path, const char *target)
{
	struct node *node = node_add(root_node, path, S_IFLNK | 0777, &link_operations);

	node->bytes = target;
	node->size = strlen(target);
}

/* The numbers are Linux's (Documentation/admin-guide/devices.txt). */
void
devices_add(void)
{
	add("dev/console", 0600, 5, 1, &terminal_operations);
	add("dev/tty", 0666, 5, 0, &terminal_operations);
	add("dev/null", 0666, 1, 3, &null_operations);
	add("dev/zero", 0666, 1, 5, &zero_operations);
	add("dev/full", 0666, 1, 7, &full_operations);
	add_link("dev/fd", "/proc/self/fd");
	add_link("dev/stdin", "/proc/self/fd/0");
	add_link("dev/stdout", "/proc/self/fd/1");
	add_link("dev/stderr", "/proc/self/fd/2");
	add("dev/random", 0666, 1, 8, &random_operations);
	add("dev/urandom", 0666, 1, 9, &random_operations);
}
