# The step-through of one page fault: from the faulting instruction to the retried one.

break touch.c:11
continue
# The store itself, and where it is.
display/i $pc
print page
# One instruction: it faults, and the machine is at the port's entry.
stepi
info symbol $pc
print/x (unsigned) $cr2
# The rooms.
tbreak trap_page_fault
continue
tbreak vm_fault
continue
tbreak shm_nopage
continue
backtrace
finish
print result
tbreak mmu_map
continue
backtrace 3
# Back: the same instruction again, and this time it goes through.
tbreak touch.c:11
continue
stepi
print *page
info symbol $pc
