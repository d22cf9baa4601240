/*
 * The one way out for trouble: XS calls fxAbort when a limit is reached; the process says which, prints its
 * last figures and ends with that limit's exit code. A device would reset here; nothing is caught or retried.
 */
#include "host.h"

void host_stop(const char* word, int code)
{
	printf("stopped %s ", word);
	gauge_print("");
	fflush(stdout);
	_exit(code);
}

void fxAbort(txMachine* the, int status)
{
	switch (status) {
	case XS_NOT_ENOUGH_MEMORY_EXIT:
		host_stop("memory-full", EXIT_MEMORY_FULL);
	case XS_STACK_OVERFLOW_EXIT:
		host_stop("stack-overflow", EXIT_STACK_OVERFLOW);
	case XS_NO_MORE_KEYS_EXIT:
		host_stop("out-of-keys", EXIT_OUT_OF_KEYS);
	case XS_TOO_MUCH_COMPUTATION_EXIT:
		host_stop("too-much-computation", EXIT_TOO_MUCH_COMPUTATION);
	case XS_UNHANDLED_EXCEPTION_EXIT:
	case XS_UNHANDLED_REJECTION_EXIT:
		host_stop("unhandled-rejection", EXIT_UNHANDLED_REJECTION);
	default:
		host_stop("engine-fault", EXIT_ENGINE_FAULT);
	}
}
