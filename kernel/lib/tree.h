/*
 * A balanced (AVL) binary search tree whose nodes live inside the elements, and which can carry a
 * value that sums up each subtree (the largest gap below an area, say), kept right through every
 * rotation.
 */
#ifndef LIB_TREE_H
#define LIB_TREE_H

#include <lib/types.h>

struct tree_node {
	struct tree_node *left, *right, *parent;
	int height; /* of the subtree that starts here; a leaf has 1 */
};

struct tree {
	struct tree_node *root;
	/*
	 * Recompute the value of `node` from its own element and its two children; true if it
	 * changed.
	 */
	bool (*update)(struct tree_node *node);
};

#define tree_entry(node, type, member) container_of(node, type, member)

/*
 * Insert `node` where the caller's search ended: as a child of `parent`, in *link (&parent->left,
 * &parent->right, or &tree->root with parent NULL). Rebalances. O(log n).
 */
void tree_insert(struct tree *tree, struct tree_node *parent, struct tree_node **link,
	struct tree_node *node);
void tree_remove(struct tree *tree, struct tree_node *node);
/*
 * The element behind `node` changed: bring the values above it up to date, as far as they change.
 * O(log n).
 */
void tree_changed(struct tree *tree, struct tree_node *node);

/* For tests: heights and balance are right everywhere below `node`; returns its height, or -1. */
int tree_check(const struct tree_node *node);

#endif
