/* The types of POSIX. */
#ifndef LIBC_SYS_TYPES_H
#define LIBC_SYS_TYPES_H

#include <stddef.h>
#include <stdint.h>

typedef long ssize_t;
typedef int64_t off_t, off64_t, loff_t;
typedef int pid_t, id_t;
typedef unsigned uid_t, gid_t, mode_t, nlink_t;
typedef uint64_t dev_t, ino_t;
typedef int64_t blkcnt_t;
typedef long blksize_t;
typedef long time_t, suseconds_t, clock_t;
typedef unsigned useconds_t;
typedef int clockid_t;
typedef int key_t;

typedef unsigned char u_char, u_int8_t;
typedef unsigned short u_short, ushort, u_int16_t;
typedef unsigned int u_int, uint, u_int32_t;
typedef unsigned long u_long, ulong;
typedef uint64_t u_int64_t;
typedef char *caddr_t;

#endif
