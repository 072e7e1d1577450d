# How long the source is: code lines (neither blank nor comment) and all lines, per directory.

FNR == 1 {
	in_comment = 0
	place = FILENAME
	depth = place ~ /^kernel\// ? 2 : place ~ /^arch\// ? 2 : 1
	split(place, part, "/")
	place = part[1]
	for (i = 2; i <= depth && part[i] !~ /[.]/; i++)
		place = place "/" part[i]
	if (!(place in all))
		places[++count] = place
	assembly = FILENAME ~ /[.]asm$/
}

{
	all[place]++
	if (has_code($0))
		code[place]++
}

# Takes the comments out of a line; what is left but space is code.
function has_code(line,    at) {
	if (assembly)
		sub(/;.*/, "", line)
	gsub(/"([^"\\]|\\.)*"/, "s", line)
	while (1) {
		if (in_comment) {
			at = index(line, "*/")
			if (!at)
				return 0
			line = substr(line, at + 2)
			in_comment = 0
		}
		at = index(line, "/*")
		if (!at)
			break
		if (substr(line, at + 2) ~ /\*\//) {
			sub(/\/\*([^*]|\*+[^*\/])*\*+\//, " ", line)
			continue
		}
		line = substr(line, 1, at - 1)
		in_comment = 1
		return line ~ /[^ \t]/
	}
	sub(/\/\/.*/, "", line)
	return line ~ /[^ \t\r]/
}

END {
	printf "%-18s %8s %8s\n", "", "code", "all"
	for (i = 1; i <= count; i++) {
		place = places[i]
		printf "%-18s %8d %8d\n", place, code[place], all[place]
		if (place ~ /^(kernel|arch)/) {
			kernel_code += code[place]
			kernel_all += all[place]
		}
	}
	printf "%-18s %8d %8d\n", "kernel and port", kernel_code, kernel_all
}
