# The build. Everything lands in build/ARCH-TOOLCHAIN/; nothing is written beside the sources.
#
#   make                    kernel, user programs, guest tests and the archive
#   make run|test|bench|…   the words of ./np
#   ARCH=x86  TOOLCHAIN=llvm|gnu  SHMMNI=128|4096|32768  CI=true (warnings are errors)

ARCH      ?= x86
TOOLCHAIN ?= llvm
SHMMNI    ?= 4096
PYTHON    ?= $(firstword $(wildcard /usr/bin/python3) python3)

include arch/$(ARCH)/port.mk

VARIANT := $(if $(filter-out 4096,$(SHMMNI)),-shmmni$(SHMMNI))
BUILD   := build/$(ARCH)-$(TOOLCHAIN)$(VARIANT)
OBJ     := $(BUILD)/obj
GEN     := $(BUILD)/generated

all: kernel user archive guest-tests
.PHONY: all kernel user guest-tests bench-programs linux-programs archive FORCE
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
$(V).SILENT:

# ---- Tools and flags -----------------------------------------------------------------------

ifeq ($(TOOLCHAIN),llvm)
CC      = clang $(LLVM_TARGET)
LD      = ld.lld
AR      = llvm-ar
NM      = llvm-nm
OBJCOPY = llvm-objcopy
else ifeq ($(TOOLCHAIN),gnu)
# gcc would make a call of memcpy out of the loop that is memcpy.
CC      = $(GNU_PREFIX)gcc -fno-tree-loop-distribute-patterns $(GNU_FLAGS)
LD      = $(GNU_PREFIX)ld
AR      = $(GNU_PREFIX)ar
NM      = $(GNU_PREFIX)nm
OBJCOPY = $(GNU_PREFIX)objcopy
else
$(error TOOLCHAIN is llvm or gnu, not '$(TOOLCHAIN)')
endif

# Frame pointers stay and there is no LTO: gdb, backtraces and labs need it (design.md, D13).
COMMON_FLAGS = -std=gnu11 -O2 -g -Wall -Wextra $(if $(filter true,$(CI)),-Werror) \
	-nostdinc -fno-omit-frame-pointer -fno-stack-protector \
	-fno-pic -fno-common -fno-asynchronous-unwind-tables $(PORT_FLAGS)
COMPILER_INCLUDE := $(shell $(CC) -print-file-name=include)

KERNEL_FLAGS = $(COMMON_FLAGS) -ffreestanding $(KERNEL_PORT_FLAGS) -DSHMMNI=$(SHMMNI) \
	-I. -Ikernel -Ikernel/include -Iarch/$(ARCH) -I$(GEN) -isystem $(COMPILER_INCLUDE)
USER_FLAGS   = $(COMMON_FLAGS) $(USER_PORT_FLAGS) \
	-Ilibc/include -Ikernel/include -Iarch/$(ARCH) -I$(GEN) -isystem $(COMPILER_INCLUDE)
LD_FLAGS     = -m $(LD_EMULATION) -static -nostdlib --build-id=none -z noexecstack \
	-z max-page-size=4096

# Objects depend on this file, which changes only when a flag does.
FLAGS_FILE   = $(OBJ)/flags
FLAGS_TEXT   = $(CC) $(KERNEL_FLAGS) $(USER_FLAGS) $(LD_FLAGS) $(ASSEMBLE)

# ---- Sources -------------------------------------------------------------------------------

# x.c becomes x.o, x.asm becomes x.asm.o: both may stand side by side.
objects = $(patsubst %,$(OBJ)/%.o,$(patsubst %.c,%,$(1)))

KERNEL_C    := $(wildcard kernel/*.c kernel/*/*.c arch/common/*.c arch/$(BOARD)/*.c \
	arch/$(ARCH)/*.c)
KERNEL_ASM  := $(wildcard arch/$(ARCH)/*.$(ASM_SUFFIX))
OTHER_PORTS := $(filter-out $(ARCH),$(patsubst arch/%/port.mk,%,$(wildcard arch/*/port.mk)))
LIBC_C      := $(filter-out $(foreach p,$(OTHER_PORTS),libc/$p/%),$(wildcard libc/*.c libc/*/*.c))
LIBC_ASM    := $(wildcard libc/$(ARCH)/*.$(ASM_SUFFIX))
# What compilers call (64-bit division, memcpy …), for kernel and programs: each its own objects.
BUILTINS_C   := $(wildcard libc/builtins/*.c libc/$(ARCH)/memory.c)
BUILTINS_ASM := $(wildcard libc/$(ARCH)/divide.$(ASM_SUFFIX))
# A file is a program; a directory under user/ other than demo/ is one program of several files.
USER_C      := $(wildcard user/*.c user/demo/*.c)
USER_DIRS   := $(filter-out user/demo,$(patsubst %/main.c,%,$(wildcard user/*/main.c)))
USER_DIRS_C := $(wildcard $(addsuffix /*.c,$(USER_DIRS)))
# Files that begin with an underscore are shared by the tests, not tests; those that begin with a
# port's name are for that port alone.
GUEST_C     := $(filter-out tests/guest/_% $(foreach p,$(OTHER_PORTS),tests/guest/$p_%),\
	$(wildcard tests/guest/*.c))
GUEST_LIB_C := $(wildcard tests/guest/_*.c)
BENCH_C     := $(wildcard tests/bench/*.c)
LINUX_C     := $(wildcard tests/linux/*.c)
FUZZ_C      := $(wildcard tests/fuzz/*.c)

KERNEL_C_OBJECTS   := $(call objects,$(KERNEL_C))
KERNEL_ASM_OBJECTS := $(call objects,$(KERNEL_ASM))
KERNEL_BUILTINS    := $(patsubst %.c,$(OBJ)/for-kernel/%.o,$(BUILTINS_C))
KERNEL_OBJECTS     := $(KERNEL_ASM_OBJECTS) $(KERNEL_C_OBJECTS) $(KERNEL_BUILTINS) \
	$(call objects,$(BUILTINS_ASM))
LIBC_OBJECTS       := $(call objects,$(LIBC_C) $(LIBC_ASM))
CRT0               := $(filter %/crt0.$(ASM_SUFFIX).o,$(LIBC_OBJECTS))
ALL_USER_C         := $(LIBC_C) $(USER_C) $(USER_DIRS_C) $(GUEST_C) $(GUEST_LIB_C) $(BENCH_C) \
	$(LINUX_C) $(FUZZ_C)
USER_C_OBJECTS     := $(call objects,$(ALL_USER_C))
ASM_OBJECTS        := $(KERNEL_ASM_OBJECTS) $(call objects,$(LIBC_ASM))

PROGRAMS    := $(patsubst %.c,$(BUILD)/user/%,$(notdir $(USER_C))) \
	$(addprefix $(BUILD)/,$(USER_DIRS))
GUEST_TESTS := $(patsubst %.c,$(BUILD)/%,$(GUEST_C))
BENCHES     := $(patsubst %.c,$(BUILD)/%,$(BENCH_C))
LINUX_TOOLS := $(patsubst %.c,$(BUILD)/%,$(LINUX_C))

kernel: $(BUILD)/$(KERNEL_IMAGE)
user: $(PROGRAMS) $(BUILD)/cc.flags
guest-tests: $(BUILD)/tests.cpio
bench-programs: $(BENCHES)
linux-programs: $(LINUX_TOOLS)
fuzz-programs: $(BUILD)/tests/fuzz/ipc
archive: $(BUILD)/archive.cpio

# ---- Objects -------------------------------------------------------------------------------

GENERATED := $(GEN)/syscall_table.h $(GEN)/syscall_numbers.h

$(KERNEL_C_OBJECTS): $(OBJ)/%.o: %.c $(FLAGS_FILE) | $(GENERATED)
	mkdir -p $(@D)
	echo "  CC   $<"
	$(CC) $(KERNEL_FLAGS) -MMD -MP -c -o $@ $<

$(KERNEL_BUILTINS): $(OBJ)/for-kernel/%.o: %.c $(FLAGS_FILE)
	mkdir -p $(@D)
	echo "  CC   $< (for the kernel)"
	$(CC) $(KERNEL_FLAGS) -MMD -MP -c -o $@ $<

$(USER_C_OBJECTS): $(OBJ)/%.o: %.c $(FLAGS_FILE) | $(GENERATED)
	mkdir -p $(@D)
	echo "  CC   $<"
	$(CC) $(USER_FLAGS) -MMD -MP -c -o $@ $<

$(ASM_OBJECTS): $(OBJ)/%.o: % $(FLAGS_FILE) | $(GENERATED)
	mkdir -p $(@D)
	echo "  ASM  $<"
	$(ASSEMBLE)

$(FLAGS_FILE): FORCE
	mkdir -p $(@D)
	echo '$(FLAGS_TEXT)' | cmp -s - $@ || echo '$(FLAGS_TEXT)' > $@

# The table of system calls: lines of "number name handler". Its gaps are filled.
$(GEN)/syscall_table.h: arch/$(ARCH)/syscalls
	mkdir -p $(@D)
	awk '$$1 ~ /^[0-9]+$$/ { handler[$$1] = $$3; if ($$1 > last) last = $$1 } \
	     END { for (n = 0; n <= last; n++) \
		printf "SYSCALL(%d, %s)\n", n, n in handler ? handler[n] : "sys_unknown" }' $< > $@

$(GEN)/syscall_numbers.h: arch/$(ARCH)/syscalls
	mkdir -p $(@D)
	awk 'BEGIN { print "#pragma once" } \
	     $$1 ~ /^[0-9]+$$/ { printf "#define SYS_%s %d\n", $$2, $$1 }' $< > $@

# ---- The kernel ----------------------------------------------------------------------------
# Linked twice: the first link tells the addresses of the functions, the second carries them as
# a table for backtraces. The table lies behind all code, so no function moves; we look.

KERNEL_LD = linker/$(ARCH).ld
LINK_KERNEL = $(LD) $(LD_FLAGS) -T $(KERNEL_LD) -o $@ $(KERNEL_OBJECTS)
FUNCTIONS   = $(NM) -n $(1) | awk '$$2 ~ /^[tT]$$/ && $$3 !~ /[.]/ { print $$1, $$3 }'

$(OBJ)/kernel-unnamed.elf: $(KERNEL_OBJECTS) $(OBJ)/no-symbols.o $(KERNEL_LD)
	$(LINK_KERNEL) $(OBJ)/no-symbols.o

$(GEN)/no-symbols.c:
	mkdir -p $(@D)
	awk -f tools/symbols.awk /dev/null > $@

$(GEN)/symbols.c: $(OBJ)/kernel-unnamed.elf tools/symbols.awk
	$(call FUNCTIONS,$<) | awk -f tools/symbols.awk > $@

$(OBJ)/%.o: $(GEN)/%.c $(FLAGS_FILE)
	$(CC) $(KERNEL_FLAGS) -c -o $@ $<

$(BUILD)/kernel.elf: $(KERNEL_OBJECTS) $(OBJ)/symbols.o $(KERNEL_LD)
	echo "  LINK $@"
	$(LINK_KERNEL) $(OBJ)/symbols.o
	$(call FUNCTIONS,$(OBJ)/kernel-unnamed.elf) > $(OBJ)/functions
	$(call FUNCTIONS,$@) | cmp - $(OBJ)/functions || { \
		echo "$@: the symbol table moved the functions it names" >&2; exit 1; }

# A raw image, for machines that boot one.
$(BUILD)/kernel.bin: $(BUILD)/kernel.elf
	$(OBJCOPY) -O binary $< $@

# ---- User programs -------------------------------------------------------------------------

USER_LD = linker/user.ld
LINK_USER = $(LD) $(LD_FLAGS) --defsym=USER_BASE=$(USER_BASE) -T $(USER_LD) -o $@ $(CRT0)

$(BUILD)/libc.a: $(filter-out $(CRT0),$(LIBC_OBJECTS))
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/tests/guest/lib.a: $(call objects,$(GUEST_LIB_C))
	mkdir -p $(@D)
	rm -f $@
	$(AR) rcs $@ $^

RUNTIME = $(CRT0) $(BUILD)/libc.a $(USER_LD)

# $(call program,ELF,objects and archives)
define program
$(1): $(2) $(RUNTIME)
	mkdir -p $$(@D)
	$$(LINK_USER) $(2) $$(BUILD)/libc.a
endef
# $(call programs,directory,C files,archives)
programs = $(foreach c,$(2),$(eval \
	$(call program,$(1)/$(basename $(notdir $(c))),$(call objects,$(c)) $(3))))

$(call programs,$(BUILD)/user,$(USER_C))
$(foreach d,$(USER_DIRS),$(eval $(call program,$(BUILD)/$(d),$(call objects,$(wildcard $(d)/*.c)))))
$(call programs,$(BUILD)/tests/guest,$(GUEST_C),$(BUILD)/tests/guest/lib.a)
$(call programs,$(BUILD)/tests/bench,$(BENCH_C))
$(call programs,$(BUILD)/tests/linux,$(LINUX_C))
$(eval $(call program,$(BUILD)/tests/fuzz/ipc,$(call objects,$(FUZZ_C))))
# The library must not be made to call itself; the tests mean its functions, not the compiler's.
$(call objects,$(LIBC_C)): USER_FLAGS += -ffreestanding
$(call objects,$(GUEST_C) $(GUEST_LIB_C) $(BENCH_C)): USER_FLAGS += -fno-builtin
$(call objects,$(BENCH_C)): USER_FLAGS += -Itests/bench/$(ARCH)

# How to build a program from outside the tree: what tools/run.py reads for `./np run x.c`.
$(BUILD)/cc.flags: $(FLAGS_FILE) $(RUNTIME)
	printf '%s\n' $(CC) $(filter-out -Werror -Wextra,$(USER_FLAGS)) > $@
	printf '%s\n' $(LD) $(LD_FLAGS) --defsym=USER_BASE=$(USER_BASE) -T $(USER_LD) $(CRT0) > $(BUILD)/ld.flags

# ---- The archive: one newc cpio with all programs is the only boot module ------------------

# $(call pack,directory,programs): into /bin or the like of the archive that is made.
pack = mkdir -p $(@:.cpio=.root)/$(1); \
	$(foreach p,$(2),$(OBJCOPY) --strip-all $(p) $(@:.cpio=.root)/$(1)/$(notdir $(p));)
PACKER = tools/initrd.py tools/nopage/cpio.py

ETC := $(wildcard user/etc/*)
$(BUILD)/archive.cpio: $(PROGRAMS) $(ETC) $(PACKER)
	echo "  PACK $@"
	rm -rf $(@:.cpio=.root)
	$(call pack,bin,$(PROGRAMS))
	mkdir -p $(@:.cpio=.root)/etc
	cp $(ETC) $(@:.cpio=.root)/etc/
	$(PYTHON) tools/initrd.py $@ $(@:.cpio=.root)

# What the guest tests need besides: appended to the archive, by whoever runs them.
$(BUILD)/tests.cpio: $(GUEST_TESTS) tests/guest/_files.py $(PACKER)
	echo "  PACK $@"
	rm -rf $(@:.cpio=.root)
	$(call pack,tests,$(GUEST_TESTS))
	$(PYTHON) tests/guest/_files.py $(@:.cpio=.root)/tests/files $(@:.cpio=.root)/tests/exec_damaged
	$(PYTHON) tools/initrd.py $@ $(@:.cpio=.root)

# ---- The portable kernel code on the host, for tests ----------------------------------------

include tests/host/host.mk

# ---- The front door's words ----------------------------------------------------------------

.PHONY: run test check test-linux bench gdb iso demo doctor lines features \
	compile_commands.json clean help
run test test-linux bench gdb iso demo doctor lines help:
	ARCH=$(ARCH) TOOLCHAIN=$(TOOLCHAIN) ./np $@ $(ARGS)

check:
	ARCH=$(ARCH) TOOLCHAIN=$(TOOLCHAIN) ./np check '$(PATTERN)'

# The page that tells which rows the last ./np test proved.
features:
	$(PYTHON) tools/features.py

compile_commands.json: $(GENERATED)
	$(PYTHON) tools/compile_commands.py '$(CC) $(KERNEL_FLAGS)' $(KERNEL_C) -- \
		'$(CC) $(USER_FLAGS)' $(ALL_USER_C) > $@

clean:
	rm -rf build compile_commands.json

-include $(patsubst %.o,%.d,$(KERNEL_OBJECTS) $(USER_C_OBJECTS) $(ASM_OBJECTS))
