/* Mapped files: what an area of one is. Its object is a shared object whose name is the node. */
#include <file/node.h>
#include <lib/printf.h>
#include <mm/shm_object.h>
#include <mm/vm.h>

/* An area holds the node, too: /proc/PID/maps shall know its name. */
static void
area_open(struct vm_area *area)
{
	struct shm_object *object = area->object;

	shm_object_attach(area);
	node_get(object->name);
}

static void
area_close(struct vm_area *area)
{
	struct node *node = ((struct shm_object *)area->object)->name;

	shm_object_detach(area);
	node_put(node);
}

static void
area_tell(const struct vm_area *area, char *name, size_t size, unsigned long *inode)
{
	struct node *node = ((struct shm_object *)area->object)->name;
	char path[PATH_SIZE];
	const char *begin = place_path((struct place){.node = node}, path, sizeof(path));

	snprintf(name, size, "%s%s", begin ? begin : "", node->links ? "" : " (deleted)");
	*inode = node->inode;
}

const struct vm_operations file_area_operations = {
	.name = "file",
	.open = area_open,
	.close = area_close,
	.nopage = shm_nopage,
	.describe = area_tell,
};
