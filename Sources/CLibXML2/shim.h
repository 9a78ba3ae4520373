#ifndef REGAUGE_LIBXML2_SHIM_H
#define REGAUGE_LIBXML2_SHIM_H
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>

/* xmlFree is a global function pointer, which Swift 6 does not let through. */
static inline void regauge_xml_free(void *memory) { xmlFree(memory); }
#endif
