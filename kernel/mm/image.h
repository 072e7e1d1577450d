/*
 * Program images: the pages of an ELF file as they look when loaded, brought in from the archive at
 * first touch and shared by every process that runs the program. Writable segments are mapped
 * privately: a write copies (cow.c).
 *
 *     file:    | ELF header | text        | data  |
 *                    │            │            └──────────┐
 *     memory:        '── page 0 ──┴ page 1 … ┘  page n (the rest of the last zero) │ bss: anonymous
 *
 * An image lives as long as an area, a space or an exec under way holds it: nothing is cached
 * beyond that.
 */
#ifndef MM_IMAGE_H
#define MM_IMAGE_H

#include <lib/list.h>
#include <lib/types.h>

struct space;

#define IMAGE_SEGMENTS 8
#define IMAGE_NAME 256
#define IMAGE_BASE 0x00400000ul /* where a program goes that may lie anywhere (static PIE) */

struct image_segment {
	vaddr_t start;		  /* page aligned */
	unsigned long file_pages; /* from start: pages with bytes of the file */
	unsigned long pages;	  /* from start: all, the rest is bss */
	unsigned long first;	  /* number of its first page in the image */
	vaddr_t address;	  /* where the file's bytes go: exactly */
	size_t offset, size;	  /* of them in the file */
	unsigned rights;
};

struct image {
	struct list link;	   /* all images */
	char name[IMAGE_NAME];	   /* the file's path */
	unsigned long references;
	const unsigned char *bytes; /* the file, in the archive: there for ever */
	vaddr_t base;		   /* added to every address of the file's */
	vaddr_t entry;		   /* the first instruction */
	vaddr_t headers;	   /* where the program headers will be in memory (AT_PHDR), or 0 */
	unsigned header_count, header_size;
	bool executable_stack;	   /* PT_GNU_STACK asks for it */
	unsigned segment_count;
	struct image_segment segments[IMAGE_SEGMENTS];
	pfn_t *pages; /* the frame of each file page; PFN_NONE before its first touch */
	unsigned long page_count;
};

/*
 * The image of the executable file `path` (only a name here), checked through and through, with one
 * reference. 0, -ENOEXEC (not a static ELF program of this machine, truncated, or contradicting
 * itself), -ENOMEM. Does not sleep; brings nothing in.
 */
int image_open(const char *path, const void *bytes, size_t size, struct image **result);
static inline void
image_get(struct image *image)
{
	image->references++;
}
void image_put(struct image *image);
/*
 * Map it into an empty space, whose program it becomes, and set where the heap starts. 0 or -ENOMEM
 * (areas made so far stay: drop the space).
 */
int image_map(struct image *image, struct space *space);

#endif
