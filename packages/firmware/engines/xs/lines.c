/*
 * The box's only link to the world: lines on stdin and stdout. `call <text>` runs globalThis.onLine(text);
 * whatever the program passes to send() comes back as `reply <text>`; `done <steps>` ends each call.
 */
#include "host.h"

enum { LINE_BYTES = 256 * 1024 };

static void xs_send(txMachine* the)
{
	if (mxArgc < 1)
		mxTypeError("send: no text");
	printf("reply %s\n", fxToString(the, mxArgv(0)));
}

void lines_install(txMachine* the)
{
	txSlot* function;
	txSlot* global;
	fxBeginHost(the);
	fxNewHostFunction(the, xs_send, 1, XS_NO_ID, XS_NO_ID);
	function = the->stack;
	mxPush(mxGlobal);
	global = the->stack;
	mxPushSlot(function);
	mxPushSlot(global);
	fxDefineID(the, fxNewNameC(the, "send"), XS_DONT_ENUM_FLAG, XS_DONT_ENUM_FLAG);
	gHost.onLineID = fxNewNameC(the, "onLine");
	fxEndHost(the);
}

static void call_program(txMachine* the, char* text)
{
	machine_begin_steps(the);
	fxBeginHost(the);
	{
		mxTry(the) {
			mxPush(mxGlobal);
			mxDub();
			fxGetID(the, gHost.onLineID);
			mxCall();
			mxPushStringC(text);
			fxRunCount(the, 1);
			mxPop();
		}
		mxCatch(the) {
			mxPush(mxException);
			printf("threw %s\n", fxToString(the, the->stack));
			mxPop();
		}
	}
	machine_run_jobs(the);
	fxEndHost(the);
	machine_end_steps(the);
	printf("done %lu\n", (unsigned long)gHost.steps);
	fflush(stdout);
}

static void collect(txMachine* the)
{
	fxBeginHost(the);
	fxCollectGarbage(the);
	fxEndHost(the);
}

int lines_serve(void)
{
	static char line[LINE_BYTES];
	txMachine* the = gHost.machine;
	while (fgets(line, sizeof(line), stdin)) {
		size_t length = strcspn(line, "\n");
		if (line[length] != '\n')
			return EXIT_BAD_USE;
		line[length] = 0;
		if (!strncmp(line, "call ", 5))
			call_program(the, line + 5);
		else if (!strcmp(line, "stats"))
			gauge_print("stats ");
		else if (!strcmp(line, "collect")) {
			collect(the);
			gauge_print("stats ");
		}
		else if (!strcmp(line, "reset-peaks")) {
			gauge_reset_peaks();
			gauge_print("stats ");
		}
		else if (!strcmp(line, "quit"))
			return 0;
		else
			return EXIT_BAD_USE;
	}
	return 0;
}
