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
#include <task/wait.h>

#define FIRST_BYTES 2032 /* what kmalloc still cuts from a shared page */
#define FIRST_TEXT (FIRST_BYTES - sizeof(struct message))
#define TYPE_SIZE sizeof(long)
#define PIECE_TEXT (PAGE_SIZE - sizeof(struct message_piece))

_Static_assert(offsetof(struct message, text) == offsetof(struct message, type) + TYPE_SIZE,
	"type and text are copied in one go");

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

static void
free_pieces(struct message_piece *piece)
{
	while (piece) {
		struct message_piece *next = piece->next;
		kfree(piece);
		piece = next;
	}
}

void
message_free(struct message *message)
{
	free_pieces(message->pieces);
	kfree(message);
}

/* Pieces for so many bytes; NULL without memory. */
static struct message_piece *
new_pieces(size_t size)
{
	struct message_piece *first = NULL, **end = &first;

	for (size_t here; size > 0; size -= here) {
		here = smaller(size, PIECE_TEXT);
		*end = allocate(sizeof(**end) + here);
		if (!*end) {
			free_pieces(first);
			return NULL;
		}
		(*end)->next = NULL;
		end = &(*end)->next;
	}
	return first;
}

struct message *
message_new(size_t size)
{
	size_t here = smaller(size, FIRST_TEXT);
	struct message *message = allocate(sizeof(*message) + here);

	if (!message)
		return NULL;
	message->size = size;
	message->pieces = NULL;
	if (size == here)
		return message;
	message->pieces = new_pieces(size - here);
	if (message->pieces)
		return message;
	kfree(message);
	return NULL;
}

int
message_from_user(struct message *message, const void *user)
{
	size_t left = message->size, here = smaller(left, FIRST_TEXT);
	const char *from = user;
	int error = copy_from_user(&message->type, from, TYPE_SIZE + here);

	from += TYPE_SIZE;
	for (struct message_piece *piece = message->pieces; piece && !error; piece = piece->next) {
		wait_pause();
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
	int error = copy_to_user(to, &message->type, TYPE_SIZE + here);

	to += TYPE_SIZE;
	for (; !error && size > here; piece = piece->next) {
		wait_pause();
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
