/* RAM, its frames, and what else the port's files ask of the kernel. */
#include "arch/arch.h"
#include "mock.h"
#include "port.h"
#include <dev/console.h>
#include <stdarg.h>

struct frame *frames;
uint32_t kernel_directory[4096] __attribute__((aligned(16384)));
char kernel_start[1], kernel_constants[1], kernel_data[1], kernel_end[1];

/* The compiler is not to know where it ends: frames[] is indexed from RAM_BASE's frame on. */
static void *(*volatile allocate)(size_t count, size_t size) = calloc;

static char *ram;
static const pfn_t first = RAM_BASE / PAGE_SIZE;

void
ram_start(void)
{
	ram = aligned_alloc(16384, RAM_PAGES * PAGE_SIZE);
	memset(ram, 0x5a, RAM_PAGES * PAGE_SIZE);
	frames = (struct frame *)allocate(RAM_PAGES, sizeof(*frames)) - first;
	frames[first].kind = FRAME_RESERVED; /* PFN_NONE must be none */
}

unsigned long
ram_free(void)
{
	unsigned long count = 0;

	for (pfn_t pfn = first; pfn < first + RAM_PAGES; pfn++)
		count += frames[pfn].kind == FRAME_FREE;
	return count;
}

bool
ram_has(paddr_t address)
{
	return address / PAGE_SIZE >= first && address / PAGE_SIZE < first + RAM_PAGES;
}

void *
port_physical(paddr_t address)
{
	check(ram_has(address));
	return ram + (address - RAM_BASE);
}

/* The kernel's own tables are not in RAM here: nobody walks them. */
paddr_t
port_physical_of(const void *kernel_address)
{
	const char *address = kernel_address;

	if (address < ram || address >= ram + RAM_PAGES * PAGE_SIZE)
		return 0xfffff000;
	return (paddr_t)(address - ram) + RAM_BASE;
}

uint32_t *
ram_words(pfn_t frame)
{
	return port_physical(frame * PAGE_SIZE);
}

/* --- frames: any free run, so that old ones come back soon --- */

static bool
is_free_run(pfn_t pfn, unsigned order)
{
	for (pfn_t i = pfn; i < pfn + (1ul << order); i++)
		if (i >= first + RAM_PAGES || frames[i].kind != FRAME_FREE)
			return false;
	return true;
}

pfn_t
frame_alloc_run(unsigned order, enum frame_kind kind)
{
	for (unsigned attempts = 0; attempts < 10 * RAM_PAGES; attempts++) {
		pfn_t pfn = (first + pick(RAM_PAGES)) >> order << order;
		if (!is_free_run(pfn, order))
			continue;
		for (pfn_t i = pfn; i < pfn + (1ul << order); i++)
			frames[i] = (struct frame){.references = 1, .kind = kind};
		return pfn;
	}
	return PFN_NONE;
}

pfn_t
frame_alloc(enum frame_kind kind, void *owner, unsigned long index)
{
	(void)owner;
	(void)index;
	return frame_alloc_run(0, kind);
}

void
frame_free_run(pfn_t pfn, unsigned order)
{
	for (pfn_t i = pfn; i < pfn + (1ul << order); i++) {
		check_equal(frames[i].references, 1);
		frames[i].references = 0;
		frames[i].kind = FRAME_FREE;
		memset(ram_words(i), 0xff, PAGE_SIZE); /* valid entries, should somebody look */
	}
}

void
frame_free(pfn_t pfn)
{
	frames[pfn].references = 1;
	frame_free_run(pfn, 0);
}

/* --- the rest of the kernel --- */

paddr_t
memory_end(void)
{
	return RAM_BASE + RAM_PAGES * PAGE_SIZE;
}

void
kprintf(const char *format, ...)
{
	(void)format;
}

_Noreturn void
panic(const char *format, ...)
{
	char message[200];
	va_list arguments;

	va_start(arguments, format);
	(vsnprintf)(message, sizeof(message), format, arguments);
	va_end(arguments);
	test_panicked(message);
}
