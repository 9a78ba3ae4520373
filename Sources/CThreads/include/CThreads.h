#ifndef REGAUGE_THREADS_H
#define REGAUGE_THREADS_H

#include <pthread.h>

/// Starts a thread with a stack of `stack_bytes`; 0 when it runs. It may run on all processors that
/// its maker may run on, but starts on another one than its maker where there is one: left to
/// itself, Linux may start it on the same and move it only milliseconds later.
int regauge_start_thread(
    pthread_t *thread, size_t stack_bytes, void *(*run)(void *), void *argument);

#endif
