/* Reading the files of users and groups. A line that is no record is passed over. */
#include "record.h"

#include <string.h>

/* Cuts the line at its colons; the number of fields. */
static int
split(char *line, char *field[RECORD_FIELDS])
{
	int count = 0;
	char *rest = line;

	line[strcspn(line, "\n")] = '\0';
	while (rest && count < RECORD_FIELDS)
		field[count++] = strsep(&rest, ":");
	return rest ? 0 : count;
}

int
records_next(struct records *records, int fields, char *field[RECORD_FIELDS])
{
	if (!records->file)
		records->file = fopen(records->path, "re");
	while (records->file && getline(&records->line, &records->size, records->file) >= 0) {
		if (split(records->line, field) == fields)
			return 1;
	}
	return 0;
}

void
records_close(struct records *records)
{
	if (records->file)
		fclose(records->file);
	records->file = NULL;
}
