/* Remembering why a call was refused, and saying so. */
#include <dev/trace.h>
#include <ipc/ipc.h>
#include <ipc/refuse.h>
#include <lib/text.h>
#include <task/task.h>

int
ipc_refuse_as(int error, const char *words, unsigned long a, unsigned long b, unsigned long c,
	unsigned long d)
{
	struct process *process = current->process;

	process->refusal = (struct refusal){error, words, {a, b, c, d}};
	if (trace_refusals)
		trace_refusal(process);
	return -error;
}

int
ipc_refuse_id(const struct ipc_ids *ids, int id)
{
	unsigned long name = (unsigned long)ids->kind->name;
	const struct ipc_perm *perm = id < 0 ? NULL : ipc_in_slot(ids, id);

	if (perm)
		return ipc_refuse(EINVAL, "the %s %ld has been removed; %ld has its place now",
			name, id, perm->id);
	if (id >= 0 && ipc_slot(id) < ids->slots.count &&
		ipc_seq(id) < ids->slots.seq[ipc_slot(id)])
		return ipc_refuse(EINVAL, "the %s %ld has been removed", name, id);
	return ipc_refuse(EINVAL, "there is no %s with the id %ld", name, id);
}

int
ipc_refuse_access(const struct ipc_perm *perm, unsigned flags)
{
	unsigned euid = current->process->cred.euid, wanted = (flags >> 6 | flags >> 3 | flags) & 7;

	return ipc_refuse(EACCES,
		"user %lu asks for %03lo; the object is user %lu's, of mode %03lo",
		euid, wanted * 0111, perm->uid, perm->mode & 0777);
}

int
ipc_refuse_owner(const struct ipc_perm *perm)
{
	return ipc_refuse(EPERM, "user %lu is neither the owner, %lu, nor the creator, %lu",
		current->process->cred.euid, perm->uid, perm->cuid);
}

int
ipc_refuse_command(const struct ipc_ids *ids, int id, int command)
{
	unsigned long name = (unsigned long)ids->kind->name;

	if (id < 0)
		return ipc_refuse(EINVAL, "the id %ld is negative: no %s has it", id, name);
	return ipc_refuse(EINVAL, "%ld is no command for a %s", command, name);
}

void
ipc_refusal_text(struct text *text, struct process *process)
{
	const struct refusal *refusal = &process->refusal;
	const unsigned long *n = refusal->numbers;

	if (!refusal->error)
		return;
	text_printf(text, "%d ", refusal->error);
	text_printf(text, refusal->words, n[0], n[1], n[2], n[3]);
	text_printf(text, "\n");
}
