/*
 * Places a parsed script "in flash", as the linker of a device does: its names are interned once, its
 * bytecode refers to them by number, and nested code and string literals are used where they lie instead of
 * being copied into the heap. The bytes are counted as flash, not as RAM.
 */
#include "host.h"

extern void fxRemapIDs(txMachine* the, txByte* codeBuffer, txSize codeSize, txID* theIDs);

static void intern_names(txMachine* the, txScript* script)
{
	txByte* p = (txByte*)script->symbolsBuffer;
	txID count, i;
	txID* ids;
	mxDecodeID(p, count);
	ids = malloc(count * sizeof(txID));
	if (!ids)
		host_stop("memory-full", EXIT_MEMORY_FULL);
	ids[0] = XS_NO_ID;
	for (i = 1; i < count; i++) {
		ids[i] = fxNewNameX(the, (txString)p);
		p += mxStringLength((char*)p) + 1;
	}
	fxRemapIDs(the, (txByte*)script->codeBuffer, script->codeSize, ids);
	free(ids);
}

static txU1 in_place(txU1 code)
{
	switch (code) {
	case XS_CODE_CODE_1: return XS_CODE_CODE_ARCHIVE_1;
	case XS_CODE_CODE_2: return XS_CODE_CODE_ARCHIVE_2;
	case XS_CODE_CODE_4: return XS_CODE_CODE_ARCHIVE_4;
	case XS_CODE_STRING_1: return XS_CODE_STRING_ARCHIVE_1;
	case XS_CODE_STRING_2: return XS_CODE_STRING_ARCHIVE_2;
	case XS_CODE_STRING_4: return XS_CODE_STRING_ARCHIVE_4;
	default: return code;
	}
}

/* The byte after this instruction: gxCodeSizes gives a size, 0 for a name, or the width of a length prefix. */
static txByte* next_instruction(txByte* p)
{
	txS1 size = gxCodeSizes[*(txU1*)p];
	txU2 length2;
	txS4 length4;
	if (size > 0)
		return p + size;
	if (size == 0)
		return p + 1 + sizeof(txID);
	if (size == -1)
		return p + 2 + *(txU1*)(p + 1);
	p++;
	if (size == -2) {
		mxDecode2(p, length2);
		return p + length2;
	}
	mxDecode4(p, length4);
	return p + length4;
}

void flash_place(txMachine* the, txScript* script)
{
	txByte* p = (txByte*)script->codeBuffer;
	txByte* end = p + script->codeSize;
	intern_names(the, script);
	while (p < end) {
		*(txU1*)p = in_place(*(txU1*)p);
		p = next_instruction(p);
	}
	gHost.bytecodeBytes += script->codeSize;
	gHost.symbolBytes += script->symbolsSize;
	/* Kept for the life of the process: it is flash. fxRunScript must not remap it a second time. */
	script->symbolsBuffer = NULL;
}
