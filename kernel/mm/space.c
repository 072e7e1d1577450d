/*
 * The set of areas of an address space: a list and a tree by address, so that an area is found in
 * O(log n). And a gap: the tree carries for each subtree the largest gap below one of its areas.
 * Only the window for mmap counts, and the last gap in it, which changes most often, is looked at
 * by itself:
 *
 *     program, heap  MAP_LOW                                   MAP_HIGH      stack
 *     [###] [##]     :  gap [#####] gap [###] [##]   the last gap   :      [######]
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <lib/string.h>
#include <machine/abi.h>
#include <mm/frame.h>
#include <mm/image.h>
#include <mm/kmalloc.h>
#include <mm/shm_object.h>
#include <mm/vm.h>

#define RESERVE 256 /* frames kept from ordinary programs */

struct list spaces = LIST_INIT(spaces);

static struct cache cache = CACHE("space", struct space);
static struct cache areas = CACHE("vm_area", struct vm_area);
static struct space *running; /* of the running task; NULL: it has none */

static struct vm_area *
area_of(struct tree_node *node)
{
	return node ? tree_entry(node, struct vm_area, node) : NULL;
}

static struct vm_area *
area_below(struct vm_area *area)
{
	struct list *prev = area->link.prev;
	return prev == &area->space->areas ? NULL : list_entry(prev, struct vm_area, link);
}

static struct vm_area *
area_above(struct vm_area *area)
{
	struct list *next = area->link.next;
	return next == &area->space->areas ? NULL : list_entry(next, struct vm_area, link);
}

/*
 * A gap begins at a multiple of SHMLBA, so that whatever fits may be shared: where caches are told
 * apart by virtual address, a page must have the same colour everywhere it is attached.
 */
static vaddr_t
gap_start(vaddr_t below_end)
{
	vaddr_t start = below_end > MAP_LOW ? below_end : MAP_LOW;
	return (start + SHMLBA - 1) & ~(vaddr_t)(SHMLBA - 1);
}

/* Bytes free in the window below an area that stands in it. */
static unsigned long
gap_below(struct vm_area *area)
{
	struct vm_area *below = area_below(area);
	vaddr_t start = gap_start(below ? below->end : 0);
	return area->start > start && area->start < MAP_HIGH ? area->start - start : 0;
}

/* The tree's value: the largest gap below any area of this subtree. */
static bool
update_gap(struct tree_node *node)
{
	struct vm_area *area = area_of(node);
	struct vm_area *left = area_of(node->left), *right = area_of(node->right);
	unsigned long largest = area->gap;

	if (left && left->largest_gap > largest)
		largest = left->largest_gap;
	if (right && right->largest_gap > largest)
		largest = right->largest_gap;
	bool changed = area->largest_gap != largest;
	area->largest_gap = largest;
	return changed;
}

/* What lies below the area changed, or its start. NULL is fine. */
static void
gap_changed(struct vm_area *area)
{
	unsigned long gap = area ? gap_below(area) : 0;

	if (!area || area->gap == gap)
		return;
	area->gap = gap;
	tree_changed(&area->space->tree, &area->node);
}

/* The area's edges moved: its own gap and that of the next one may have changed. */
static void
edges_changed(struct vm_area *area)
{
	gap_changed(area);
	gap_changed(area_above(area));
}

static unsigned long
area_pages(const struct vm_area *area)
{
	return (area->end - area->start) / PAGE_SIZE;
}

struct space *
space_create(void)
{
	struct space *space = cache_alloc(&cache);

	if (!space)
		return NULL;
	*space = (struct space){.references = 1, .limit = ~0ul, .tree.update = update_gap};
	list_init(&space->areas);
	if (mmu_create(&space->mmu)) {
		cache_free(&cache, space);
		return NULL;
	}
	list_add_before(&spaces, &space->all);
	return space;
}

void
space_put(struct space *space)
{
	if (--space->references)
		return;
	if (running == space)
		space_runs(NULL);
	list_for_each_safe(link, &space->areas)
		space_remove(list_entry(link, struct vm_area, link));
	mmu_destroy(&space->mmu);
	if (space->program)
		image_put(space->program);
	list_remove(&space->all);
	cache_free(&cache, space);
}

unsigned long
space_count(void)
{
	return cache.in_use;
}

unsigned long
space_area_count(void)
{
	return areas.in_use;
}

unsigned long
space_floor(const struct space *space)
{
	if (space->privileged)
		return 0;
	return space->brought_in <= SPACE_SMALL ? RESERVE / 2 : RESERVE;
}

void
space_runs(struct space *space)
{
	running = space;
	frame_set_floor(space ? space_floor(space) : 0);
}

void
space_took(unsigned long count)
{
	if (!running)
		return;
	running->brought_in += count;
	frame_set_floor(space_floor(running));
}

struct vm_area *
space_find(struct space *space, vaddr_t address)
{
	struct vm_area *area = space->last;

	if (area && area->start <= address && address < area->end)
		return area;
	area = space_find_above(space, address);
	if (!area || area->start > address)
		return NULL;
	space->last = area;
	return area;
}

struct vm_area *
space_find_above(struct space *space, vaddr_t address)
{
	struct tree_node *node = space->tree.root;
	struct vm_area *best = NULL;

	while (node) {
		struct vm_area *area = area_of(node);
		if (area->end > address) {
			best = area;
			node = node->left;
		} else {
			node = node->right;
		}
	}
	return best;
}

/*
 * The lowest gap that is large enough below an area of this subtree; 0: none is. Subtrees whose
 * gaps are all too small are not entered.
 */
static vaddr_t
find_gap(struct tree_node *node, unsigned long length)
{
	struct vm_area *area = area_of(node);

	if (!area || area->largest_gap < length)
		return 0;
	vaddr_t found = find_gap(node->left, length);
	if (!found && area->gap >= length)
		found = area->start - area->gap;
	return found ? found : find_gap(node->right, length);
}

/*
 * Where the window's last gap begins: above it stand only the stack and what was fixed beside it.
 */
static vaddr_t
last_gap(struct space *space)
{
	struct list *link = space->areas.prev;

	while (link != &space->areas && list_entry(link, struct vm_area, link)->start >= MAP_HIGH)
		link = link->prev;
	return gap_start(link == &space->areas ? 0 : list_entry(link, struct vm_area, link)->end);
}

vaddr_t
space_find_gap(struct space *space, unsigned long length)
{
	vaddr_t found = find_gap(space->tree.root, length), last;

	if (found)
		return found;
	last = last_gap(space);
	return last < MAP_HIGH && MAP_HIGH - last >= length ? last : 0;
}

bool
space_range_free(struct space *space, vaddr_t start, vaddr_t end)
{
	struct vm_area *area = space_find_above(space, start);
	return !area || area->start >= end;
}

/* Pages of [start, end) that are in areas now. */
static unsigned long
pages_within(struct space *space, vaddr_t start, vaddr_t end)
{
	struct vm_area *area = space_find_above(space, start);
	unsigned long pages = 0;

	for (; area && area->start < end; area = area_above(area)) {
		vaddr_t from = area->start > start ? area->start : start;
		vaddr_t to = area->end < end ? area->end : end;
		pages += (to - from) / PAGE_SIZE;
	}
	return pages;
}

/* With a new area [start, end), in the place of what stands there, the space would be too large. */
static bool
over_limit(struct space *space, vaddr_t start, vaddr_t end)
{
	unsigned long pages = space->pages + (end - start) / PAGE_SIZE;

	return unlikely(pages > space->limit) &&
	       pages - pages_within(space, start, end) > space->limit;
}

struct vm_area *
space_new_area(struct space *space, vaddr_t start, vaddr_t end)
{
	if (over_limit(space, start, end))
		return NULL;
	struct vm_area *area = cache_alloc(&areas);
	if (!area)
		return NULL;
	area->space = space;
	area->start = start;
	area->end = end;
	area->rights = area->max_rights = area->flags = 0;
	area->object = NULL;
	area->offset = 0;
	area->vm_next_share = area->vm_prev_share = NULL;
	return area;
}

struct vm_area *
space_copy_area(const struct vm_area *from, vaddr_t start, vaddr_t end)
{
	struct vm_area *area = cache_alloc(&areas);

	if (!area)
		return NULL;
	*area = *from;
	area->start = start;
	area->end = end;
	area->vm_next_share = area->vm_prev_share = NULL;
	return area;
}

void
space_drop_area(struct vm_area *area)
{
	cache_free(&areas, area);
}

/* Enter the area into list and tree. */
static void
link_area(struct space *space, struct vm_area *area)
{
	struct tree_node *parent = NULL, **link = &space->tree.root;
	struct list *place = &space->areas; /* the list node above */

	while (*link) {
		parent = *link;
		if (area->start < area_of(parent)->start) {
			place = &area_of(parent)->link;
			link = &parent->left;
		} else {
			link = &parent->right;
		}
	}
	list_add_before(place, &area->link);
	area->gap = gap_below(area);
	tree_insert(&space->tree, parent, link, &area->node);
	gap_changed(area_above(area));
	space->area_count++;
	space->pages += area_pages(area);
}

void
space_insert(struct vm_area *area)
{
	link_area(area->space, area);
	area->space->last = area; /* the next to be touched, most likely */
	if (area->ops->open)
		area->ops->open(area);
}

void
space_remove(struct vm_area *area)
{
	struct space *space = area->space;
	struct vm_area *above = area_above(area);

	space_unmap_pages(space, area->start, area->end);
	if (area->ops->close)
		area->ops->close(area);
	if (space->last == area)
		space->last = NULL;
	list_remove(&area->link);
	tree_remove(&space->tree, &area->node);
	gap_changed(above);
	space->area_count--;
	space->pages -= area_pages(area);
	cache_free(&areas, area);
}

unsigned long
area_describe(const struct vm_area *area, char *name, size_t size)
{
	unsigned long inode = 0;

	strlcpy(name, area->ops->name, size);
	if (area->ops->describe)
		area->ops->describe(area, name, size, &inode);
	return inode;
}

void
space_unmap_pages(struct space *space, vaddr_t start, vaddr_t end)
{
	struct mmu_batch batch;

	space->most_resident = space_most_resident(space);
	while (start < end) {
		start = mmu_unmap(&space->mmu, start, end, &batch);
		space->resident -= batch.count;
		for (unsigned i = 0; i < batch.count; i++)
			frame_put(batch.frames[i]);
	}
}

void
space_unmap_object(struct shm_object *object, unsigned long page)
{
	for (struct vm_area *area = object->attaches; area; area = area->vm_next_share) {
		vaddr_t from = area->start;
		if (page > area->offset + area_pages(area) - 1)
			continue;
		if (page > area->offset)
			from += (page - area->offset) * PAGE_SIZE;
		space_unmap_pages(area->space, from, area->end);
	}
}

/* Cut the area in two at `at`; `rest`, allocated by the caller, becomes the upper part. */
static void
split(struct vm_area *area, vaddr_t at, struct vm_area *rest)
{
	*rest = *area;
	area->space->pages -= (area->end - at) / PAGE_SIZE; /* the insertion counts them again */
	area->end = at;
	edges_changed(area);
	rest->start = at;
	rest->offset += area_pages(area);
	rest->vm_next_share = rest->vm_prev_share = NULL;
	space_insert(rest);
}

/* The area that must be cut so that none reaches over `at`; NULL: none does. */
static struct vm_area *
reaching_over(struct space *space, vaddr_t at)
{
	struct vm_area *area = space_find(space, at);

	return area && area->start < at ? area : NULL;
}

int
space_cut(struct space *space, vaddr_t start, vaddr_t end)
{
	struct vm_area *first = NULL, *second = NULL;

	if (start == end)
		return 0; /* one place: the second cut would find that the first was made */
	/* Have the new areas before anything changes. */
	if (reaching_over(space, start) && !(first = cache_alloc(&areas)))
		return -ENOMEM;
	if (reaching_over(space, end) && !(second = cache_alloc(&areas))) {
		if (first)
			cache_free(&areas, first);
		return -ENOMEM;
	}
	if (first)
		split(reaching_over(space, start), start, first);
	if (second)
		split(reaching_over(space, end), end, second);
	return 0;
}

void
space_narrow(struct space *space, vaddr_t *start, vaddr_t *end,
	bool (*is)(const struct vm_area *area, unsigned wanted), unsigned wanted)
{
	const struct vm_area *first = space_find(space, *start);
	const struct vm_area *last = space_find(space, *end - 1);

	if (is(first, wanted))
		*start = first->end < *end ? first->end : *end;
	if (is(last, wanted))
		*end = last->start > *start ? last->start : *start;
}

/* First cut: so an area goes whole or stays, and each piece opens and closes by its operations. */
int
space_unmap(struct space *space, vaddr_t start, vaddr_t end)
{
	int error = space_cut(space, start, end);
	struct vm_area *area = space_find_above(space, start);

	if (error)
		return error;
	while (area && area->start < end) {
		struct vm_area *above = area_above(area);
		space_remove(area);
		area = above;
	}
	return 0;
}

/* Every page of [start, end) lies in an area that may have these rights. */
static int
may_protect(struct space *space, vaddr_t start, vaddr_t end, unsigned rights)
{
	struct vm_area *area = space_find_above(space, start);

	for (; area && area->start <= start; area = area_above(area)) {
		if (rights & ~area->max_rights)
			return -EACCES;
		start = area->end;
		if (start >= end)
			return 0;
	}
	return -ENOMEM;
}

bool
space_is_mapped(struct space *space, vaddr_t start, vaddr_t end)
{
	return start == end || !may_protect(space, start, end, 0);
}

static bool
has_rights(const struct vm_area *area, unsigned rights)
{
	return area->rights == rights;
}

static void
set_rights(struct vm_area *area, unsigned rights)
{
	area->rights = rights;
	if (!(area->flags & VM_SHARED))
		rights = vm_read_only(rights); /* the next write asks whether the frame is shared */
	mmu_protect(&area->space->mmu, area->start, area->end, rights);
}

int
space_protect(struct space *space, vaddr_t start, vaddr_t end, unsigned rights)
{
	int error = may_protect(space, start, end, rights);
	if (error)
		return error;

	space_narrow(space, &start, &end, has_rights, rights);
	if (start == end)
		return 0;
	error = space_cut(space, start, end);
	if (error)
		return error;
	for (struct vm_area *area = space_find(space, start); area && area->start < end;
		area = area_above(area))
		set_rights(area, rights);
	return 0;
}

bool
space_in_stack_guard(struct space *space, vaddr_t start, vaddr_t end)
{
	struct vm_area *above = space_find_above(space, end);
	return above && above->flags & VM_GROWSDOWN && start < above->start &&
	       end + STACK_GUARD > above->start;
}

int
space_grow_stack(struct vm_area *area, vaddr_t address)
{
	vaddr_t start = address & ~PAGE_MASK;
	struct vm_area *below = area_below(area);
	unsigned long more = (area->start - start) / PAGE_SIZE;

	if (area->end - start > STACK_LIMIT || (below && start < below->end + STACK_GUARD))
		return -EFAULT;
	if (area->space->pages + more > area->space->limit)
		return -EFAULT;
	area->start = start;
	area->space->pages += more;
	edges_changed(area);
	return 0;
}

void
space_extend_area(struct vm_area *area, vaddr_t end)
{
	area->space->pages += (end - area->end) / PAGE_SIZE;
	area->end = end;
	edges_changed(area);
}

void
space_check(struct space *space)
{
	vaddr_t end = USER_START;
	unsigned long number = 0, pages = 0, resident = 0;
	struct mmu_entry entry;

	list_for_each(link, &space->areas) {
		struct vm_area *area = list_entry(link, struct vm_area, link);
		if (area->start < end || area->end <= area->start || area->end > USER_END ||
			(area->start | area->end) & PAGE_MASK || area->space != space)
			panic("area 0x%lx-0x%lx breaks the order of its space", area->start,
				area->end);
		end = area->end;
		number++;
		pages += area_pages(area);
		for (vaddr_t at = area->start; mmu_next(&space->mmu, &at, area->end, &entry);
			at += PAGE_SIZE) {
			resident++;
			if (entry.rights & VM_WRITE & ~area->rights)
				panic("page 0x%lx can be written, its area cannot", at);
			if (!frames[entry.frame].references)
				panic("page 0x%lx maps the free frame %lu", at, entry.frame);
		}
	}
	if (number != space->area_count || pages != space->pages ||
		tree_check(space->tree.root) < 0)
		panic("a space's areas and its counts differ");
	vaddr_t at = 0;
	for (; mmu_next(&space->mmu, &at, USER_END, &entry); at += PAGE_SIZE)
		if (resident-- == 0)
			panic("page 0x%lx is mapped outside every area", at);
}
