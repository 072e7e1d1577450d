/*
 * exec: another program in the same task. Everything that can fail is done before the old program's
 * memory is given up.
 *
 *     the new stack, as Linux lays it out (System V ABI i386, "Process Initialization"; so on ARM):
 *
 *     USER_STACK_TOP  the file's name, the CPU's, 16 random bytes, the strings of envp and argv
 *                     auxv: pairs of words, the last AT_NULL
 *                     envp[0] … NULL
 *                     argv[0] … NULL
 *               sp -> argc
 */
#include <abi/auxv.h>
#include <abi/errno.h>
#include <file/file.h>
#include <lib/random.h>
#include <lib/string.h>
#include <mm/image.h>
#include <mm/kmalloc.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <task/script.h>
#include <task/task.h>
#include "arch/arch.h"

/* Bytes of stack that are there without growing. */
#define STACK_FIRST (32 * PAGE_SIZE + EXEC_BYTES)
#define RANDOM_BYTES 16

int
exec_words_init(struct exec_words *words)
{
	*words = (struct exec_words){.bytes = kmalloc(EXEC_BYTES_FIRST), .size = EXEC_BYTES_FIRST};
	return words->bytes ? 0 : -ENOMEM;
}

void
exec_words_free(struct exec_words *words)
{
	kfree(words->bytes);
}

/* Twice the room. 0, -E2BIG, -ENOMEM. */
static int
grow_words(struct exec_words *words)
{
	if (words->size == EXEC_BYTES)
		return -E2BIG;
	char *bytes = kmalloc(words->size * 2);
	if (!bytes)
		return -ENOMEM;
	memcpy(bytes, words->bytes, words->used);
	kfree(words->bytes);
	words->bytes = bytes;
	words->size *= 2;
	return 0;
}

/* One string of the user's. */
static int
add_user_word(struct exec_words *words, const char *word)
{
	for (;;) {
		long length = copy_string_from_user(
			words->bytes + words->used, word, words->size - words->used);
		if (length >= 0) {
			words->used += length + 1;
			return 0;
		}
		if (length != -ENAMETOOLONG)
			return length;
		int error = grow_words(words);
		if (error)
			return error;
	}
}

int
exec_words_add_user(struct exec_words *words, const void *array, unsigned *count)
{
	const char *const *pointers = array;
	const char *word;

	for (*count = 0; pointers; ++*count) {
		if (copy_from_user(&word, &pointers[*count], sizeof(word)))
			return -EFAULT;
		if (!word)
			break;
		int error =
			*count < EXEC_BYTES / sizeof(word) ? add_user_word(words, word) : -E2BIG;
		if (error)
			return error;
	}
	return 0;
}

int
exec_words_push(struct exec_words *words, const char *word)
{
	size_t size = strlen(word) + 1;

	while (words->size - words->used < size) {
		int error = grow_words(words);
		if (error)
			return error;
	}
	memmove(words->bytes + size, words->bytes, words->used);
	memcpy(words->bytes, word, size);
	words->used += size;
	words->argc++;
	return 0;
}

void
exec_words_pop(struct exec_words *words)
{
	size_t size = strlen(words->bytes) + 1;

	words->used -= size;
	memmove(words->bytes, words->bytes + size, words->used);
	words->argc--;
}

static int
add_stack(struct space *space, const struct image *image)
{
	struct vm_area *area = space_new_area(space, USER_STACK_TOP - STACK_FIRST, USER_STACK_TOP);

	if (!area)
		return -ENOMEM;
	area->ops = &stack_operations;
	area->flags = VM_GROWSDOWN;
	area->rights = VM_READ | VM_WRITE | (image->executable_stack ? VM_EXEC : 0);
	area->max_rights = VM_RIGHTS;
	space_insert(area);
	return 0;
}

/* A cursor that writes words to the new stack, upward; the first error sticks. */
struct pusher {
	vaddr_t at;
	int error;
};

static void
push_word(struct pusher *p, unsigned long word)
{
	if (!p->error)
		p->error = copy_to_user((void *)p->at, &word, sizeof(word));
	p->at += sizeof(word);
}

/* Pointers to `count` strings that lie one after the other at user address *string, then NULL. */
static void
push_pointers(struct pusher *p, unsigned count, const char **bytes, vaddr_t *string)
{
	while (count--) {
		push_word(p, *string);
		size_t size = strlen(*bytes) + 1;
		*bytes += size;
		*string += size;
	}
	push_word(p, 0);
}

/* What the vector points to, above the strings. */
struct strings {
	vaddr_t name, platform, random;
};

static void
push_auxv(struct pusher *p, const struct image *image, const struct strings *at)
{
	const struct credentials *cred = &current->process->cred;
	const unsigned long pairs[][2] = {
		{AT_PHDR, image->headers},
		{AT_PHENT, image->header_size},
		{AT_PHNUM, image->header_count},
		{AT_PAGESZ, PAGE_SIZE},
		{AT_BASE, 0},
		{AT_FLAGS, 0},
		{AT_ENTRY, image->entry},
		{AT_UID, cred->uid},
		{AT_EUID, cred->euid},
		{AT_GID, cred->gid},
		{AT_EGID, cred->egid},
		{AT_SECURE, cred->uid != cred->euid || cred->gid != cred->egid},
		{AT_CLKTCK, HZ},
		{AT_HWCAP, ARCH_HWCAP},
		{AT_HWCAP2, 0},
		{AT_PLATFORM, at->platform},
		{AT_RANDOM, at->random},
		{AT_EXECFN, at->name},
		{AT_NULL, 0},
	};

	for (unsigned i = 0; i < ARRAY_SIZE(pairs); i++) {
		push_word(p, pairs[i][0]);
		push_word(p, pairs[i][1]);
	}
}
#define AUXV_WORDS (19 * 2)

/* Write all of it; the new space is loaded. 0 with *sp set, or an errno. */
static int
fill_stack(const struct image *image, const char *path, const struct exec_words *words, vaddr_t *sp)
{
	unsigned char random[RANDOM_BYTES];
	struct strings at = {.name = USER_STACK_TOP - sizeof(long) - (strlen(path) + 1)};
	at.platform = at.name - sizeof(ARCH_PLATFORM);
	at.random = (at.platform - RANDOM_BYTES) & ~15ul;
	vaddr_t strings = at.random - words->used;
	size_t pointers = 1 + words->argc + 1 + words->envc + 1 + AUXV_WORDS;
	struct pusher p = {.at = (strings - pointers * sizeof(long)) & ~15ul};
	const char *bytes = words->bytes;

	*sp = p.at;
	random_bytes(random, sizeof(random));
	if (copy_to_user((void *)at.name, path, strlen(path) + 1) ||
		copy_to_user((void *)at.platform, ARCH_PLATFORM, sizeof(ARCH_PLATFORM)) ||
		copy_to_user((void *)at.random, random, sizeof(random)) ||
		copy_to_user((void *)strings, words->bytes, words->used))
		return -EFAULT;
	push_word(&p, words->argc);
	current->space->arguments = strings;
	push_pointers(&p, words->argc, &bytes, &strings);
	current->space->environment = strings;
	push_pointers(&p, words->envc, &bytes, &strings);
	current->space->environment_end = strings;
	push_auxv(&p, image, &at);
	return p.error;
}

static int
build_space(struct image *image, struct space **result)
{
	struct space *space = space_create();

	if (!space)
		return -ENOMEM;
	space->limit = current->process->limits[RLIMIT_AS].rlim_cur / PAGE_SIZE;
	if (image_map(image, space) || add_stack(space, image)) {
		space_put(space);
		return -ENOMEM;
	}
	*result = space;
	return 0;
}

void
task_use_space(struct space *space)
{
	current->space = space;
	mmu_switch(&space->mmu);
	sched_set_floor();
}

/* init and the console's shell: the machine is lost without them. */
static bool
may_use_reserve(const struct process *process)
{
	return process == init_process || process->controls_terminal;
}

/*
 * Nobody else has a part in what the new program gets: a table of files of its own first, as that
 * may fail while the others still run. 0, -EINTR, -ENOMEM.
 */
static int
be_alone(void)
{
	struct files *shared = current->files, *own = shared;

	if (files_shared(shared))
		own = files_fork(shared);
	if (!own)
		return -ENOMEM;
	int error = process_end_others(); /* slept: but nothing of this task's has changed */
	if (own == shared)
		return error;
	if (!error)
		current->files = own;
	files_put(error ? own : shared);
	return error;
}

/* The new space is in use already. */
static void
leave_memory(struct space *old)
{
	struct space *space = current->space;

	if (current->clear_tid || current->robust_list) {
		task_use_space(old);
		task_leave_memory();
		task_use_space(space);
	}
	vfork_done();
}

/* The point of no return: what a new program does not inherit. */
static void
become(const char *path)
{
	struct process *process = current->process;
	const char *slash = strrchr(path, '/');

	strlcpy(process->name, slash ? slash + 1 : path, sizeof(process->name));
	files_close_on_exec(current->files);
	signal_forget_handlers();
	process->cred.suid = process->cred.euid; /* as on Linux */
	process->cred.sgid = process->cred.egid;
	process->execed = true;
	process->exit_signal = SIGCHLD;
}

/*
 * The image to run for the file `path`: its own, or when it is a script that of its interpreter,
 * whose words `words` becomes.
 */
static int
find_image(const char *path, struct exec_words *words, struct image **image)
{
	char name[PATH_SIZE], absolute[PATH_SIZE];
	const void *bytes;
	size_t size;

	strlcpy(name, path, sizeof(name));
	for (int scripts = 0;; scripts++) {
		int error = archive_executable(name, absolute, &bytes, &size);
		if (error)
			return error;
		if (!is_script(bytes, size))
			return image_open(absolute, bytes, size, image);
		if (scripts == SCRIPTS_MAX)
			return -ELOOP;
		error = script_words(bytes, size, name, words);
		if (error)
			return error;
	}
}

/*
 * RLIMIT_NPROC, at last: setuid(2) never fails for it, as few look at its answer; instead a new
 * user who has too many processes may not exec (execve(2), EAGAIN).
 */
static bool
is_crowded(struct process *process)
{
	process->crowded = process->crowded && process_limit_passed(process, 0);
	return process->crowded;
}

int
task_exec(struct trap_frame *frame, const char *path, struct exec_words *words)
{
	struct space *old = current->space, *space;
	struct image *image;
	vaddr_t sp = 0;

	if (is_crowded(current->process))
		return -EAGAIN;
	int error = find_image(path, words, &image);
	if (error)
		return error;
	error = build_space(image, &space);
	if (error)
		goto out;
	space->privileged = may_use_reserve(current->process);
	task_use_space(space);
	error = fill_stack(image, path, words, &sp) ? -ENOMEM : 0;
	if (!error)
		error = be_alone();
	if (error) {
		if (old)
			task_use_space(old);
		else
			current->space = NULL;
		space_put(space);
		goto out;
	}
	leave_memory(old);
	become(path);
	arch_task_exec(current, frame, image->entry, sp);
	if (old) {
		process_leaves_space(current->process, old);
		space_put(old);
	}
out:
	image_put(image); /* its areas hold it now, if there are any */
	return error;
}
