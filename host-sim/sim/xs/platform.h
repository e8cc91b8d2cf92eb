/* What XS asks of the platform it runs on (its XSPLATFORM header): a POSIX process with one machine at a
 * time. Where XS has a default it is that; the rest is in platform.c and, for modules, machine.c. */
#ifndef EARSHOT_XS_PLATFORM_H
#define EARSHOT_XS_PLATFORM_H

#ifdef __APPLE__
#undef mxMacOSX
#define mxMacOSX 1
#else
#undef mxLinux
#define mxLinux 1
#endif

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
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
#include <time.h>
#include <unistd.h>

#define mxUseGCCAtomics 1
#define mxUsePOSIXThreads 1

#define mxUseDefaultMachinePlatform 1
#define mxUseDefaultBuildKeys 1
#define mxUseDefaultChunkAllocation 1
#define mxUseDefaultSlotAllocation 1
#define mxUseDefaultParseScript 1
#define mxUseDefaultSharedChunks 1

/* The first three are XS's own, for Atomics.wait. */
#define mxMachinePlatform                                                                                    \
  void *waiterCondition;                                                                                     \
  void *waiterData;                                                                                          \
  void *waiterLink;                                                                                          \
  int promiseJobsQueued;

#endif
