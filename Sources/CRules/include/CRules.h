#ifndef REGAUGE_RULES_H
#define REGAUGE_RULES_H
#include <stddef.h>

/* One file of the Rules folder as it was when this binary was built. */
typedef struct {
  const char *name; /* path below Rules/, with forward slashes */
  const unsigned char *bytes;
  size_t count;
} regauge_rule_file;

size_t regauge_rule_file_count(void);
regauge_rule_file regauge_rule_file_at(size_t index);

/* SHA-256 of the files, computed when they were embedded. */
const char *regauge_rules_digest(void);
#endif
