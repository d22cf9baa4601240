/*
 * Reads how much of each fixed resource is in use. Slots and chunks are XS's own counters (they include
 * garbage not yet collected); both stacks are painted at the start and scanned for how deep they were used.
 */
#include "host.h"

/* A run of untouched slots this long means the stack never came that far; a frame leaves no such hole. */
enum { PAINT = 0xA5, UNTOUCHED_SLOTS = 16 };

static int is_painted(const void* block, size_t bytes)
{
	const unsigned char* p = block;
	size_t i;
	for (i = 0; i < bytes; i++)
		if (p[i] != PAINT)
			return 0;
	return 1;
}

void gauge_paint_stack(txMachine* the)
{
	memset(the->stackBottom, PAINT, (char*)the->stack - (char*)the->stackBottom);
}

/* Paints below a margin that covers this function's own frame; the engine's frames come below it later. */
void __attribute__((noinline)) gauge_paint_c_stack(void)
{
	const uintptr_t top = (uintptr_t)__builtin_frame_address(0) - 512;
	volatile char* p = gHost.cStackTop - gHost.limits.cStackBytes;
	while ((uintptr_t)p < top)
		*p++ = (char)PAINT;
}

/* Scans from the top: XS also uses the free bottom of its stack as scratch for numbers and expressions. */
static long stack_peak(txMachine* the)
{
	const txSlot* slot = the->stack;
	int untouched = 0;
	while (slot > the->stackBottom && untouched < UNTOUCHED_SLOTS)
		untouched = is_painted(--slot, sizeof(txSlot)) ? untouched + 1 : 0;
	return (long)(the->stackTop - slot) - untouched;
}

static long c_stack_peak(void)
{
	const char* low = gHost.cStackTop - gHost.limits.cStackBytes;
	if (!gHost.cStackTop)
		return 0;
	while (low < gHost.cStackTop && is_painted(low, 1))
		low++;
	return (long)(gHost.cStackTop - low);
}

void gauge_reset_peaks(void)
{
	txMachine* the = gHost.machine;
	the->peakHeapCount = the->currentHeapCount;
	the->peakChunksSize = the->currentChunksSize;
	gauge_paint_stack(the);
	gauge_paint_c_stack();
	loose_reset_peak();
}

void gauge_print(const char* word)
{
	txMachine* the = gHost.machine;
	const HostLimits* limits = &gHost.limits;
	if (!the) {
		printf("%s{}\n", word);
		return;
	}
	printf("%s{\"slotBytes\":%d,\"slots\":[%ld,%ld,%ld],\"chunkBytes\":[%ld,%ld,%ld],"
		"\"stackSlots\":[%ld,%ld],\"keys\":[%ld,%ld],\"cStackBytes\":[%ld,%ld],\"looseBytes\":[%ld,%ld,%ld],"
		"\"flashBytes\":[%ld,%ld],\"fixedBytes\":%ld,\"steps\":%lu}\n",
		word, (int)sizeof(txSlot),
		(long)the->currentHeapCount, (long)the->peakHeapCount, limits->slots,
		(long)the->currentChunksSize, (long)the->peakChunksSize, limits->chunkBytes,
		stack_peak(the), limits->stackSlots, (long)the->keyIndex, limits->keys,
		c_stack_peak(), limits->cStackBytes, loose_current(), loose_peak(), limits->looseBytes,
		gHost.bytecodeBytes, gHost.symbolBytes,
		(long)(sizeof(txMachine) + (the->nameModulo + the->symbolModulo) * sizeof(txSlot*)),
		(unsigned long)gHost.steps);
	fflush(stdout);
}
