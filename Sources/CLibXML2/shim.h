#ifndef REGAUGE_LIBXML2_SHIM_H
#define REGAUGE_LIBXML2_SHIM_H
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>

/* Receives one problem; line and column are 0 when they are not known. */
typedef void (*regauge_xml_recorder)(void *context, int line, int column, int is_error,
                                     const char *message);

/* Where the problems of one reader, parser or schema go, so that nothing is global or printed. */
typedef struct {
  regauge_xml_recorder record;
  void *context;
} regauge_xml_log;

/* The structured error became constant in libxml2 2.12. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *regauge_xml_error;
#else
typedef xmlError *regauge_xml_error;
#endif

static inline void regauge_xml_forward(void *opaque, regauge_xml_error error) {
  regauge_xml_log *log = (regauge_xml_log *)opaque;
  if (log == NULL || error == NULL) return;
  log->record(log->context, error->line, error->int2, error->level >= XML_ERR_ERROR,
              error->message);
}

/* A parser hands itself to its handlers; the log rides in its private field. */
static inline void regauge_xml_forward_from_parser(void *opaque, regauge_xml_error error) {
  regauge_xml_forward(((xmlParserCtxtPtr)opaque)->_private, error);
}

/* Stops before anything of a document type declaration is read. */
static inline void regauge_xml_stop_at_doctype(void *opaque, const xmlChar *name,
                                               const xmlChar *external, const xmlChar *system) {
  (void)name, (void)external, (void)system;
  xmlParserCtxtPtr parser = (xmlParserCtxtPtr)opaque;
  regauge_xml_log *log = (regauge_xml_log *)parser->_private;
  int line = parser->input != NULL ? parser->input->line : 0;
  log->record(log->context, line, 0, 1, "has a document type declaration, which is not accepted");
  xmlStopParser(parser);
}

static inline void regauge_xml_set_parser_log(xmlParserCtxtPtr parser, regauge_xml_log *log) {
  parser->_private = log;
  parser->sax->serror = regauge_xml_forward_from_parser;
  parser->sax->internalSubset = regauge_xml_stop_at_doctype;
}

/* Stops at the root element, where no document type declaration can follow. */
static inline void regauge_xml_stop_at_root(void *opaque, const xmlChar *name,
                                            const xmlChar *prefix, const xmlChar *uri,
                                            int namespace_count, const xmlChar **namespaces,
                                            int attribute_count, int defaulted_count,
                                            const xmlChar **attributes) {
  (void)name, (void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
  (void)attribute_count, (void)defaulted_count, (void)attributes;
  xmlStopParser((xmlParserCtxtPtr)opaque);
}

static inline void regauge_xml_read_prolog_only(xmlParserCtxtPtr parser) {
  parser->sax->startElementNs = regauge_xml_stop_at_root;
}

static inline int regauge_xml_is_stopped(xmlParserCtxtPtr parser) {
  return parser->disableSAX != 0;
}

static inline void regauge_xml_set_reader_log(xmlTextReaderPtr reader, regauge_xml_log *log) {
  xmlTextReaderSetStructuredErrorHandler(reader, regauge_xml_forward, log);
}

static inline void regauge_xml_set_schema_parser_log(xmlSchemaParserCtxtPtr parser,
                                                     regauge_xml_log *log) {
  xmlSchemaSetParserStructuredErrors(parser, regauge_xml_forward, log);
}

static inline void regauge_xml_set_schema_log(xmlSchemaValidCtxtPtr validation,
                                              regauge_xml_log *log) {
  xmlSchemaSetValidStructuredErrors(validation, regauge_xml_forward, log);
}
#endif
