#define _GNU_SOURCE
#include "CThreads.h"

#ifdef __linux__
#include <sched.h>

/* Processors are chosen by functions that GNU adds to POSIX, which Swift does not see. */
static void start_elsewhere(pthread_attr_t *attributes, const cpu_set_t *allowed) {
  int here = sched_getcpu();
  if (here < 0 || here >= CPU_SETSIZE) return;
  cpu_set_t elsewhere = *allowed;
  CPU_CLR(here, &elsewhere);
  if (CPU_COUNT(&elsewhere) == 0) return;
  pthread_attr_setaffinity_np(attributes, sizeof elsewhere, &elsewhere);
}
#endif

int regauge_start_thread(
    pthread_t *thread, size_t stack_bytes, void *(*run)(void *), void *argument) {
  pthread_attr_t attributes;
  int status = pthread_attr_init(&attributes);
  if (status) return status;
  pthread_attr_setstacksize(&attributes, stack_bytes);
#ifdef __linux__
  cpu_set_t allowed;
  int is_known = sched_getaffinity(0, sizeof allowed, &allowed) == 0;
  if (is_known) start_elsewhere(&attributes, &allowed);
#endif
  status = pthread_create(thread, &attributes, run, argument);
#ifdef __linux__
  if (status == 0 && is_known) pthread_setaffinity_np(*thread, sizeof allowed, &allowed);
#endif
  pthread_attr_destroy(&attributes);
  return status;
}
