/*
 * Functions without the properties `length` and `name`, as on a device: two slots for each of a thousand
 * functions are an eighth of the heap. And without the object `prototype` that every `function` gets in case somebody
 * calls it with `new`, another eighth: only classes are built here, and those bring their own. build.ts makes XS's
 * table of defaults, and the one place that makes such objects, point here.
 */
#include "host.h"

txSlot* host_no_function_length(txMachine* the, txSlot* instance, txNumber length)
{
	return C_NULL;
}

txSlot* host_no_function_name(txMachine* the, txSlot* instance, txID id, txIndex index, txID former, txString prefix)
{
	return C_NULL;
}

void host_no_function_prototype(txMachine* the)
{
}
