/*
 * A message by itself: kernel memory with a text in it. The text is cut into pieces of at most a
 * page, so that a long message needs no run of frames, however scattered the free ones lie.
 */
#include <ipc/msg.h>
#include <lib/string.h>
#include <machine/page.h>
#include <mm/kmalloc.h>
#include <mm/reclaim.h>
#include <mm/uaccess.h>

#define FIRST_BYTES 2032 /* what kmalloc still cuts from a shared page */
#define FIRST_TEXT (FIRST_BYTES - sizeof(struct message))
#define PIECE_TEXT (PAGE_SIZE - sizeof(struct message_piece))

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void *
allocate(size_t size)
{
	void *memory = kmalloc(size);

	if (memory)
		return memory;
	reclaim();
	return kmalloc(size);
}

void
message_free(struct message *message)
{
	struct message_piece *piece = message ? message->pieces : NULL;

	while (piece) {
		struct message_piece *next = piece->next;
		kfree(piece);
		piece = next;
	}
	kfree(message);
}

struct message *
message_new(size_t size)
{
	size_t here = smaller(size, FIRST_TEXT);
	struct message *message = allocate(sizeof(*message) + here);
	if (!message)
		return NULL;
	struct message_piece **end = &message->pieces;

	message->size = size;
	*end = NULL;
	for (size -= here; size > 0; size -= here) {
		here = smaller(size, PIECE_TEXT);
		struct message_piece *piece = allocate(sizeof(*piece) + here);
		if (!piece) {
			message_free(message);
			return NULL;
		}
		piece->next = NULL;
		*end = piece;
		end = &piece->next;
	}
	return message;
}

int
message_from_user(struct message *message, const void *user)
{
	size_t left = message->size, here = smaller(left, FIRST_TEXT);
	const char *from = user;
	int error = copy_from_user(message->text, from, here);

	for (struct message_piece *piece = message->pieces; piece && !error; piece = piece->next) {
		from += here;
		left -= here;
		here = smaller(left, PIECE_TEXT);
		error = copy_from_user(piece->text, from, here);
	}
	return error;
}

int
message_to_user(const struct message *message, void *user, size_t size)
{
	size_t here = smaller(size, FIRST_TEXT);
	const struct message_piece *piece = message->pieces;
	char *to = user;
	int error = copy_to_user(to, message->text, here);

	for (; !error && size > here; piece = piece->next) {
		to += here;
		size -= here;
		here = smaller(size, PIECE_TEXT);
		error = copy_to_user(to, piece->text, here);
	}
	return error;
}

struct message *
message_copy(const struct message *message)
{
	struct message *copy = message_new(message->size);
	if (!copy)
		return NULL;
	size_t left = message->size, here = smaller(left, FIRST_TEXT);
	const struct message_piece *from = message->pieces;

	copy->type = message->type;
	memcpy(copy->text, message->text, here);
	for (struct message_piece *to = copy->pieces; to; to = to->next, from = from->next) {
		left -= here;
		here = smaller(left, PIECE_TEXT);
		memcpy(to->text, from->text, here);
	}
	return copy;
}
