/* One object after the other, from /proc/sysvipc or from the kernel's slots. */

#include "ipcs.h"

void
walk_begin(struct walk *walk)
{
	walk->file = fopen(walk->path, "r");
	walk->slot = 0;
}

/* The headline of the file is no object and is passed over. */
bool
walk_next(struct walk *walk, void *object)
{
	char line[512];

	while (walk->file && fgets(line, sizeof line, walk->file)) {
		if (walk->parse(line, object))
			return true;
	}
	while (!walk->file && walk->slot <= walk->last) {
		if (walk->ask(walk->slot++, object))
			return true;
	}
	return false;
}

void
walk_end(struct walk *walk)
{
	if (walk->file)
		fclose(walk->file);
}

bool
walk_find(struct walk *walk, int id, void *object)
{
	bool found = false;

	walk_begin(walk);
	while (!found && walk_next(walk, object))
		found = ((struct object *)object)->id == id;
	walk_end(walk);
	return found;
}
