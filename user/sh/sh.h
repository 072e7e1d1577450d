/*
 * The shell, in the order in which a line passes through it:
 *
 *	main.c     reads a line
 *	token.c    cuts it into words and operators, quotes still in place
 *	run.c      runs the commands that stand between the operators
 *	expand.c   replaces $NAME and takes the quotes away, just before a command runs
 *	job.c      waits, keeps the list of what runs behind, hands the terminal round
 *	builtin.c  what the shell does itself
 *	var.c      the variables
 */

#ifndef SH_H
#define SH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct shell {
	int status;	   /* $? */
	pid_t pid;	   /* $$, also in a subshell */
	pid_t last_behind; /* $!, 0 if none yet */
	char **arguments;  /* $0 $1 …, ended by NULL */
	bool prompts;	   /* somebody sits at a terminal */
	bool job_control;  /* each job gets a process group, the foreground job the terminal */
};
extern struct shell shell;

/* Like printf to stderr, with "sh: " before and a newline after. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Like realloc, but ends the shell if there is no memory. */
void *resize(void *old, size_t size);

/* token.c */
enum token_kind { WORD, THEN, OR_ELSE, AND_GO_ON, SEMICOLON, FROM, END }; /* && || & ; < */

struct token {
	enum token_kind kind;
	char *word; /* WORD: the text, quotes included; the token list owns it */
};

enum line_state { LINE_COMPLETE, LINE_UNFINISHED, LINE_WRONG };

/*
 * Cuts TEXT into *tokens, the last being END. LINE_UNFINISHED: a quote, && or || is waiting for
 * more. LINE_WRONG: it has been complained about. Only LINE_COMPLETE sets *tokens, for free_tokens.
 */
enum line_state tokenise(const char *text, struct token **tokens);
void free_tokens(struct token *tokens);

/* expand.c. A vector of words, always ended by NULL. {0} is an empty one. */
struct words {
	char **word;
	int count;
};

/* Adds what RAW stands for: one word, or none or more if an unquoted variable was in it. */
void expand(struct words *words, const char *raw);
/* Returns what RAW stands for as one word, which the caller frees: for values and file names. */
char *expand_to_one(const char *raw);
void free_words(struct words *words);

/* run.c. Runs a whole line. */
void run_tokens(struct token *tokens);

/* job.c */
void job_setup(void);
/* In a new child, before it does anything: joins the group of its job, hears ^C again. */
void job_enter_child(bool behind);
/* Waits for CHILD with the terminal in its hands. Returns its exit status, 128+n after signal n. */
int job_wait_in_front(pid_t child);
/* Enters CHILD, which runs the text TOKENS[0…count-1], into the list. */
void job_add(pid_t child, const struct token *tokens, int count);
/* Tells of the jobs that have ended, at a prompt. */
void job_report(void);
/* Prints the list. */
void job_list(void);
/* Waits for the process PID, or for every job if it is 0. Returns a status; 127 if unknown. */
int job_wait_for(pid_t pid);

/* builtin.c. Returns false if there is no such builtin, else runs it and sets *status. */
bool run_builtin(char **arguments, int *status);

/* var.c */
/* Returns the value, or NULL. It stays good until the variable is set again. */
const char *var_get(const char *name);
/* LENGTH bytes of ASSIGNMENT are the name; the value stands behind the `=`. */
void var_set(const char *name, const char *value);
void var_export(const char *name);
/* True for NAME=…, and for NAME when WHOLE. */
bool var_is_name(const char *text, size_t length);
/* The exported ones, for execve; good until the next call of this or of var_set. */
char **var_environment(void);
/* Prints them, as `export` does. */
void var_print_exported(void);
void var_import(char **environment);

#endif
