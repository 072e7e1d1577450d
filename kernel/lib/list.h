/*
 * A circular doubly linked list whose links live inside the elements.
 *
 *      head <-> first <-> second <-> … <-> last <-> head
 *
 * An element not on any list points to itself (list_init), so that taking it off twice is harmless.
 */
#ifndef LIB_LIST_H
#define LIB_LIST_H

#include <lib/types.h>

struct list {
	struct list *next, *prev;
};

#define LIST_INIT(name)                                                                            \
	{                                                                                          \
		&(name), &(name)                                                                   \
	}
#define list_entry(node, type, member) container_of(node, type, member)
#define list_for_each(node, head)                                                                  \
	for (struct list *node = (head)->next; node != (head); node = node->next)
/* The same, when the body may take `node` off the list. */
#define list_for_each_safe(node, head)                                                             \
	for (struct list *node = (head)->next, *node##_next = node->next; node != (head);          \
		node = node##_next, node##_next = node->next)

static inline void
list_init(struct list *l)
{
	l->next = l->prev = l;
}

static inline bool
list_empty(const struct list *head)
{
	return head->next == head;
}

/* Insert `node` just before `place`; with the head as place, at the end of the list. */
static inline void
list_add_before(struct list *place, struct list *node)
{
	node->next = place;
	node->prev = place->prev;
	place->prev->next = node;
	place->prev = node;
}

/* Insert `node` just after `place`; with the head as place, at the front of the list. */
static inline void
list_add_after(struct list *place, struct list *node)
{
	list_add_before(place->next, node);
}

static inline void
list_remove(struct list *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	list_init(node);
}

#endif
