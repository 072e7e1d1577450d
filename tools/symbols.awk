# From lines of "address name", sorted by address: the kernel's table of its own functions, in C.
# A last entry with the highest address ends the table and keeps it non-empty; it is not counted.

BEGIN {
	print "/* Generated from the first link of the kernel. */"
	print "#include \"lib/symbols.h\""
	print "__attribute__((section(\".rodata.symbols\")))"
	print "const struct symbol kernel_symbols[] = {"
}

{
	printf "\t{0x%sul, \"%s\"},\n", $1, $2
}

END {
	print "\t{~0ul, \"\"},"
	print "};"
	print "__attribute__((section(\".rodata.symbols\")))"
	printf "const unsigned kernel_symbols_count = %d;\n", NR
}
