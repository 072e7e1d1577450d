/*
 * libFuzzer's: any bytes as a program. What is taken is mapped, and the ends of each area are
 * brought in.
 */
#include <stdint.h>
#include <mm/frame.h>
#include <mm/image.h>
#include "mock.h"
#include "test.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
load(const void *bytes, size_t size)
{
	struct space *space = space_create();
	struct image *image;
	int error;

	if (image_open("program", bytes, size, &image) == 0) {
		check(image_map(image, space) == 0);
		image_put(image);
	}
	list_for_each (link, &space->areas) {
		struct vm_area *area = list_entry(link, struct vm_area, link);
		user_touch(space, area->start, VM_READ, &error);
		user_touch(space, area->end - 1, VM_READ, &error);
	}
	space_check(space);
	space_put(space);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static bool started;

	if (!started)
		machine_start();
	started = true;
	void *copy = malloc(size); /* aligned, as files of the archive are */
	memcpy(copy, bytes, size);
	load(copy, size);
	free(copy);
	machine_end();
	return 0;
}
