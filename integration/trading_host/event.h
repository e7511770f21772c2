/* Events as rows of a feed file or as key=value words. The fields are those of the header, by their names there.
 *
 * `subjects` is a list: subjects joined by ';', the parts of one by '|' in the order of hcp_subject (type first);
 * `handlers` and a visit's single `subject` likewise. \t \n \r \\ \; \| stand for themselves. An empty value is absent.
 */
#ifndef TRADING_HOST_EVENT_H
#define TRADING_HOST_EVENT_H
#include "integration/trading_host/text.h"

typedef enum event_kind { COMPLETION, WITHDRAWAL, BIDS_OPENED, VISIT, RATING, EVENT_KINDS } event_kind;

typedef struct event {
    event_kind kind;
    union {
        hcp_completion completion;
        hcp_withdrawal withdrawal;
        hcp_bids_opened bids_opened;
        hcp_visit visit;
        hcp_rating rating;
    } as;
    hcp_subject* subjects;
    hcp_staff* handlers;
    char* memory; /* what the texts point into */
} event;

typedef struct columns {
    char* memory;
    size_t count;
    const char* name[64];
} columns;

const char* kind_name(event_kind kind);
bool kind_of(const char* name, event_kind* kind);
size_t kind_size(event_kind kind); /* of the struct of the header */

void event_init(event* one, event_kind kind);
void event_free(event* one);
/* `value` is cut up in place and must live as long as the event. False: *why says what is wrong. */
bool event_set(event* one, const char* field, char* value, const char** why);

bool event_has_host(const event* one); /* whether host_id is set */

/* The first line of a feed file. */
bool columns_parse(columns* out, const char* line, const char** why);
void columns_free(columns* one);
/* A further line, without its end. `kind` is a column like the others; without one a row is a completion. */
bool event_parse(event* out, const columns* names, const char* line, size_t size, const char** why);

/* The same format, for the host's own log of what it committed. */
void completion_write_header(buffer* to);
void completion_write(buffer* to, const hcp_completion* one);

#endif
