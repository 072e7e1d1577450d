/*
 * /proc/sys/kernel: limits as files. A file is a row of the table below: it shows some numbers, and
 * root may write them. What is taken for a number, and how a write can be partly done, is Linux's
 * (kernel/sysctl.c there): white space parts numbers, 0x and 0 begin other bases, a number too many
 * is not taken, one that is wrong leaves those before it set, and only a write at the file's
 * beginning counts.
 */
#include <abi/errno.h>
#include <file/node.h>
#include <file/proc.h>
#include <ipc/msg.h>
#include <ipc/sem.h>
#include <ipc/shm.h>
#include <lib/string.h>
#include <mm/kmalloc.h>
#include <mm/uaccess.h>
#include <task/task.h>

#define INT_MAX 0x7fffffff
#define NUMBERS_MAX 4
#define WRITE_MAX 4095 /* bytes of a write that are looked at */
#define DIGITS_MAX 20  /* of a number, its sign and 0x with it */

struct setting {
	const char *name;
	int *numbers[NUMBERS_MAX];
	unsigned long *word;  /* instead of numbers: one of all bits, without a sign */
	int least, most;      /* of the last number; those before it may be anything */
	int error;	      /* what one out of this range is answered */
	void (*written)(void); /* after a change; may be NULL */
};

static const struct setting settings[] = {
	{"shmmax", .word = &shm_max},
	{"shmall", .word = &shm_all},
	{"shmmni", {(int *)&shm_ids.limit}, NULL, 0, IPC_SLOTS_MAX, -EINVAL, NULL},
	{"shm_next_id", {&shm_ids.next_id}, NULL, 0, INT_MAX, -EINVAL, NULL},
	{"shm_rmid_forced", {&shm_rmid_forced}, NULL, 0, 1, -EINVAL, shm_destroy_orphans},
	{"sem", {&sem_msl, &sem_mns, &sem_opm, (int *)&sem_ids.limit}, NULL, 0, IPC_SLOTS_MAX,
		-ERANGE, NULL},
	{"sem_next_id", {&sem_ids.next_id}, NULL, 0, INT_MAX, -EINVAL, NULL},
	{"msgmax", {&msg_max}, NULL, 0, INT_MAX, -EINVAL, NULL},
	{"msgmnb", {&msg_mnb}, NULL, 0, INT_MAX, -EINVAL, NULL},
	{"msgmni", {(int *)&msg_ids.limit}, NULL, 0, IPC_SLOTS_MAX, -EINVAL, NULL},
	{"msg_next_id", {&msg_ids.next_id}, NULL, 0, INT_MAX, -EINVAL, NULL},
};

/* --- what a file says --- */

static void
write_setting(struct text *text, const struct setting *setting)
{
	if (setting->word)
		text_printf(text, "%lu", *setting->word);
	for (unsigned i = 0; i < NUMBERS_MAX && setting->numbers[i]; i++)
		text_printf(text, i ? "\t%d" : "%d", *setting->numbers[i]);
	text_printf(text, "\n");
}

static long
setting_read_at(struct file *file, void *user, size_t size, int64_t *position)
{
	char buffer[NUMBERS_MAX * 12 + 2];
	struct text text = {.buffer = buffer, .size = sizeof(buffer)};

	write_setting(&text, file->place.node->setting);
	if (*position >= (int64_t)text.length)
		return 0;
	size_t offset = *position;
	if (size > text.length - offset)
		size = text.length - offset;
	*position += size;
	return copy_to_user(user, buffer + offset, size) ? -EFAULT : (long)size;
}

/* --- what is written to it --- */

/* What is left of a written text. */
struct input {
	const char *at;
	size_t left;
};

struct number {
	bool negative;
	unsigned long value;
};

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
skip(struct input *input, size_t bytes)
{
	input->at += bytes;
	input->left -= bytes;
}

static void
skip_spaces(struct input *input)
{
	while (input->left && is_space(*input->at))
		skip(input, 1);
}

/* The digit's value, or what no base reaches. */
static unsigned
digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return 16;
}

/* The value of the digits at *text, which move on; false if it does not fit. A NUL ends them. */
static bool
take_digits(const char **text, unsigned long *value)
{
	const char *at = *text;
	unsigned base = 10;

	if (at[0] == '0') {
		base = 8;
		if ((at[1] | 0x20) == 'x' && digit_value(at[2]) < 16) {
			base = 16;
			at += 2;
		}
	}
	for (*value = 0; digit_value(*at) < base; at++) {
		if (*value > (~0ul - digit_value(*at)) / base)
			return false;
		*value = *value * base + digit_value(*at);
	}
	*text = at;
	return true;
}

/* The number at the beginning of what is left; 0 or -EINVAL. */
static int
take_number(struct input *input, struct number *number)
{
	char digits[DIGITS_MAX + 2] = "";
	const char *at = digits;

	memcpy(digits, input->at, input->left <= DIGITS_MAX ? input->left : DIGITS_MAX + 1);
	number->negative = *at == '-';
	at += number->negative;
	if (digit_value(*at) > 9 || !take_digits(&at, &number->value))
		return -EINVAL;
	size_t length = at - digits;
	if (length > DIGITS_MAX)
		return -EINVAL;
	if (length < input->left && *at != ' ' && *at != '\t' && *at != '\n')
		return -EINVAL;
	skip(input, length);
	return 0;
}

/* Set the setting's number `index`. */
static int
set_number(const struct setting *setting, unsigned index, const struct number *number)
{
	if (setting->word) {
		if (number->negative)
			return -EINVAL;
		*setting->word = number->value;
		return 0;
	}
	if (number->value > INT_MAX + (unsigned long)number->negative)
		return -EINVAL;
	int value = number->negative ? 0 - number->value : number->value;
	bool is_last = index + 1 == NUMBERS_MAX || !setting->numbers[index + 1];
	if (is_last && (value < setting->least || value > setting->most))
		return setting->error;
	*setting->numbers[index] = value;
	return 0;
}

/* Set as many numbers as there are; an error if there are none. What is not taken is left. */
static int
take_numbers(const struct setting *setting, struct input *input)
{
	unsigned count = setting->word ? 1 : 0, taken = 0;

	while (!setting->word && count < NUMBERS_MAX && setting->numbers[count])
		count++;
	for (; taken < count; taken++) {
		struct number number;
		skip_spaces(input);
		if (!input->left)
			break;
		int error = take_number(input, &number);
		if (!error)
			error = set_number(setting, taken, &number);
		if (error)
			return error;
	}
	skip_spaces(input);
	return taken ? 0 : -EINVAL;
}

static long
setting_write_at(struct file *file, const void *user, size_t size, int64_t *position)
{
	const struct setting *setting = file->place.node->setting;
	size_t looked_at = size < WRITE_MAX ? size : WRITE_MAX;

	if (current->process->cred.euid != 0)
		return -EPERM; /* whoever opened it */
	if (size == 0)
		return 0;
	char *text = kmalloc(looked_at);
	if (!text)
		return -ENOMEM;
	long result = copy_from_user(text, user, looked_at);
	if (!result && *position == 0) {
		struct input input = {text, looked_at};
		result = take_numbers(setting, &input);
		size -= input.left;
		if (!result && setting->written)
			setting->written();
	}
	kfree(text);
	if (result)
		return result;
	*position += size;
	return size;
}

static int64_t
setting_seek(struct file *file, int64_t offset, int whence)
{
	return file_seek(file, offset, whence, 0);
}

static const struct file_operations setting_operations = {
	.name = "sysctl",
	.read_at = setting_read_at,
	.write_at = setting_write_at,
	.seek = setting_seek,
};

void
proc_sys_add(struct node *proc)
{
	struct node *directory =
		node_add(proc, "sys/kernel", S_IFDIR | 0555, &directory_operations);

	for (unsigned i = 0; i < ARRAY_SIZE(settings); i++)
		node_add(directory, settings[i].name, S_IFREG | 0644, &setting_operations)
			->setting = &settings[i];
}
