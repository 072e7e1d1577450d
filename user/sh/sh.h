/*
 * The shell, in the order in which a line passes through it:
 *
 *	main.c     reads the line
 *	token.c    cuts it into words and operators, quotes still in place
 *	run.c      runs the commands that stand between the operators
 *	expand.c   replaces $NAME and takes the quotes away, just before a command runs
 *	var.c      the variables
 *	builtin.c  what the shell does itself
 *	job.c      waits, keeps the list of what runs behind, hands the terminal round
 */

#ifndef SH_H
#define SH_H

#include <stdbool.h>
#include <sys/types.h>

#define MAX_LINE 4096
#define MAX_WORDS 256           /* in one command */
#define MAX_TEXT (4 * MAX_LINE) /* of one command, after expansion */

struct shell {
	int status;        /* $? */
	pid_t pid;         /* $$, in a subshell too */
	pid_t last_behind; /* $!, 0 if there is none yet */
	char **arguments;  /* $0 $1 …, ended by NULL */
	bool prompts;      /* somebody sits at a terminal */
	bool job_control;  /* each job gets a process group, the one in front the terminal */
};
extern struct shell shell;

/* Like printf to stderr, with "sh: " before and a newline after. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* token.c */
enum token_kind { WORD, AND_THEN, OR_ELSE, BEHIND, NEXT, FROM, END }; /* && || & ; < */

struct token {
	enum token_kind kind;
	const char *start, *end; /* where it stands in the line */
};

enum line_state { LINE_COMPLETE, LINE_UNFINISHED, LINE_WRONG };

/*
 * Cuts LINE into TOKENS, at most strlen(LINE) + 1 of them, the last being END. LINE_UNFINISHED: a
 * quote, && or || waits for another line. LINE_WRONG: it has been complained about.
 */
enum line_state tokenise(const char *line, struct token *tokens);

/* expand.c. One command, ready to run. */
struct command {
	char *words[MAX_WORDS + 1]; /* the assignments, then the program's arguments, then NULL */
	char **arguments;
	char *input; /* the file behind `<`, or NULL */
	int count;
	bool too_long;
	char *next; /* the first free byte of text */
	char text[MAX_TEXT];
};

/* Makes COMMAND of the words in [FROM, TO). Returns false, with a complaint, if it is too long. */
bool expand_command(struct command *command, const struct token *from, const struct token *to);

/* var.c. A name need not end with a NUL: its length stands beside it. */
int name_length(const char *text); /* of the name that TEXT begins with; 0: it begins with none */
const char *get_variable(const char *name, int length); /* NULL: there is none */
void set_variable(const char *assignment);              /* NAME=value */
void export_variable(const char *text);                 /* NAME or NAME=value */

/* run.c */
void run_line(const struct token *tokens);

/* builtin.c. Returns false if there is no such builtin, else runs it and sets *status. */
bool run_builtin(char **arguments, int *status);

/* job.c */
void job_setup(void);
/* For a new child: joins a group of its own, takes the terminal unless BEHIND, hears ^C again. */
void job_enter_child(bool behind);
/* Waits for CHILD while it has the terminal. Returns its exit status, 128+n after signal n. */
int job_wait_in_front(pid_t child);
/* Notes that CHILD runs behind, and what: the text from START to END. */
void job_add(pid_t child, const char *start, const char *end);
/* Shows the jobs that ended since the last time, and the running ones too if ALL. */
void job_show(bool all);
/* Brings the job PID (0: each in turn) in front and waits. Returns its status; 127: no such job. */
int job_wait(pid_t pid);

#endif
