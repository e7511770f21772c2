#include "integration/trading_host/extensions.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

void tickets_init(ticket_box* box) {
    memset(box, 0, sizeof *box);
    pthread_mutex_init(&box->mutex, NULL);
}

bool tickets_issue(ticket_box* box, int64_t now_us, int32_t subject_type, const char* number, char out[33]) {
    unsigned char random[16];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random) return false;
    for (size_t i = 0; i < sizeof random; ++i) snprintf(out + 2 * i, 3, "%02x", random[i]);

    pthread_mutex_lock(&box->mutex);
    const size_t place = box->next++ % MOST_TICKETS;
    memcpy(box->ticket[place].text, out, sizeof box->ticket[place].text);
    box->ticket[place].ends_us = now_us + (int64_t)TICKET_LIFE_S * 1000000;
    box->ticket[place].subject_type = subject_type;
    snprintf(box->ticket[place].number, sizeof box->ticket[place].number, "%s", number);
    pthread_mutex_unlock(&box->mutex);
    return true;
}

hcp_status tickets_redeem(ticket_box* box, int64_t now_us, hcp_text ticket,
                          void (*found)(void* ctx, const hcp_identity* who), void* ctx) {
    char number[65] = "";
    int32_t subject_type = 0;
    bool known = false;
    pthread_mutex_lock(&box->mutex);
    for (size_t i = 0; i < MOST_TICKETS && !known; ++i) {
        if (ticket.size != 32 || memcmp(box->ticket[i].text, ticket.data, 32) != 0) continue;
        known = now_us < box->ticket[i].ends_us;
        memcpy(number, box->ticket[i].number, sizeof number);
        subject_type = box->ticket[i].subject_type;
        memset(&box->ticket[i], 0, sizeof box->ticket[i]); /* one-time */
    }
    pthread_mutex_unlock(&box->mutex);
    if (!known) return HCP_E_REFUSED;

    hcp_identity who = {.struct_size = sizeof who, .subject_type = subject_type};
    *(subject_type ? &who.certificate_no : &who.staff_id) = text_of(number);
    found(ctx, &who);
    return HCP_OK;
}
