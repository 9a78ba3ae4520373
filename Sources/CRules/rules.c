#include "CRules.h"
static const regauge_rule_file files[] = {{"", 0, 0}};
size_t regauge_rule_file_count(void) { return 0; }
regauge_rule_file regauge_rule_file_at(size_t index) { return files[index]; }
