/*
 * AVL trees with a value summed up per subtree. The only idea: after any change, walk up and
 * rebalance.
 */
#include <lib/tree.h>

static int
height(const struct tree_node *node)
{
	return node ? node->height : 0;
}

static int
balance(const struct tree_node *node)
{
	return height(node->left) - height(node->right);
}

/*
 * Recompute what `node` says of its subtree, the heights of whose children are known; true if that
 * changed.
 */
static bool
refresh_with(struct tree *tree, struct tree_node *node, int left, int right)
{
	int before = node->height;

	node->height = (left > right ? left : right) + 1;
	return tree->update(node) || node->height != before;
}

static void
refresh(struct tree *tree, struct tree_node *node)
{
	refresh_with(tree, node, height(node->left), height(node->right));
}

/* Put `child` where `old` hung below `parent`. */
static void
replace(struct tree *tree, struct tree_node *parent, struct tree_node *old, struct tree_node *child)
{
	if (!parent)
		tree->root = child;
	else if (parent->left == old)
		parent->left = child;
	else
		parent->right = child;
	if (child)
		child->parent = parent;
}

/*
 *      node              pivot
 *     /    \            /     \
 *    a    pivot  -->  node     c
 *         /   \      /    \
 *        b     c    a      b
 *
 * The caller refreshes the two that changed places, the lower one first.
 */
static struct tree_node *
rotate_left(struct tree *tree, struct tree_node *node)
{
	struct tree_node *pivot = node->right;

	replace(tree, node->parent, node, pivot);
	node->right = pivot->left;
	if (node->right)
		node->right->parent = node;
	pivot->left = node;
	node->parent = pivot;
	return pivot;
}

/* The mirror image of rotate_left. */
static struct tree_node *
rotate_right(struct tree *tree, struct tree_node *node)
{
	struct tree_node *pivot = node->left;

	replace(tree, node->parent, node, pivot);
	node->left = pivot->right;
	if (node->left)
		node->left->parent = node;
	pivot->right = node;
	node->parent = pivot;
	return pivot;
}

/* Restore the balance of a subtree whose heights differ by two; its new top. */
static struct tree_node *
rebalance(struct tree *tree, struct tree_node *node)
{
	bool left_heavy = balance(node) > 0;
	struct tree_node *child = left_heavy ? node->left : node->right, *top;

	if (left_heavy) {
		if (balance(child) < 0)
			rotate_left(tree, child);
		top = rotate_right(tree, node);
	} else {
		if (balance(child) > 0)
			rotate_right(tree, child);
		top = rotate_left(tree, node);
	}
	refresh(tree, node);
	if (child != top)
		refresh(tree, child);
	refresh(tree, top);
	return top;
}

void
tree_changed(struct tree *tree, struct tree_node *node)
{
	while (node) {
		int left = height(node->left), right = height(node->right);
		if (left > right + 1 || right > left + 1)
			node = rebalance(tree, node);
		else if (!refresh_with(tree, node, left, right))
			return; /* nor does anything above change */
		node = node->parent;
	}
}

void
tree_insert(struct tree *tree, struct tree_node *parent, struct tree_node **link,
	struct tree_node *node)
{
	node->left = node->right = NULL;
	node->parent = parent;
	node->height = 0; /* so that refreshing it is a change */
	*link = node;
	tree_changed(tree, node);
}

void
tree_remove(struct tree *tree, struct tree_node *node)
{
	struct tree_node *lowest; /* where the heights begin to change */
	struct tree_node *next = NULL; /* takes the place of `node` if that has two children */

	if (!node->left || !node->right) {
		lowest = node->parent;
		replace(tree, node->parent, node, node->left ? node->left : node->right);
	} else {
		next = node->right;
		while (next->left)
			next = next->left;
		lowest = next->parent == node ? next : next->parent;
		replace(tree, next->parent, next, next->right);
		next->height = 0; /* it stands elsewhere now: a change */
		next->left = node->left;
		next->right = node->right;
		next->left->parent = next;
		if (next->right)
			next->right->parent = next;
		replace(tree, node->parent, node, next);
	}
	tree_changed(tree, lowest);
	if (next != lowest)
		tree_changed(tree, next); /* that walk may have ended below it */
}

int
tree_check(const struct tree_node *node)
{
	if (!node)
		return 0;
	int left = tree_check(node->left), right = tree_check(node->right);
	if (left < 0 || right < 0 || left - right > 1 || right - left > 1)
		return -1;
	if ((node->left && node->left->parent != node) ||
		(node->right && node->right->parent != node))
		return -1;
	int expected = (left > right ? left : right) + 1;
	return node->height == expected ? expected : -1;
}
