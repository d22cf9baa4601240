/*
 * What XS asks of its platform, for a small POSIX process that plays a micro-controller.
 * XS's own sources include this file (XSPLATFORM). Every allocation outside the fixed heap goes
 * through loose.c, so that memory which XS takes beside its slots and chunks is seen and bounded.
 */
#ifndef SMARTBOX_XS_PLATFORM_H
#define SMARTBOX_XS_PLATFORM_H

#undef mxLittleEndian
#define mxLittleEndian 1
#undef mxLinux
#define mxLinux 1

#define mxExport extern
#define mxImport extern
#define XS_FUNCTION_NORETURN __attribute__((noreturn))

#include <arpa/inet.h>
#include <ctype.h>
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

void* loose_malloc(size_t size);
void* loose_calloc(size_t count, size_t size);
void* loose_realloc(void* block, size_t size);
void loose_free(void* block);

#define c_malloc loose_malloc
#define c_calloc loose_calloc
#define c_realloc loose_realloc
#define c_free loose_free
#define c_malloc_uint32 loose_malloc
#define c_free_uint32 loose_free

#define mxMachinePlatform \
	int promiseJobs; \
	void* waiterCondition; \
	void* waiterData; \
	void* waiterLink;

#define mxUseGCCAtomics 1
#define mxUsePOSIXThreads 1
#define mxUseDefaultBuildKeys 1
#define mxUseDefaultMachinePlatform 1
#define mxUseDefaultParseScript 1
#define mxUseDefaultSharedChunks 1
#define mxUseDefaultDebug 1
#define mxCESU8 1

/* A 64-bit build has room for 32-bit names; the device and the 32-bit build use 16 bits. */
#if INTPTR_MAX == INT64_MAX
#define mx32bitID 1
#endif

#endif
