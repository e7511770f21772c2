/* Completions made up from (run, thread, number): the same three give the same completion. All of it is invented. */
#ifndef TRADING_HOST_SYNTHETIC_H
#define TRADING_HOST_SYNTHETIC_H
#include "integration/trading_host/text.h"

enum { CASES_PER_PROJECT = 4, MOST_SUBJECTS = 3 };

typedef struct synthetic {
    hcp_completion completion; /* points into the rest; do not copy the whole */
    hcp_subject subjects[MOST_SUBJECTS];
    hcp_staff handler;
    char case_no[65], project_no[65], item_code[8], certificate_no[MOST_SUBJECTS][24];
} synthetic;

void synthetic_make(synthetic* out, const char* run, unsigned thread, uint64_t number, int64_t completed_at_us);

uint64_t mix(uint64_t value); /* splitmix64's finaliser: a good hash of a counter */

#endif
