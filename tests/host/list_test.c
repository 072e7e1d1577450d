/* kernel/lib/list.h. */
#include <lib/list.h>
#include "test.h"

struct item {
	struct list link;
	int number;
};

static struct list head = LIST_INIT(head);

/* The numbers on the list, forwards, checked backwards too. */
static const char *
numbers(void)
{
	static char text[64];
	char *end = text;
	struct list *last = &head;

	*end = '\0';
	list_for_each (node, &head) {
		end += sprintf(end, "%d", list_entry(node, struct item, link)->number);
		check(node->prev == last);
		last = node;
	}
	check(head.prev == last);
	return text;
}

static void
order(void)
{
	struct item item[5];

	check(list_empty(&head));
	for (int i = 0; i < 5; i++) {
		item[i].number = i;
		list_init(&item[i].link);
	}
	list_add_before(&head, &item[1].link);
	list_add_before(&head, &item[2].link);
	list_add_after(&head, &item[0].link);
	list_add_after(&item[1].link, &item[3].link);
	list_add_before(&item[0].link, &item[4].link);
	check_text(numbers(), "40132");
	list_remove(&item[1].link);
	list_remove(&item[1].link); /* harmless */
	check_text(numbers(), "4032");
	list_for_each_safe (node, &head) {
		list_remove(node);
		memset(node, 0, sizeof(*node));
	}
	check(list_empty(&head));
}

const struct test tests[] = {
	{"order, removal, removal twice, removal while walking", order, NULL},
	{0},
};
