# The tests of the portable kernel code on the host: `make host-tests`. Everything lands in build/host/64 and, where there is a
# compiler for it, build/host/32. The kernel's files become a library, so each test has in it only what it reaches.

HOST       := build/host
HOST_TESTS := $(patsubst tests/host/%.c,%,$(wildcard tests/host/*_test.c))
HOST_MOCK  := test coroutine mock_arch mock_archive mock_mmu mock_kmalloc
HOST_KERNEL := $(filter-out kernel/mm/kmalloc.c,$(wildcard \
	kernel/lib/*.c kernel/mm/*.c kernel/ipc/*.c kernel/dev/trace.c \
	kernel/task/sched.c kernel/task/wait.c kernel/task/timer.c \
	kernel/file/archive.c kernel/file/node.c kernel/file/path.c kernel/file/names.c kernel/file/links.c \
	kernel/file/permission.c kernel/file/map.c kernel/file/directory.c kernel/file/line.c))

HOST_CC_64   = gcc
HOST_CC_32   = i686-linux-gnu-gcc
# The cross compiler's C library is not where programs of the host look for theirs.
HOST_LINK_32 = -Wl,--dynamic-linker=/usr/i686-linux-gnu/lib/ld-linux.so.2 -Wl,-rpath,/usr/i686-linux-gnu/lib
HOST_FLAGS   = -g -O1 -Wall -Wextra $(if $(filter true,$(CI)),-Werror) -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all \
	-Itests/host -Ikernel -Ikernel/include -I.
HOST_LINK    = -Wl,--wrap=frame_alloc,--wrap=frame_alloc_run,--wrap=frame_free,--wrap=frame_free_run

# $(call host_width,32|64)
define host_width
host-tests-$(1): $(HOST_TESTS:%=$(HOST)/$(1)/%)

$(HOST)/$(1)/kernel/%.o: kernel/%.c tests/host/host.mk
	mkdir -p $$(@D)
	echo "  CC   $$< ($(1) bits)"
	$$(HOST_CC_$(1)) -std=gnu11 $$(HOST_FLAGS) -include tests/host/names.h -MMD -MP -c -o $$@ $$<

# Strictly C11, or the host's headers bring types with them that the kernel's have too.
$(HOST)/$(1)/%.o: tests/host/%.c tests/host/host.mk
	mkdir -p $$(@D)
	echo "  CC   $$< ($(1) bits)"
	$$(HOST_CC_$(1)) $$(if $$(filter test coroutine,$$*),-std=gnu11,-std=c11) $$(HOST_FLAGS) -MMD -MP -c -o $$@ $$<

$(HOST)/$(1)/kernel.a: $(HOST_KERNEL:%.c=$(HOST)/$(1)/%.o)
	rm -f $$@
	ar rcs $$@ $$^

$(HOST)/$(1)/mock.a: $(HOST_MOCK:%=$(HOST)/$(1)/%.o)
	rm -f $$@
	ar rcs $$@ $$^

$(HOST)/$(1)/%_test: $(HOST)/$(1)/%_test.o $(HOST)/$(1)/mock.a $(HOST)/$(1)/kernel.a
	echo "  LINK $$@"
	$$(HOST_CC_$(1)) $$(HOST_FLAGS) $$(HOST_LINK) $$(HOST_LINK_$(1)) -o $$@ \
		$$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group

# The real one, in the place of the mock's.
$(HOST)/$(1)/kmalloc_test: $(HOST)/$(1)/kernel/mm/kmalloc.o

-include $$(wildcard $(HOST)/$(1)/*.d $(HOST)/$(1)/*/*/*.d)
endef

# The fuzzers are clang's: one object file for all, in build/host/fuzz.
HOST_FUZZ = $(HOST)/fuzz/fuzz_archive $(HOST)/fuzz/fuzz_image
host-fuzz: $(HOST_FUZZ) $(HOST)/fuzz/seeds

$(HOST)/fuzz/kernel/%.o: kernel/%.c tests/host/host.mk
	mkdir -p $(@D)
	clang -std=gnu11 $(HOST_FLAGS) -fsanitize=fuzzer-no-link -include tests/host/names.h -MMD -MP -c -o $@ $<

$(HOST)/fuzz/%.o: tests/host/%.c tests/host/host.mk
	mkdir -p $(@D)
	clang $(if $(filter coroutine,$*),-std=gnu11,-std=c11) $(HOST_FLAGS) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<

$(HOST)/fuzz/fuzz.a: $(filter-out %/test.o,$(patsubst %,$(HOST)/fuzz/%.o,fuzz $(HOST_MOCK) $(HOST_KERNEL:.c=)))
	rm -f $@
	ar rcs $@ $^

$(HOST_FUZZ): %: %.o $(HOST)/fuzz/fuzz.a
	echo "  LINK $@"
	clang $(HOST_FLAGS) -fsanitize=fuzzer $(HOST_LINK) -o $@ $^

$(HOST)/fuzz/seeds: tests/host/fuzz_seeds.py
	$(PYTHON) $< $@

-include $(wildcard $(HOST)/fuzz/*.d $(HOST)/fuzz/*/*/*.d)

.PHONY: host-tests host-tests-32 host-tests-64 host-fuzz
.SECONDARY: $(foreach t,$(HOST_TESTS),$(HOST)/64/$t.o $(HOST)/32/$t.o)
host-tests: host-tests-64 host-tests-32
$(eval $(call host_width,64))
$(eval $(call host_width,32))

# ---- The ports' page tables, on models of their CPUs ---------------------------------------------

PORT_TESTS := port_x86 port_arm port_arm_one_asid
PORT_OF     = $(word 2,$(subst _, ,$(1)))
PORT_FLAGS_port_arm_one_asid = -DASIDS=2
# The port's files, and those of the model.
PORT_C      = $(wildcard arch/common/two_level.c arch/common/tables.c arch/$(1)/mmu.c arch/$(1)/asid.c) \
	$(patsubst %,tests/host/port/%.c,mmu_test ram tlb $(1))

# $(call port_test,32|64,test,port)
define port_test
host-tests-$(1): $(HOST)/$(1)/$(2)_test

$(HOST)/$(1)/$(2)/%.o: %.c tests/host/host.mk
	mkdir -p $$(@D)
	echo "  CC   $$< ($(1) bits, $(2))"
	$$(HOST_CC_$(1)) -std=$$(if $$(filter tests/%,$$*),c11,gnu11) -Iarch/$(3) -Itests/host/port $$(HOST_FLAGS) $$(PORT_FLAGS_$(2)) \
		-include tests/host/port/$(3).h -MMD -MP -c -o $$@ $$<

$(HOST)/$(1)/$(2)_test: $(HOST)/$(1)/test.o \
		$(patsubst %.c,$(HOST)/$(1)/$(2)/%.o,$(call PORT_C,$(3)))
	echo "  LINK $$@"
	$$(HOST_CC_$(1)) $$(HOST_FLAGS) $$(HOST_LINK_$(1)) -o $$@ $$^

-include $$(wildcard $(HOST)/$(1)/$(2)/*/*/*.d $(HOST)/$(1)/$(2)/*/*/*/*.d)
endef
$(foreach t,$(PORT_TESTS),$(foreach w,64 32,$(eval $(call port_test,$w,$t,$(call PORT_OF,$t)))))
