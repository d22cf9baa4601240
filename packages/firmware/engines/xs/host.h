/*
 * What the files of this host share: the limits a run is started with, the exit codes,
 * and the one process-wide state. The host plays a micro-controller with a fixed amount of
 * memory: nothing in it ever grows, and every limit ends the process with its own exit code.
 */
#ifndef SMARTBOX_XS_HOST_H
#define SMARTBOX_XS_HOST_H

#include "xsAll.h"
#include "xsScript.h"

/* Documented in docs/embedded-engines.md and mirrored in embedded-engine.ts. */
enum {
	EXIT_MEMORY_FULL = 20,
	EXIT_STACK_OVERFLOW = 21,
	EXIT_OUT_OF_KEYS = 22,
	EXIT_TOO_MUCH_COMPUTATION = 23,
	EXIT_UNHANDLED_REJECTION = 24,
	EXIT_SCRIPT_FAILED = 25,
	EXIT_ENGINE_FAULT = 26,
	EXIT_BAD_USE = 27
};

/* Sizes are fixed for the life of the process; steps is the bound for one call (and for the load). */
typedef struct {
	long slots;
	long chunkBytes;
	long stackSlots;
	long keys;
	long cStackBytes;
	long looseBytes;
	long steps;
} HostLimits;

typedef struct {
	HostLimits limits;
	txMachine* machine;
	txID onLineID;
	txU4 steps;
	long bytecodeBytes;
	long symbolBytes;
	char* cStackTop;
} Host;

extern Host gHost;

/* arguments.c: returns 0 and prints to stderr when an argument is unknown, missing or not positive. */
int host_parse_arguments(int count, char** values, HostLimits* limits);

/* stop.c: prints "stopped <word> {stats}" and ends the process. */
void host_stop(const char* word, int code) __attribute__((noreturn));

/* flash.c: makes a parsed script read-only "flash": names interned once, code and strings used in place. */
void flash_place(txMachine* the, txScript* script);

/* gauge.c */
void gauge_paint_stack(txMachine* the);
void gauge_paint_c_stack(void);
void gauge_reset_peaks(void);
void gauge_print(const char* word);

/* loose.c: from this call on, allocations outside the heap are counted from zero and bounded. */
void loose_seal(long limitBytes);
long loose_current(void);
long loose_peak(void);
void loose_reset_peak(void);

/* lines.c */
int lines_serve(void);
void lines_install(txMachine* the);

/* machine.c */
txMachine* machine_create(const HostLimits* limits);
txScript* machine_parse(txMachine* the, char* text, size_t length);
int machine_load(txMachine* the, txScript* script);
void machine_run_jobs(txMachine* the);
void machine_begin_steps(txMachine* the);
void machine_end_steps(txMachine* the);

#endif
