/* POSIX threads as the C library makes them: of clone, futex and the thread pointer. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define THREADS 8
#define ROUNDS 2000

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_barrier_t barrier;
static pthread_key_t key;
static sem_t tokens;
static __thread int mine = 5;
static int total, begun, turn, ended;

static void
first(void)
{
	begun++;
}

static void
at_end(void *value)
{
	__atomic_add_fetch(&ended, (long)value, __ATOMIC_SEQ_CST);
}

static void *
adder(void *argument)
{
	long n = (long)argument;

	pthread_once(&once, first);
	pthread_setspecific(key, argument);
	pthread_barrier_wait(&barrier);
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&lock);
		total++;
		mine++;
		pthread_mutex_unlock(&lock);
		if (i % 100 == 0)
			sched_yield();
	}
	return (void *)(n * 1000 + mine);
}

static void
sums(void)
{
	pthread_t thread[THREADS];
	long results = 0;

	pthread_key_create(&key, at_end);
	pthread_barrier_init(&barrier, NULL, THREADS);
	for (long i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, adder, (void *)i))
			exit(1);
	for (int i = 0; i < THREADS; i++) {
		void *result = NULL;
		pthread_join(thread[i], &result);
		results += (long)result;
	}
	printf("total %d begun %d results %ld mine %d ended %d\n", total, begun, results, mine,
		ended);
}

static void *
player(void *argument)
{
	int me = (long)argument;

	for (int i = 0; i < 500; i++) {
		pthread_mutex_lock(&lock);
		while (turn % 2 != me)
			pthread_cond_wait(&changed, &lock);
		turn++;
		pthread_cond_broadcast(&changed);
		pthread_mutex_unlock(&lock);
	}
	return NULL;
}

static void
turns(void)
{
	pthread_t one, other;
	struct timespec soon;

	pthread_create(&one, NULL, player, (void *)0L);
	pthread_create(&other, NULL, player, (void *)1L);
	pthread_join(one, NULL);
	pthread_join(other, NULL);
	printf("turns %d\n", turn);
	clock_gettime(CLOCK_REALTIME, &soon);
	soon.tv_nsec += 20000000;
	soon.tv_sec += soon.tv_nsec / 1000000000;
	soon.tv_nsec %= 1000000000;
	pthread_mutex_lock(&lock);
	printf("timed wait: %s\n", strerror(pthread_cond_timedwait(&changed, &lock, &soon)));
	printf("trylock: %s\n", strerror(pthread_mutex_trylock(&lock)));
	pthread_mutex_unlock(&lock);
}

static void *
poster(void *argument)
{
	(void)argument;
	usleep(10000);
	for (int i = 0; i < 3; i++)
		sem_post(&tokens);
	return NULL;
}

static void *
sleeper(void *argument)
{
	(void)argument;
	for (;;)
		sleep(100);
}

static void
others(void)
{
	pthread_t thread;
	pthread_attr_t attributes;
	int value;

	sem_init(&tokens, 0, 0);
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, 256 * 1024);
	printf("detached: %d\n", pthread_create(&thread, &attributes, poster, NULL));
	for (int i = 0; i < 3; i++)
		sem_wait(&tokens);
	sem_getvalue(&tokens, &value);
	printf("semaphore: %d\n", value);
}

static void
cancel(void)
{
#ifndef __GLIBC__ /* which loads a library for it, at the moment it happens */
	pthread_t thread;
	void *result;

	pthread_create(&thread, NULL, sleeper, NULL);
	usleep(10000);
	printf("cancel: %d\n", pthread_cancel(thread));
	pthread_join(thread, &result);
	printf("cancelled: %d\n", result == PTHREAD_CANCELED);
#endif
}

static volatile sig_atomic_t caught_by;

static void
note(int signal)
{
	(void)signal;
	caught_by = syscall(SYS_gettid);
}

static void *
target(void *argument)
{
	*(volatile int *)argument = syscall(SYS_gettid);
	while (!caught_by)
		usleep(1000);
	return NULL;
}

static void
signals(void)
{
	pthread_t thread;
	static volatile int tid;

	signal(SIGUSR1, note);
	pthread_create(&thread, NULL, target, (void *)&tid);
	while (!tid)
		usleep(1000);
	pthread_kill(thread, SIGUSR1);
	pthread_join(thread, NULL);
	printf("pthread_kill: by it %d, not by me %d, one process %d\n", caught_by == tid,
		caught_by != getpid(), getpid() == syscall(SYS_gettid));
}

static void *
forker(void *argument)
{
	int status;
	pid_t child = fork();

	if (!child)
		_exit(mine + 10);
	waitpid(child, &status, 0);
	*(int *)argument = WEXITSTATUS(status);
	return NULL;
}

static void *
leaver(void *argument)
{
	usleep(10000);
	exit(*(int *)argument);
}

/* A child's thread forks; another's thread ends its whole process. */
static void
processes(void)
{
	pthread_t thread;
	int status = 0, code = 33;

	pthread_create(&thread, NULL, forker, &status);
	pthread_join(thread, NULL);
	printf("fork in a thread: %d\n", status);
	fflush(stdout);
	if (!fork()) {
		pthread_create(&thread, NULL, leaver, &code);
		sleeper(NULL);
	}
	wait(&status);
	printf("exit in a thread: %d\n", WEXITSTATUS(status));
	if (!fork()) {
		pthread_create(&thread, NULL, leaver, &code);
		syscall(SYS_exit, 0); /* pthread_exit would load a library */
	}
	wait(&status);
	printf("the first thread leaves first: %d\n", WEXITSTATUS(status));
}

int
main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	sums();
	turns();
	others();
	cancel();
	signals();
	processes();
	return 0;
}
