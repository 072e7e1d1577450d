/*
 * kernel/mm/image.c: a program built here, mapped and read back; then the same with any bytes of it
 * damaged.
 */
#include <abi/elf.h>
#include <abi/errno.h>
#include <mm/frame.h>
#include <mm/image.h>
#include <mm/kmalloc.h>
#include <mm/vm.h>
#include "mock.h"
#include "test.h"

#define TEXT 0x08048000ul
#define DATA 0x0804b123ul
#define TEXT_SIZE 0x1800
#define DATA_SIZE 0x1500
#define BSS_SIZE 0x2345
#define FILE_SIZE (TEXT_SIZE + DATA_SIZE)

static unsigned char file[FILE_SIZE];
static Elf32_Ehdr *const header = (void *)file;
static Elf32_Phdr *const program = (void *)(file + sizeof(Elf32_Ehdr));

/*
 * Text with the headers in it, data at an odd address, and a bss that begins within the data's last
 * page.
 */
static void
build(void)
{
	for (unsigned i = 0; i < FILE_SIZE; i++)
		file[i] = i * 7 + i / 256;
	*header = (Elf32_Ehdr){
		.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS32, ELFDATA2LSB, EV_CURRENT},
		.e_type = ET_EXEC,
		.e_machine = EM_386,
		.e_version = EV_CURRENT,
		.e_entry = TEXT + 0x100,
		.e_phoff = sizeof(Elf32_Ehdr),
		.e_ehsize = sizeof(Elf32_Ehdr),
		.e_phentsize = sizeof(Elf32_Phdr),
		.e_phnum = 2,
	};
	program[0] =
		(Elf32_Phdr){PT_LOAD, 0, TEXT, TEXT, TEXT_SIZE, TEXT_SIZE, PF_R | PF_X, PAGE_SIZE};
	program[1] = (Elf32_Phdr){PT_LOAD, TEXT_SIZE, DATA, DATA, DATA_SIZE, DATA_SIZE + BSS_SIZE,
		PF_R | PF_W, PAGE_SIZE};
}

/* What the byte at `address` must be: the file's, or zero beside it. */
static unsigned char
expected(vaddr_t address)
{
	if (address >= TEXT && address < TEXT + TEXT_SIZE)
		return file[address - TEXT];
	if (address >= DATA && address < DATA + DATA_SIZE)
		return file[TEXT_SIZE + address - DATA];
	return 0;
}

static struct space *
loaded(struct image **image)
{
	struct space *space = space_create();

	check_equal(image_open("program", file, FILE_SIZE, image), 0);
	check_equal(image_map(*image, space), 0);
	image_put(*image); /* its areas hold it */
	space_check(space);
	return space;
}

static void
as_the_file_says(void)
{
	struct image *image;
	int error;

	machine_start();
	build();
	unsigned long frames_free = frame_free_count();
	struct space *space = loaded(&image);
	check_equal(frame_free_count(),
		frames_free - 1); /* the space's table: nothing is brought in yet */
	check_equal(image->entry, TEXT + 0x100);
	check_equal(image->headers, TEXT + sizeof(Elf32_Ehdr));
	vaddr_t end = (DATA + DATA_SIZE + BSS_SIZE + PAGE_MASK) & ~PAGE_MASK;
	check_equal(space->heap, end);
	for (vaddr_t at = TEXT; at < end; at++) {
		unsigned char *byte = user_touch(space, at, VM_READ, &error);
		if (at >= TEXT + 2 * PAGE_SIZE && at < (DATA & ~PAGE_MASK))
			check(!byte); /* the hole between */
		else
			check_equal(*byte, expected(at));
	}
	check(!user_touch(space, TEXT, VM_WRITE, &error) &&
		!user_touch(space, DATA, VM_EXEC, &error));
	check(user_touch(space, TEXT, VM_EXEC, &error));
	machine_check();
	space_put(space);
	machine_end();
}

/* A program that may lie anywhere: every address of the file's is counted from IMAGE_BASE. */
static void
position_independent(void)
{
	struct image *image;
	int error;

	machine_start();
	build();
	header->e_type = ET_DYN;
	struct space *space = loaded(&image);
	check_equal(image->entry, IMAGE_BASE + TEXT + 0x100);
	check_equal(image->headers, IMAGE_BASE + TEXT + sizeof(Elf32_Ehdr));
	for (vaddr_t at = DATA; at < DATA + DATA_SIZE; at++)
		check_equal(*(unsigned char *)user_touch(space, IMAGE_BASE + at, VM_READ, &error),
			expected(at));
	check(!user_touch(space, DATA, VM_READ, &error));
	space_put(space);
	machine_end();
}

static void
stack_as_asked(void)
{
	struct image *image;

	machine_start();
	for (unsigned flags = 0; flags <= PF_X; flags++) {
		build();
		header->e_phnum = 3;
		program[2] = (Elf32_Phdr){.p_type = PT_GNU_STACK, .p_flags = flags};
		struct space *space = loaded(&image);
		check_equal(image->executable_stack, flags == PF_X);
		space_put(space);
	}
	machine_end();
}

/* Text is one frame for all; what one writes into its data no other sees. */
static void
shared_and_private(void)
{
	struct image *image, *again;
	int error;

	machine_start();
	build();
	struct space *one = loaded(&image), *other = loaded(&again);
	check(image == again);
	check(user_touch(one, TEXT, VM_READ, &error) == user_touch(other, TEXT, VM_READ, &error));
	unsigned char *mine = user_touch(one, DATA, VM_WRITE, &error);
	*mine = ~*mine;
	check_equal(*user_touch(other, DATA, VM_READ, &error), expected(DATA));
	check_equal(*user_touch(one, DATA, VM_READ, &error), (unsigned char)~expected(DATA));
	space_put(one);
	struct space *third = loaded(&again);
	check_equal(*user_touch(third, DATA, VM_READ, &error), expected(DATA));
	machine_check();
	space_put(other);
	space_put(third);
	machine_end();
}

/* Opens a file in a block of its own size; if it is taken, every page of it can be brought in. */
static int
open_and_touch(const unsigned char *bytes, size_t size)
{
	unsigned char *copy = malloc(size);
	struct image *image;
	int error, fault;

	memcpy(copy, bytes, size);
	error = image_open("program", copy, size, &image);
	check(error == 0 || error == -ENOEXEC || error == -ENOMEM);
	if (!error) {
		struct space *space = space_create();
		check_equal(image_map(image, space), 0);
		space_check(space);
		list_for_each (link, &space->areas) {
			struct vm_area *area = list_entry(link, struct vm_area, link);
			for (int i = 0; i < 20; i++) {
				vaddr_t page = (area->end - area->start) / PAGE_SIZE;
				vaddr_t at = area->start + (i ? pick(page) : page - 1) * PAGE_SIZE;
				check(user_touch(space, at, VM_READ, &fault) || !area->rights);
			}
		}
		image_put(image);
		space_put(space);
	}
	free(copy);
	return error;
}

static void
refused(void)
{
	machine_start();
#define REFUSED(change) \
	do { \
		build(); \
		change; \
		check_equal(open_and_touch(file, FILE_SIZE), -ENOEXEC); \
	} while (0)
	build();
	check_equal(open_and_touch(file, FILE_SIZE), 0);
	REFUSED(header->e_ident[0] = 0);
	REFUSED(header->e_ident[EI_CLASS] = 2);
	REFUSED(header->e_ident[EI_DATA] = 2);
	REFUSED(header->e_type = 1);
	REFUSED(header->e_type = ET_DYN; program[0].p_vaddr = (Elf32_Addr)-IMAGE_BASE);
	REFUSED(header->e_type = ET_DYN; program[0].p_vaddr = (Elf32_Addr)(MAP_HIGH - IMAGE_BASE));
	REFUSED(header->e_machine = EM_ARM);
	REFUSED(header->e_phentsize--);
	REFUSED(header->e_phnum = 0);
	REFUSED(header->e_phnum = 0xffff);
	REFUSED(header->e_phoff = FILE_SIZE - 1);
	REFUSED(header->e_phoff = ~3u);
	REFUSED(header->e_phoff++); /* not aligned */
	REFUSED(program[0].p_type = PT_INTERP);
	REFUSED(program[0].p_offset = FILE_SIZE);
	REFUSED(program[0].p_filesz = program[0].p_memsz = ~0u);
	REFUSED(program[0].p_memsz--);
	REFUSED(program[0].p_vaddr = 0);
	REFUSED(program[0].p_vaddr = ~0u);
	REFUSED(program[1].p_vaddr = TEXT + PAGE_SIZE);     /* on the first */
	REFUSED(program[1].p_vaddr = TEXT - 5 * PAGE_SIZE); /* below it */
	REFUSED(program[1].p_offset = ~0u);
#undef REFUSED
	build();
	program[1].p_memsz =
		~0u -
		0x1000; /* past the end of user memory, where an address is no wider than this */
	check_equal(open_and_touch(file, FILE_SIZE), MAP_HIGH > UINT32_MAX ? 0 : -ENOEXEC);
	machine_end();
}

static void
truncated(void)
{
	machine_start();
	build();
	for (size_t size = 1; size < FILE_SIZE; size++)
		check_equal(open_and_touch(file, size), -ENOEXEC);
	machine_end();
}

static void
damaged(void)
{
	unsigned taken = 0;

	machine_start();
	for (int i = 0; i < 20000; i++) {
		unsigned char *start = file, room = sizeof(*header) + 2 * sizeof(*program);
		build();
		for (int changes = 1 + pick(3); changes > 0; changes--)
			start[pick(room)] =
				pick(2) ? pick(256)
					: (const unsigned char[]){0, 1, 0x7f, 0xff}[pick(4)];
		taken += open_and_touch(file, FILE_SIZE) == 0;
	}
	check(taken > 100);
	machine_end();
}

static void
no_memory(void)
{
	struct image *image;
	int error = 1;

	machine_start();
	build();
	for (int budget = 0; error; budget++) {
		kmalloc_budget = budget;
		struct space *space = space_create();
		error = !space;
		if (space) {
			error = image_open("program", file, FILE_SIZE, &image);
			if (!error) {
				error = image_map(image, space);
				image_put(image);
			}
			check(!error || error == -ENOMEM);
			space_put(space);
		}
		check_equal(kmalloc_objects(), 0);
	}
	kmalloc_budget = ~0ul;
	machine_end();
}

const struct test tests[] = {
	{"V03 every byte is the file's, and zero behind it", as_the_file_says, NULL},
	{"V11 a program that may lie anywhere lies at IMAGE_BASE", position_independent, NULL},
	{"V11 PT_GNU_STACK tells whether the stack is executable", stack_as_asked, NULL},
	{"V03 text is shared, data are not", shared_and_private, NULL},
	{"V03 each field that is wrong is refused", refused, NULL},
	{"V03 a file cut off anywhere is refused", truncated, NULL},
	{"V03 any bytes of the headers: refused, or mapped within bounds", damaged, NULL},
	{"V03 no memory at any step: nothing is left", no_memory, NULL},
	{0},
};
