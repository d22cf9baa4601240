/*
 * Reads the limits from the command line. There are no defaults: whoever starts a box says how much
 * memory it has, so that a figure in a report is always the figure that was asked for.
 */
#include "host.h"

static int take(const char* name, const char* wanted, const char* text, long* value)
{
	char* end;
	if (strcmp(name, wanted))
		return 0;
	*value = strtol(text, &end, 10);
	if (*end || *value <= 0)
		*value = -1;
	return 1;
}

int host_parse_arguments(int count, char** values, HostLimits* limits)
{
	long* fields[] = { &limits->slots, &limits->chunkBytes, &limits->stackSlots, &limits->keys,
		&limits->cStackBytes, &limits->looseBytes, &limits->steps };
	const char* names[] = { "--slots", "--chunk-bytes", "--stack-slots", "--keys",
		"--c-stack-bytes", "--loose-bytes", "--steps" };
	const int total = (int)(sizeof(fields) / sizeof(fields[0]));
	int i, k;
	for (i = 1; i + 1 < count; i += 2) {
		for (k = 0; k < total; k++)
			if (take(values[i], names[k], values[i + 1], fields[k]))
				break;
		if (k == total) {
			fprintf(stderr, "unknown argument %s\n", values[i]);
			return 0;
		}
	}
	for (k = 0; k < total; k++)
		if (*fields[k] <= 0) {
			fprintf(stderr, "%s needs a positive number\n", names[k]);
			return 0;
		}
	if (i != count)
		fprintf(stderr, "argument %s has no value\n", values[i]);
	return i == count;
}
