/*
 * A box in a process: reads a program from stdin (`program <bytes>` and then that many bytes), loads it into
 * an XS machine with the stated limits and serves lines until `quit`. Parsing happens on the ordinary stack,
 * as it happens on a developer's machine for a device; the program then runs on a C stack of the stated size.
 */
#include "host.h"

Host gHost;

/* What the C library and this host need below the engine's own limit when they print a last word. */
enum { C_STACK_RESERVE = 64 * 1024 };

static char* read_program(size_t* length)
{
	char header[64];
	unsigned long bytes;
	char* text;
	if (!fgets(header, sizeof(header), stdin) || sscanf(header, "program %lu", &bytes) != 1)
		return NULL;
	text = malloc(bytes + 1);
	if (!text || fread(text, 1, bytes, stdin) != bytes)
		return NULL;
	text[bytes] = 0;
	*length = bytes;
	return text;
}

static void* run(void* argument)
{
	txScript* script = argument;
	static int code;
	gHost.cStackTop = __builtin_frame_address(0);
	gHost.machine->stackLimit = gHost.cStackTop - gHost.limits.cStackBytes;
	gauge_paint_stack(gHost.machine);
	gauge_paint_c_stack();
	loose_seal(gHost.limits.looseBytes);
	if (!machine_load(gHost.machine, script))
		host_stop("script-failed", EXIT_SCRIPT_FAILED);
	gauge_print("ready ");
	code = lines_serve();
	return &code;
}

static int run_on_small_stack(txScript* script)
{
	pthread_attr_t attributes;
	pthread_t thread;
	void* result = NULL;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, gHost.limits.cStackBytes + 2 * C_STACK_RESERVE);
	if (pthread_create(&thread, &attributes, run, script) || pthread_join(thread, &result))
		return EXIT_ENGINE_FAULT;
	return *(int*)result;
}

int main(int count, char** values)
{
	size_t length = 0;
	char* text;
	txScript* script;
	setvbuf(stdout, NULL, _IOFBF, 1 << 16);
	if (!host_parse_arguments(count, values, &gHost.limits))
		return EXIT_BAD_USE;
	text = read_program(&length);
	if (!text)
		return EXIT_BAD_USE;
	gHost.machine = machine_create(&gHost.limits);
	lines_install(gHost.machine);
	script = machine_parse(gHost.machine, text, length);
	free(text);
	if (!script)
		host_stop("script-failed", EXIT_SCRIPT_FAILED);
	flash_place(gHost.machine, script);
	return run_on_small_stack(script);
}
