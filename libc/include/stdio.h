/* Streams, printf and scanf. */
#ifndef LIBC_STDIO_H
#define LIBC_STDIO_H

#include <abi/unistd.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

#define EOF	     (-1)
#define BUFSIZ	     1024
#define FOPEN_MAX    1000
#define FILENAME_MAX PATH_MAX

#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2

typedef struct stream FILE;

extern FILE *stdin, *stdout, *stderr;
#define stdin  stdin
#define stdout stdout
#define stderr stderr

FILE *fopen(const char *restrict path, const char *restrict mode);
FILE *fdopen(int descriptor, const char *mode);
FILE *tmpfile(void);
int fclose(FILE *stream);
int fflush(FILE *stream);
int setvbuf(FILE *restrict stream, char *restrict buffer, int mode, size_t size);
void setbuf(FILE *restrict stream, char *restrict buffer);
void setlinebuf(FILE *stream);
int fileno(FILE *stream);
int feof(FILE *stream);
int ferror(FILE *stream);
void clearerr(FILE *stream);

size_t fread(void *restrict to, size_t size, size_t count, FILE *restrict stream);
size_t fwrite(const void *restrict from, size_t size, size_t count, FILE *restrict stream);
int fseek(FILE *stream, long offset, int whence);
long ftell(FILE *stream);
int fseeko(FILE *stream, off_t offset, int whence);
off_t ftello(FILE *stream);
void rewind(FILE *stream);

int fgetc(FILE *stream);
int getc(FILE *stream);
int getchar(void);
int ungetc(int c, FILE *stream);
char *fgets(char *restrict line, int size, FILE *restrict stream);
ssize_t getline(char **restrict line, size_t *restrict size, FILE *restrict stream);
ssize_t getdelim(char **restrict line, size_t *restrict size, int stop, FILE *restrict stream);
int fputc(int c, FILE *stream);
int putc(int c, FILE *stream);
int putchar(int c);
int fputs(const char *restrict text, FILE *restrict stream);
int puts(const char *text);
void perror(const char *text);

int remove(const char *path);
int rename(const char *from, const char *to);
int renameat(int from_directory, const char *from, int to_directory, const char *to);
int renameat2(int from_directory, const char *from, int to_directory, const char *to,
	unsigned flags);

#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))
#define SCANF_LIKE(at, first)  __attribute__((format(scanf, at, first)))

int printf(const char *restrict format, ...) PRINTF_LIKE(1, 2);
int fprintf(FILE *restrict stream, const char *restrict format, ...) PRINTF_LIKE(2, 3);
int dprintf(int descriptor, const char *restrict format, ...) PRINTF_LIKE(2, 3);
int sprintf(char *restrict to, const char *restrict format, ...) PRINTF_LIKE(2, 3);
int snprintf(char *restrict to, size_t size, const char *restrict format, ...) PRINTF_LIKE(3, 4);
int asprintf(char **to, const char *format, ...) PRINTF_LIKE(2, 3);
int vprintf(const char *restrict format, va_list arguments) PRINTF_LIKE(1, 0);
int vfprintf(FILE *restrict stream, const char *restrict format, va_list arguments)
	PRINTF_LIKE(2, 0);
int vdprintf(int descriptor, const char *restrict format, va_list arguments) PRINTF_LIKE(2, 0);
int vsprintf(char *restrict to, const char *restrict format, va_list arguments) PRINTF_LIKE(2, 0);
int vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list arguments)
	PRINTF_LIKE(3, 0);
int vasprintf(char **to, const char *format, va_list arguments) PRINTF_LIKE(2, 0);

int scanf(const char *restrict format, ...) SCANF_LIKE(1, 2);
int fscanf(FILE *restrict stream, const char *restrict format, ...) SCANF_LIKE(2, 3);
int sscanf(const char *restrict text, const char *restrict format, ...) SCANF_LIKE(2, 3);
int vscanf(const char *restrict format, va_list arguments) SCANF_LIKE(1, 0);
int vfscanf(FILE *restrict stream, const char *restrict format, va_list arguments) SCANF_LIKE(2, 0);
int vsscanf(const char *restrict text, const char *restrict format, va_list arguments)
	SCANF_LIKE(2, 0);

#undef PRINTF_LIKE
#undef SCANF_LIKE

#endif
