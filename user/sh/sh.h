/*
 * The shell, in the order in which a line passes through it:
 *
 *	main.c     reads the line
 *	token.c    cuts it into words and operators, quotes still in place
 *	run.c      runs the pipelines that stand between ; & && and ||
 *	expand.c   replaces $NAME and takes the quotes away, just before a command runs
 *	glob.c     replaces * and ? by the names of files
 *	redirect.c what < > and their like do to descriptors
 *	var.c      the variables
 *	builtin.c  what the shell does itself
 *	job.c      waits, keeps the list of jobs, hands the terminal round
 */

#ifndef SH_H
#define SH_H

#include <stdbool.h>
#include <sys/types.h>

#define MAX_LINE 4096
#define MAX_WORDS 256           /* in one command */
#define MAX_TEXT (4 * MAX_LINE) /* of one command, after expansion */
#define MAX_REDIRECTIONS 8      /* of one command */
#define MAX_MEMBERS 16          /* of one pipeline */

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

/* token.c. REDIRECT is < > >> or >&, maybe with a digit before it; the file's name follows. */
enum token_kind { WORD, REDIRECT, PIPE, AND_THEN, OR_ELSE, BEHIND, NEXT, END };

struct token {
	enum token_kind kind;
	const char *start, *end; /* where it stands in the line */
};

enum line_state { LINE_COMPLETE, LINE_UNFINISHED, LINE_WRONG };

/*
 * Cuts LINE into TOKENS, at most strlen(LINE) + 1 of them, the last being END. LINE_UNFINISHED: a
 * quote, |, && or || waits for another line. LINE_WRONG: it has been complained about.
 */
enum line_state tokenise(const char *line, struct token *tokens);

/* redirect.c */
struct redirection {
	const char *operator; /* in the line, where its token starts */
	char *name;           /* of the file, or the digit behind >& */
};
struct saved { /* descriptors as they were, to be put back */
	int count;
	int descriptor[MAX_REDIRECTIONS], copy[MAX_REDIRECTIONS]; /* copy -1: it was closed */
};
/*
 * Redirects, one after the other. Returns false, with a complaint, at the first that cannot be.
 * `saved`, unless it is NULL, is told what has been changed so far.
 */
bool redirect(const struct redirection *redirections, int count, struct saved *saved);
void restore(struct saved *saved);

/* expand.c. One command, ready to run. */
struct command {
	char *words[MAX_WORDS + 1]; /* the assignments, then the program's arguments, then NULL */
	char **arguments;
	int count;
	struct redirection redirections[MAX_REDIRECTIONS];
	int redirected;
	bool too_long;
	char *next; /* the first free byte of text */
	char text[MAX_TEXT];
};

/* Makes COMMAND of the words in [FROM, TO). Returns false, with a complaint, if it is too long. */
bool expand_command(struct command *command, const struct token *from, const struct token *to);

/* glob.c. Unquoted * and ? are these two in a word, until it is known what they stand for. */
#define ANY_TEXT '\001'
#define ANY_CHAR '\002'
/*
 * Calls `keep` with each path that fits the pattern, in order. Returns how many there were; the
 * paths are gone afterwards.
 */
int glob(const char *pattern, void (*keep)(void *context, const char *path), void *context);

/* var.c. A name need not end with a NUL: its length stands beside it. */
int name_length(const char *text); /* of the name that TEXT begins with; 0: it begins with none */
const char *get_variable(const char *name, int length); /* NULL: there is none */
void set_variable(const char *assignment);              /* NAME=value */
void export_variable(const char *text);                 /* NAME or NAME=value */

/* run.c */
void run_line(const struct token *tokens);
/* Becomes the program, or says why not and ends with 127 (not found) or 126. */
_Noreturn void execute(char **arguments);
/* Runs the program in front. Returns its status. */
int run_program(char **arguments);

/* builtin.c. NULL: there is no such builtin. It takes its arguments and returns its status. */
typedef int builtin(char **arguments);
builtin *find_builtin(const char *name);

/* job.c */
struct job {
	enum { NONE, RUNNING, STOPPED, ENDED } state;
	/* the processes; with job control the first leads their group */
	pid_t members[MAX_MEMBERS];
	int count, waited;          /* how many there are, and how many of them have ended */
	int status;                 /* as from wait, of the last one that ended */
	char text[60];              /* the command, for the list of jobs */
};

void job_setup(void);
/* For a process that will be another program: it hears ^C and ^Z again. */
void job_forget(void);
void job_begin(struct job *job, const char *text, const char *end);
/* Forks a member: as fork(2), complaining if it fails. The child hears ^C again. */
pid_t job_fork(struct job *job, bool behind);
/* Waits for all of it while it has the terminal. Returns its exit status, 128+n after signal n. */
int job_wait_in_front(struct job *job);
/* Files it in the list of jobs, and says so if somebody is there. */
void job_put_behind(const struct job *job);
/* The job that is called %N, or by the number of a process of it; NULL, with a complaint. */
struct job *job_find(const char *name, const char *asker);
/* What kill(1) is to be told, in `text`. */
void job_target(const struct job *job, char text[16]);
/* Goes on with a job that was stopped, in front or behind. Returns its status. */
int job_continue(struct job *job, bool in_front);
/* Shows the jobs that ended or stopped since the last time, and the running ones too if ALL. */
void job_show(bool all);
/* Waits for the job (NULL: for each in turn). Returns its status. */
int job_wait(struct job *job);

#endif
