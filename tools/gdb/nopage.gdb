# What ./np gdb tells gdb before the first prompt; no question is ever asked.

set confirm off
set pagination off
set height 0
set print pretty on
set disassemble-next-line auto
set history save off

# A page fault goes through the machine's own gate: show the instruction, not a library's name.
set step-mode on
set backtrace past-main on
