/*
 * Makes the XS machine with a heap that cannot grow, loads the program into it and runs its jobs.
 * The increments are zero, so XS aborts instead of asking for more; the step limit is set anew for every call.
 */
#include "host.h"

/* Hash tables for names: their size is RAM, so they are as small as a device would make them. */
enum { NAME_TABLE_ENTRIES = 127, SYMBOL_TABLE_ENTRIES = 31, PARSER_BYTES = 8 * 1024 * 1024 };

void* fxAllocateChunks(txMachine* the, txSize size) { return malloc(size); }
void fxFreeChunks(txMachine* the, void* chunks) { free(chunks); }
txSlot* fxAllocateSlots(txMachine* the, txSize count) { return malloc(count * sizeof(txSlot)); }
void fxFreeSlots(txMachine* the, void* slots) { free(slots); }
void fxQueuePromiseJobs(txMachine* the) { the->promiseJobs = 1; }

/* One program, no modules: an import fails at load. */
txID fxFindModule(txMachine* the, txSlot* realm, txID moduleID, txSlot* slot)
{
	return XS_NO_ID;
}

void fxLoadModule(txMachine* the, txSlot* module, txID moduleID)
{
}

txMachine* machine_create(const HostLimits* limits)
{
	txCreation creation = { 0 };
	creation.initialChunkSize = limits->chunkBytes;
	creation.initialHeapCount = limits->slots;
	creation.stackCount = limits->stackSlots;
	creation.initialKeyCount = limits->keys;
	creation.nameModulo = NAME_TABLE_ENTRIES;
	creation.symbolModulo = SYMBOL_TABLE_ENTRIES;
	creation.parserBufferSize = PARSER_BYTES;
	creation.parserTableModulo = 127;
	fxInitializeSharedCluster();
	return fxCreateMachine(&creation, "box", NULL, 0);
}

txScript* machine_parse(txMachine* the, char* text, size_t length)
{
	txStringCStream stream = { text, 0, length };
	return fxParseScript(the, &stream, fxStringCGetter, mxProgramFlag);
}

/* Only ever asked when the limit is passed: the answer "no" makes XS abort with too much computation. */
static txBoolean refuse_more_steps(txMachine* the, txU4 index)
{
	gHost.steps = index;
	return 0;
}

void machine_begin_steps(txMachine* the)
{
	fxBeginMetering(the, refuse_more_steps, (txU4)gHost.limits.steps);
}

void machine_end_steps(txMachine* the)
{
	gHost.steps = the->meterIndex;
	fxEndMetering(the);
}

/* A rejected promise that nobody waits for is a bug in a box: it ends the run as soon as the jobs are done. */
void machine_run_jobs(txMachine* the)
{
	while (the->promiseJobs) {
		the->promiseJobs = 0;
		fxRunPromiseJobs(the);
	}
	fxEndJob(the);
	fxCheckUnhandledRejections(the, 1);
}

int machine_load(txMachine* the, txScript* script)
{
	int loaded = 1;
	machine_begin_steps(the);
	fxBeginHost(the);
	{
		mxTry(the) {
			txSlot* realm = mxProgram.value.reference->next->value.module.realm;
			fxRunScript(the, script, mxRealmGlobal(realm), C_NULL,
				mxRealmClosures(realm)->value.reference, C_NULL, mxProgram.value.reference);
			mxPop();
		}
		mxCatch(the) {
			mxPush(mxException);
			printf("threw %s\n", fxToString(the, the->stack));
			mxPop();
			loaded = 0;
		}
	}
	if (loaded)
		machine_run_jobs(the);
	fxEndHost(the);
	machine_end_steps(the);
	return loaded;
}
