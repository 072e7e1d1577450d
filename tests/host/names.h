/*
 * The kernel's functions that the host's C library has too, out of its way: all kernel code is
 * compiled with this.
 */
#ifndef NAMES_H
#define NAMES_H

#define strlen kernel_strlen
#define strcmp kernel_strcmp
#define strncmp kernel_strncmp
#define strchr kernel_strchr
#define strrchr kernel_strrchr
#define strlcpy kernel_strlcpy
#define snprintf kernel_snprintf
#define vsnprintf kernel_vsnprintf

#endif
