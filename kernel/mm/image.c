/* Program images: checking ELF files, mapping them, bringing their pages in. */
#include <abi/elf.h>
#include <abi/errno.h>
#include <lib/string.h>
#include <machine/abi.h>
#include <mm/frame.h>
#include <mm/image.h>
#include <mm/kmalloc.h>
#include <mm/vm.h>
#include "arch/arch.h"

static struct list images = LIST_INIT(images);

static vaddr_t
page_down(vaddr_t address)
{
	return address & ~PAGE_MASK;
}

static vaddr_t
page_up(vaddr_t address)
{
	return (address + PAGE_MASK) & ~PAGE_MASK;
}

/* [offset, offset + size) lies in a file of `limit` bytes. */
static bool
within(size_t offset, size_t size, size_t limit)
{
	return offset <= limit && size <= limit - offset;
}

static bool
header_is_good(const Elf32_Ehdr *header, size_t size)
{
	return size >= sizeof(*header) && !memcmp(header->e_ident, ELFMAG, SELFMAG) &&
	       header->e_ident[EI_CLASS] == ELFCLASS32 && header->e_ident[EI_DATA] == ELFDATA2LSB &&
	       (header->e_type == ET_EXEC || header->e_type == ET_DYN) &&
	       header->e_machine == ELF_MACHINE &&
	       header->e_phentsize == sizeof(Elf32_Phdr) &&
	       header->e_phoff % _Alignof(Elf32_Phdr) == 0 &&
	       within(header->e_phoff, header->e_phnum * sizeof(Elf32_Phdr), size);
}

/*
 * Take over one PT_LOAD header. -ENOEXEC when it lies outside the file, user space, or not above
 * the one before.
 */
static int
add_segment(struct image *image, const Elf32_Phdr *header, size_t size)
{
	struct image_segment *s = &image->segments[image->segment_count];
	vaddr_t floor = image->segment_count ? s[-1].start + s[-1].pages * PAGE_SIZE : USER_START;
	vaddr_t address = image->base + header->p_vaddr;

	if (!header->p_memsz)
		return 0;
	if (image->segment_count == IMAGE_SEGMENTS || header->p_filesz > header->p_memsz ||
		!within(header->p_offset, header->p_filesz, size) || page_down(address) < floor ||
		!within(header->p_vaddr, header->p_memsz, MAP_HIGH - image->base))
		return -ENOEXEC;
	s->start = page_down(address);
	s->pages = (page_up(address + header->p_memsz) - s->start) / PAGE_SIZE;
	if (header->p_filesz)
		s->file_pages = (page_up(address + header->p_filesz) - s->start) / PAGE_SIZE;
	s->first = image->page_count;
	s->address = address;
	s->offset = header->p_offset;
	s->size = header->p_filesz;
	s->rights = (header->p_flags & PF_R ? VM_READ : 0) |
		    (header->p_flags & PF_W ? VM_WRITE : 0) |
		    (header->p_flags & PF_X ? VM_EXEC : 0);
	image->page_count += s->file_pages;
	image->segment_count++;
	return 0;
}

static int
read_headers(struct image *image, const Elf32_Ehdr *header, size_t size)
{
	const Elf32_Phdr *program = (const void *)(image->bytes + header->e_phoff);

	/* A program that may lie anywhere moves its own pointers when it starts. */
	image->base = header->e_type == ET_DYN ? IMAGE_BASE : 0;
	for (unsigned i = 0; i < header->e_phnum; i++) {
		if (program[i].p_type == PT_INTERP)
			return -ENOEXEC; /* wants a dynamic linker */
		if (program[i].p_type == PT_GNU_STACK)
			image->executable_stack = program[i].p_flags & PF_X;
		if (program[i].p_type != PT_LOAD)
			continue;
		int error = add_segment(image, &program[i], size);
		if (error)
			return error;
		if (within(header->e_phoff - program[i].p_offset, 1, program[i].p_filesz))
			image->headers = image->base + program[i].p_vaddr + header->e_phoff -
					 program[i].p_offset;
	}
	image->entry = image->base + header->e_entry;
	image->header_count = header->e_phnum;
	image->header_size = header->e_phentsize;
	return image->segment_count ? 0 : -ENOEXEC;
}

static int
make_image(const char *path, const void *bytes, size_t size, struct image **result)
{
	struct image *image = kzalloc(sizeof(*image));
	if (!image)
		return -ENOMEM;
	strlcpy(image->name, path, sizeof(image->name));
	image->bytes = bytes;
	image->references = 1;
	int error = read_headers(image, bytes, size);
	if (!error) {
		image->pages = kzalloc((image->page_count + 1) * sizeof(*image->pages));
		error = image->pages ? 0 : -ENOMEM;
	}
	if (error) {
		kfree(image);
		return error;
	}
	list_add_before(&images, &image->link);
	*result = image;
	return 0;
}

int
image_open(const char *path, const void *bytes, size_t size, struct image **result)
{
	if (!header_is_good(bytes, size))
		return -ENOEXEC;
	list_for_each(link, &images) {
		struct image *image = list_entry(link, struct image, link);
		if (image->bytes == bytes) {
			image->references++;
			*result = image;
			return 0;
		}
	}
	return make_image(path, bytes, size, result);
}

void
image_put(struct image *image)
{
	if (--image->references)
		return;
	for (unsigned long i = 0; i < image->page_count; i++)
		if (image->pages[i])
			frame_put(image->pages[i]);
	list_remove(&image->link);
	kfree(image->pages);
	kfree(image);
}

/* Copy what the file has for this page of the segment; the rest of the frame is zero. */
static void
fill(const struct image *image, const struct image_segment *s, unsigned long page, pfn_t frame)
{
	vaddr_t start = s->start + (page - s->first) * PAGE_SIZE, end = start + PAGE_SIZE;
	vaddr_t from = start > s->address ? start : s->address;
	vaddr_t to = end < s->address + s->size ? end : s->address + s->size;

	if (to - from < PAGE_SIZE)
		arch_zero_frame(frame);
	memcpy((char *)arch_frame_address(frame) + (from - start),
		image->bytes + s->offset + (from - s->address), to - from);
	if (s->rights & VM_EXEC)
		arch_sync_icache(frame);
}

static int
image_nopage(struct vm_area *area, unsigned long page, struct page_result *result)
{
	struct image *image = area->object;
	const struct image_segment *s = image->segments;

	if (page >= image->page_count)
		return -ENXIO; /* an area that mremap made longer */
	result->is_new = !image->pages[page];
	if (result->is_new) {
		pfn_t frame = frame_alloc(FRAME_IMAGE, image, page);
		if (!frame)
			return -ENOMEM;
		while (page >= s->first + s->file_pages)
			s++;
		fill(image, s, page, frame);
		image->pages[page] = frame; /* holds the frame's first reference */
	}
	result->frame = image->pages[page];
	frame_get(result->frame); /* for the mapping */
	return 0;
}

static void
image_attach(struct vm_area *area)
{
	((struct image *)area->object)->references++;
}

static void
image_detach(struct vm_area *area)
{
	image_put(area->object);
}

static void
image_describe(const struct vm_area *area, char *name, size_t size, unsigned long *inode)
{
	(void)inode;
	strlcpy(name, ((const struct image *)area->object)->name, size);
}

static const struct vm_operations image_operations = {
	.name = "image",
	.open = image_attach,
	.close = image_detach,
	.nopage = image_nopage,
	.describe = image_describe,
};

/* One area of the segment: `count` pages from `page` on, of the image or (bss) anonymous. */
static int
map_part(struct image *image, struct space *space, const struct image_segment *s,
	unsigned long page, unsigned long count, bool of_file)
{
	vaddr_t start = s->start + page * PAGE_SIZE;

	if (!count)
		return 0;
	struct vm_area *area = space_new_area(space, start, start + count * PAGE_SIZE);
	if (!area)
		return -ENOMEM;
	area->rights = s->rights;
	area->max_rights = VM_RIGHTS;
	area->ops = of_file ? &image_operations : &anon_operations;
	area->object = of_file ? image : NULL;
	area->offset = of_file ? s->first : 0;
	space_insert(area);
	return 0;
}

int
image_map(struct image *image, struct space *space)
{
	image_get(image);
	space->program = image;
	for (unsigned i = 0; i < image->segment_count; i++) {
		const struct image_segment *s = &image->segments[i];
		if (map_part(image, space, s, 0, s->file_pages, true) ||
			map_part(image, space, s, s->file_pages, s->pages - s->file_pages, false))
			return -ENOMEM;
		space->heap_start = space->heap = s->start + s->pages * PAGE_SIZE;
	}
	return 0;
}
