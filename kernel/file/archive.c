/*
 * The archive: one or more newc cpio archives behind each other, the machine's only boot module.
 * (The format: Linux's Documentation/driver-api/early-userspace/buffer-format.rst.) It is read
 * once, at boot, into the tree of names; the files' bytes stay where they lie. What is read is
 * checked: a damaged archive ends in a panic that says what is wrong and where.
 */
#include "arch/arch.h"
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/stat.h>
#include <abi/unistd.h>
#include <dev/console.h>
#include <file/node.h>
#include <lib/string.h>
#include <mm/shm_object.h>
#include <mm/uaccess.h>
#include <mm/vm.h>

#define MAGIC	    "070701"
#define MAGIC_SIZE  (sizeof(MAGIC) - 1)
#define TRAILER	    "TRAILER!!!"
#define FIELD	    8	/* bytes of one field: hexadecimal digits */
#define HEADER_SIZE 110 /* the magic and 13 fields */

/* Where in the header a field begins. The others mean nothing here. */
#define FIELD_AT(n) (MAGIC_SIZE + (n) * FIELD)
#define MODE_AT	     FIELD_AT(1)
#define TIME_AT	     FIELD_AT(5)
#define SIZE_AT	     FIELD_AT(6)
#define NAME_SIZE_AT FIELD_AT(11)

struct entry {
	uint32_t mode, time, size, name_size;
	const char *name;
	const char *bytes;
};

struct reader {
	const char *start;
	size_t size, offset; /* bytes; offset <= size */
	const char *wrong;   /* what is, once something is */
};

static const struct file_operations archive_operations;

static bool
damaged(struct reader *reader, const char *wrong)
{
	reader->wrong = wrong;
	return false;
}

/* 0 … 15; more than that: no hexadecimal digit. */
static unsigned
hex_digit(char c)
{
	unsigned decimal = (unsigned char)c - '0', letter = ((unsigned char)c | 0x20) - 'a';

	return decimal < 10 ? decimal : letter < 6 ? 10 + letter : 16;
}

static bool
read_field(const char *digits, uint32_t *value)
{
	*value = 0;
	for (int i = 0; i < FIELD; i++) {
		unsigned digit = hex_digit(digits[i]);
		if (digit > 15)
			return false;
		*value = *value << 4 | digit;
	}
	return true;
}

/* Takes `size` bytes and the padding to a multiple of 4; NULL when the archive ends before. */
static const char *
take(struct reader *reader, size_t size)
{
	const char *bytes = reader->start + reader->offset;

	if (size > reader->size - reader->offset)
		return NULL;
	reader->offset += size;
	while (reader->offset % 4 != 0 && reader->offset < reader->size)
		reader->offset++;
	return bytes;
}

static bool
read_header(struct reader *reader, struct entry *entry)
{
	const char *header = reader->start + reader->offset;

	if (reader->size - reader->offset < HEADER_SIZE)
		return damaged(reader, "it ends within a header");
	if (memcmp(header, MAGIC, MAGIC_SIZE) != 0)
		return damaged(reader, "this is no newc cpio header");
	if (!read_field(header + MODE_AT, &entry->mode) ||
		!read_field(header + TIME_AT, &entry->time) ||
		!read_field(header + SIZE_AT, &entry->size) ||
		!read_field(header + NAME_SIZE_AT, &entry->name_size))
		return damaged(reader, "a field of the header is no number");
	reader->offset += HEADER_SIZE; /* the name follows at once, without padding */
	return true;
}

static bool
read_entry(struct reader *reader, struct entry *entry)
{
	if (!read_header(reader, entry))
		return false;
	uint32_t name_size = entry->name_size;
	if (name_size == 0 || name_size > PATH_SIZE)
		return damaged(reader, "a name is empty or too long");
	entry->name = take(reader, name_size);
	if (!entry->name)
		return damaged(reader, "it ends within a name");
	if (entry->name[name_size - 1] != '\0' || strlen(entry->name) != name_size - 1)
		return damaged(reader, "a name is not as long as its header says");
	entry->bytes = take(reader, entry->size);
	if (!entry->bytes)
		return damaged(reader, "it ends within a file");
	return true;
}

static const struct file_operations *
operations_for(unsigned mode)
{
	if (S_ISDIR(mode))
		return &directory_operations;
	return S_ISLNK(mode) ? &link_operations : &archive_operations;
}

/* Enters the file, link or directory into the tree; a later one replaces an earlier one. */
static bool
enter(struct reader *reader, const struct entry *entry)
{
	uint32_t mode = entry->mode;
	struct node *node;

	if (!S_ISREG(mode) && !S_ISDIR(mode) && !S_ISLNK(mode))
		return true; /* devices: they come from elsewhere */
	int error = node_make(root_node, entry->name, mode, operations_for(mode), &node);
	if (error == -ENOMEM)
		panic("the archive has more files than there is memory for");
	if (error)
		return damaged(reader, "a name has .. in it or leads through a file");
	if ((node->mode & S_IFMT) != (mode & S_IFMT))
		return damaged(reader, "a file and a directory, or a device, have the same name");
	if (node->operations != operations_for(mode))
		return damaged(reader, "a file stands at a name of /proc");
	node->mode = mode;
	node->modified = (struct timespec64){entry->time, 0};
	node->accessed = node->changed = node->modified;
	if (!S_ISDIR(mode)) {
		node->bytes = entry->bytes;
		node->size = entry->size;
	}
	return true;
}

/* One archive, up to its trailer. */
static bool
read_archive(struct reader *reader)
{
	struct entry entry;

	while (reader->offset < reader->size) {
		if (!read_entry(reader, &entry))
			return false;
		if (strcmp(entry.name, TRAILER) == 0)
			return true;
		if (!enter(reader, &entry))
			return false;
	}
	return damaged(reader, "it ends without a trailer");
}

/* All of them, with the zeros between and after them. */
static bool
read_archives(struct reader *reader)
{
	for (;;) {
		while (reader->offset < reader->size && reader->start[reader->offset] == '\0')
			reader->offset++;
		if (reader->offset == reader->size)
			return true;
		if (!read_archive(reader))
			return false;
	}
}

void
archive_init(void)
{
	const struct boot_info *boot = arch_boot_info();
	paddr_t start = boot->archive_start;
	struct reader reader = {.size = boot->archive_end - start};

	if (reader.size == 0)
		panic("no archive: the boot loader must load one newc cpio archive as module");
	reader.start = (const char *)arch_frame_address(start / PAGE_SIZE) + start % PAGE_SIZE;
	node_init();
	devices_add();
	proc_add();
	if (!read_archives(&reader))
		panic("the archive is damaged near byte %zu of %zu: %s", reader.offset, reader.size,
			reader.wrong);
	tmpfs_add();
}

int
archive_executable(const char *name, char *absolute, const void **bytes, size_t *size)
{
	struct path path;

	if (strlcpy(path.text, name, sizeof(path.text)) >= sizeof(path.text))
		return -ENAMETOOLONG;
	int error = path_walk(&path, AT_FDCWD, 0);
	if (error)
		return error;
	const struct node *node = path.place.node;
	if (!node)
		return -ENOENT;
	if (node->operations != &archive_operations)
		return -EACCES;
	*bytes = node->bytes;
	*size = node->size;
	/* the walk is over: its text is room for the path back */
	const char *begin = place_path(path.place, path.text, sizeof(path.text));
	strlcpy(absolute, begin ? begin : name, PATH_SIZE);
	return place_permitted(path.place, X_OK);
}

static long
archive_read_at(struct file *file, void *user, size_t size, int64_t *position)
{
	const struct node *node = file->place.node;

	if (*position >= (int64_t)node->size)
		return 0;
	if (size > node->size - *position)
		size = node->size - *position;
	if (copy_to_user(user, (const char *)node->bytes + *position, size))
		return -EFAULT;
	*position += size;
	return size;
}

static int64_t
archive_seek(struct file *file, int64_t offset, int whence)
{
	return file_seek(file, offset, whence, file->place.node->size);
}

/* A page as it is in the file, zeros behind the end. */
static void
fill_page(struct shm_object *object, unsigned long page, pfn_t frame)
{
	const struct node *node = object->name;
	size_t offset = page * PAGE_SIZE, count = node->size - offset;

	memcpy(arch_frame_address(frame), (const char *)node->bytes + offset,
		count < PAGE_SIZE ? count : PAGE_SIZE);
	arch_sync_icache(frame); /* it may be a program's */
}

/* Each mapping has pages of its own, copied from the archive as they are touched. */
static int
archive_map(struct file *file, struct vm_area *area)
{
	struct node *node = file->place.node;
	struct shm_object *object = shm_object_create((node->size + PAGE_MASK) / PAGE_SIZE);

	if (!object)
		return -ENOMEM;
	object->name = node;
	object->fill = fill_page;
	area->ops = &file_area_operations;
	area->object = object;
	return 0;
}

static const struct file_operations archive_operations = {
	.name = "archive",
	.read_at = archive_read_at,
	.seek = archive_seek,
	.map = archive_map,
};
