/*
 * Process groups, as far as job control goes: whoever stops must have somebody who can make it go
 * on, a parent in another group of its session.
 */
#include <task/task.h>

bool
group_is_guarded(const struct process *process)
{
	const struct process *parent = process->parent;

	return parent != init_process && parent->pgid != process->pgid &&
		parent->sid == process->sid;
}

bool
group_is_orphaned(int pgid)
{
	list_for_each(link, &processes) {
		const struct process *member = list_entry(link, struct process, all);
		if (member->pgid == pgid && !process_is_zombie(member) && group_is_guarded(member))
			return false;
	}
	return true;
}

static bool
has_stopped(int pgid)
{
	list_for_each(link, &processes) {
		const struct process *member = list_entry(link, struct process, all);
		if (member->pgid == pgid && member->stopped)
			return true;
	}
	return false;
}

void
group_release(int pgid)
{
	if (!has_stopped(pgid) || !group_is_orphaned(pgid))
		return;
	signal_send_group(pgid, SIGHUP);
	signal_send_group(pgid, SIGCONT);
}
