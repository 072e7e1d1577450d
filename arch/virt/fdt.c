/*
 * The device tree that the boot loader hands over, in its flattened form (Devicetree Specification
 * 0.4, chapter 5): a header, a sequence of tokens, and the properties' names. Nothing in it is
 * believed: each step stays within the tree's own size.
 */
#include "virt.h"
#include <lib/string.h>

#define MAGIC 0xd00dfeed
#define TOTAL_MAX (2u << 20) /* bytes; the emulator's has one MiB */
#define DEPTH 1		     /* of the nodes that are told about, the root's being 0 */

enum token { BEGIN_NODE = 1, END_NODE = 2, PROPERTY = 3, NOP = 4, END = 9 };

/* Words of the header, by their place. */
enum header {
	H_MAGIC, H_TOTAL, H_STRUCT, H_STRINGS, H_RESERVED, H_VERSION, H_COMPATIBLE, H_BOOT_CPU,
	H_STRINGS_SIZE, H_STRUCT_SIZE, H_WORDS
};

struct reader {
	const char *at, *end;	   /* of the tokens */
	const char *names;	   /* NUL-terminated each; the last byte of them is a NUL too */
	uint32_t names_size;
};

static uint32_t
word(const void *at)
{
	const uint8_t *b = at;

	return (uint32_t)b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
}

uint64_t
fdt_number(const void *value, unsigned cells)
{
	uint64_t number = 0;

	for (unsigned i = 0; i < cells; i++)
		number = number << 32 | word((const char *)value + i * 4);
	return number;
}

static bool
within(uint32_t offset, uint32_t size, uint32_t total)
{
	return offset <= total && size <= total - offset;
}

/* Takes `size` bytes and the padding to a multiple of 4; NULL when the tokens end before. */
static const char *
take(struct reader *reader, uint32_t size)
{
	const char *bytes = reader->at;

	if (size > (uint32_t)(reader->end - reader->at))
		return NULL;
	size = (size + 3) & ~3u;
	if (size > (uint32_t)(reader->end - reader->at))
		return NULL;
	reader->at += size;
	return bytes;
}

/* A string at the tokens' place; NULL when no NUL ends it. */
static const char *
take_string(struct reader *reader)
{
	uint32_t length = 0, room = reader->end - reader->at;

	while (length < room && reader->at[length])
		length++;
	return length < room ? take(reader, length + 1) : NULL;
}

static const char *
start(struct reader *reader, const char *tree)
{
	uint32_t total = word(tree + H_TOTAL * 4);
	uint32_t tokens = word(tree + H_STRUCT * 4), tokens_size = word(tree + H_STRUCT_SIZE * 4);
	uint32_t names = word(tree + H_STRINGS * 4);

	reader->names_size = word(tree + H_STRINGS_SIZE * 4);
	if (word(tree + H_MAGIC * 4) != MAGIC)
		return "it does not begin with a device tree's magic number";
	if (total > TOTAL_MAX || total < H_WORDS * 4 || word(tree + H_COMPATIBLE * 4) > 17)
		return "its size or version is none that we know";
	if (tokens % 4 || !within(tokens, tokens_size, total) ||
		!within(names, reader->names_size, total))
		return "a part of it lies outside of it";
	if (!reader->names_size || tree[names + reader->names_size - 1])
		return "its names have no end";
	reader->at = tree + tokens;
	reader->end = reader->at + tokens_size;
	reader->names = tree + names;
	return NULL;
}

static bool
read_property(struct reader *reader, const char *node, fdt_property property)
{
	const char *header = take(reader, 8), *value;

	if (!header || word(header + 4) >= reader->names_size)
		return false;
	value = take(reader, word(header));
	if (!value)
		return false;
	if (node)
		property(node, reader->names + word(header + 4), value, word(header));
	return true;
}

const char *
fdt_walk(const void *tree, fdt_property property)
{
	struct reader reader;
	const char *wrong = start(&reader, tree), *token, *node = NULL;
	int depth = -1;

	if (wrong)
		return wrong;
	while ((token = take(&reader, 4)) && word(token) != END) {
		switch (word(token)) {
		case BEGIN_NODE:
			depth++;
			node = take_string(&reader);
			if (!node)
				return "a node's name has no end";
			break;
		case END_NODE:
			depth--;
			break;
		case PROPERTY:
			if (!read_property(&reader, depth <= DEPTH ? node : NULL, property))
				return "a property is longer than the tree";
			break;
		case NOP:
			break;
		default:
			return "it has an unknown token";
		}
	}
	return token && depth == -1 ? NULL : "it ends too early";
}
