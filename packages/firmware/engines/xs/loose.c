/*
 * Allocations that XS makes outside its fixed heap (number printing, JSON text, BigInt and regular
 * expression scratch). They are rare and short-lived, but a device has to find room for them, so they are
 * counted, and bounded once the program is loaded. A failed allocation returns NULL, as malloc does.
 */
#include <malloc.h>
#include <stdlib.h>

static long gLimit = 0;
static long gCurrent = 0;
static long gPeak = 0;

static void* count(void* block)
{
	if (block) {
		gCurrent += (long)malloc_usable_size(block);
		if (gPeak < gCurrent)
			gPeak = gCurrent;
	}
	return block;
}

static int refuses(size_t size)
{
	return gLimit && gCurrent + (long)size > gLimit;
}

void loose_seal(long limitBytes)
{
	gLimit = limitBytes;
	gCurrent = 0;
	gPeak = 0;
}

long loose_current(void) { return gCurrent; }
long loose_peak(void) { return gPeak; }
void loose_reset_peak(void) { gPeak = gCurrent; }

void* loose_malloc(size_t size)
{
	return refuses(size) ? NULL : count(malloc(size));
}

void* loose_calloc(size_t items, size_t size)
{
	return refuses(items * size) ? NULL : count(calloc(items, size));
}

void* loose_realloc(void* block, size_t size)
{
	long before = block ? (long)malloc_usable_size(block) : 0;
	void* moved;
	if (refuses(size))
		return NULL;
	moved = realloc(block, size);
	if (moved) {
		gCurrent -= before;
		count(moved);
	}
	return moved;
}

void loose_free(void* block)
{
	if (block)
		gCurrent -= (long)malloc_usable_size(block);
	free(block);
}
