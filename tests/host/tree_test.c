/*
 * kernel/lib/tree.c: random insertions and removals against an array of bools; the summed-up value
 * is the largest number.
 */
#include <lib/tree.h>
#include "test.h"

#define NUMBERS 512

struct item {
	struct tree_node node;
	int number, largest; /* in its subtree */
};

static int
largest_below(struct tree_node *node)
{
	return node ? tree_entry(node, struct item, node)->largest : -1;
}

static bool
update(struct tree_node *node)
{
	struct item *item = tree_entry(node, struct item, node);
	int before = item->largest, left = largest_below(node->left),
	    right = largest_below(node->right);

	item->largest = item->number;
	if (left > item->largest)
		item->largest = left;
	if (right > item->largest)
		item->largest = right;
	return item->largest != before;
}

static struct tree tree = {.update = update};
static struct item *items[NUMBERS]; /* by number: the model */

static void
insert(int number)
{
	struct tree_node *parent = NULL, **link = &tree.root;
	struct item *item = malloc(sizeof(*item));

	memset(item, 0xa5, sizeof(*item));
	item->number = number;
	while (*link) {
		parent = *link;
		link = number < tree_entry(parent, struct item, node)->number ? &parent->left
									      : &parent->right;
	}
	tree_insert(&tree, parent, link, &item->node);
	items[number] = item;
}

static void
take(int number)
{
	tree_remove(&tree, &items[number]->node);
	free(items[number]);
	items[number] = NULL;
}

static void
check_values(struct tree_node *node)
{
	if (!node)
		return;
	check_values(node->left);
	check_values(node->right);
	check(!update(node)); /* it was up to date */
}

/* The numbers below `node` stand in order, from *number on. */
static void
check_order(const struct tree_node *node, int *number)
{
	if (!node)
		return;
	check_order(node->left, number);
	while (*number < NUMBERS && !items[*number])
		++*number;
	check(*number < NUMBERS && node == &items[*number]->node);
	++*number;
	check_order(node->right, number);
}

static void
check_tree(void)
{
	int number = 0;

	check(tree_check(tree.root) >= 0);
	check(!tree.root || !tree.root->parent);
	check_values(tree.root);
	check_order(tree.root, &number);
	while (number < NUMBERS && !items[number])
		number++;
	check(number == NUMBERS);
}

static void
random_operations(void)
{
	for (int i = 0; i < 6000; i++) {
		int number = pick(i < 3000 ? NUMBERS : NUMBERS / 8); /* then the upper ones stay */
		if (items[number])
			take(number);
		else
			insert(number);
		if (i < 200 || i % 16 == 0)
			check_tree();
	}
}

static void
in_order(void)
{
	for (int i = 0; i < NUMBERS; i++)
		insert(i);
	check_tree();
	check(tree_check(tree.root) <=
		10); /* 512 nodes: an AVL tree is at most 1.44 log2 high, this one 10 */
	for (int i = 0; i < NUMBERS; i++) {
		take(i);
		check(tree_check(tree.root) >= 0);
	}
	check(!tree.root);
}

static void
change_of_a_value(void)
{
	for (int i = 0; i < 64; i++)
		insert(i);
	for (int i = 0; i < 1000; i++) {
		struct item *item = items[pick(64)];
		item->number = pick(10000); /* the order is of no account here */
		tree_changed(&tree, &item->node);
		check_values(tree.root);
	}
}

/* tree_check itself must be able to say no. */
static void
check_sees_imbalance(void)
{
	for (int i = 0; i < 3; i++)
		insert(i);
	tree.root->left->height++;
	check(tree_check(tree.root) < 0);
	tree.root->left->height--;
	tree.root->left->parent = NULL;
	check(tree_check(tree.root) < 0);
}

const struct test tests[] = {
	{"random insertions and removals: order, balance, values", random_operations, NULL},
	{"insertion in order does not make it high", in_order, NULL},
	{"a changed value is carried up", change_of_a_value, NULL},
	{"the check sees what is wrong", check_sees_imbalance, NULL},
	{0},
};
