#include "integration/trading_host/text.h"

#include "integration/trading_host/report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BEIJING_S = 8 * 3600 };

void* allocate(size_t size) {
    return reallocate(NULL, size);
}

void* reallocate(void* old, size_t size) {
    void* memory = realloc(old, size ? size : 1);
    if (!memory) {
        fputs("out of memory\n", stderr);
        abort();
    }
    return memory;
}

char* copy_of(const char* text) {
    const size_t size = strlen(text) + 1;
    return memcpy(allocate(size), text, size);
}

hcp_text text_of(const char* text) {
    hcp_text absent = {NULL, 0};
    if (!text || !*text) return absent;
    hcp_text present = {text, (uint32_t)strlen(text)};
    return present;
}

static void make_room(buffer* to, size_t more) {
    if (to->size + more + 1 <= to->capacity) return;
    to->capacity = (to->size + more + 1) * 2;
    to->data = reallocate(to->data, to->capacity);
}

void buffer_add(buffer* to, const char* data, size_t size) {
    make_room(to, size);
    if (size) memcpy(to->data + to->size, data, size);
    to->size += size;
    to->data[to->size] = '\0';
}

void buffer_print(buffer* to, const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int needed = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (needed < 0) return;
    make_room(to, (size_t)needed);
    va_start(arguments, format);
    vsnprintf(to->data + to->size, (size_t)needed + 1, format, arguments);
    va_end(arguments);
    to->size += (size_t)needed;
}

void buffer_json(buffer* to, hcp_text value) {
    buffer_add(to, "\"", 1);
    for (uint32_t i = 0; i < value.size; ++i) {
        const unsigned char c = (unsigned char)value.data[i];
        if (c == '"' || c == '\\')
            buffer_print(to, "\\%c", c);
        else if (c < 0x20)
            buffer_print(to, "\\u%04x", c);
        else
            buffer_add(to, value.data + i, 1);
    }
    buffer_add(to, "\"", 1);
}

void buffer_free(buffer* one) {
    free(one->data);
    memset(one, 0, sizeof *one);
}

char* next_word(char** rest) {
    char* from = *rest;
    while (*from == ' ' || *from == '\t') ++from;
    if (!*from) return NULL;
    char* const word = from;
    char* to = from;
    bool quoted = false;
    for (; *from && (quoted || (*from != ' ' && *from != '\t')); ++from) {
        if (*from == '"') {
            quoted = !quoted;
        } else {
            if (*from == '\\' && from[1]) ++from;
            *to++ = *from;
        }
    }
    *rest = *from ? from + 1 : from;
    *to = '\0';
    return word;
}

bool parse_whole(const char* text, int64_t* value) {
    char* end = NULL;
    errno = 0;
    const intmax_t number = strtoimax(text, &end, 10);
    if (end == text || *end || errno) return false;
    *value = (int64_t)number;
    return true;
}

/* Days since 1970-01-01 of the Gregorian calendar. */
static int64_t days_of(int year, int month, int day) {
    const int64_t y = month <= 2 ? year - 1 : year;
    const int64_t era = y / 400, of_era = y - era * 400;
    const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* So many digits at `*at`, and what must stand after them ('\0': nothing must); `*at` moves behind both. */
static bool take_digits(const char** at, int count, char then, int* value) {
    *value = 0;
    for (; count > 0; --count, ++*at) {
        if (**at < '0' || **at > '9') return false;
        *value = *value * 10 + (**at - '0');
    }
    if (then && **at != then) return false;
    if (then) ++*at;
    return true;
}

bool parse_instant(const char* text, int64_t* us) {
    int year, month, day, hour, minute, second;
    const char* rest = text;
    if (!take_digits(&rest, 4, '-', &year) || !take_digits(&rest, 2, '-', &month) ||
        !take_digits(&rest, 2, 'T', &day) || !take_digits(&rest, 2, ':', &hour) ||
        !take_digits(&rest, 2, ':', &minute) || !take_digits(&rest, 2, '\0', &second))
        return parse_whole(text, us);
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
        return false;
    int64_t fraction = 0;
    if (*rest == '.') {
        int64_t unit = 100000;
        for (++rest; *rest >= '0' && *rest <= '9'; ++rest, unit /= 10) fraction += (*rest - '0') * unit;
    }
    int64_t zone_s = 0;
    if (strcmp(rest, "Z") != 0) {
        int zone_hour, zone_minute;
        const char sign = *rest;
        if (sign != '+' && sign != '-') return false;
        ++rest;
        if (!take_digits(&rest, 2, ':', &zone_hour) || !take_digits(&rest, 2, '\0', &zone_minute) || *rest)
            return false;
        if (zone_hour > 14 || zone_minute > 59) return false;
        zone_s = (zone_hour * 60 + zone_minute) * 60 * (sign == '-' ? -1 : 1);
    }
    const int64_t seconds = days_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - zone_s;
    *us = seconds * 1000000 + fraction;
    return true;
}

bool parse_duration(const char* text, int64_t* us) {
    char* end = NULL;
    errno = 0;
    const intmax_t count = strtoimax(text, &end, 10);
    int64_t unit_s = 0;
    if (!strcmp(end, "") || !strcmp(end, "s")) unit_s = 1;
    if (!strcmp(end, "m")) unit_s = 60;
    if (!strcmp(end, "h")) unit_s = 3600;
    if (!strcmp(end, "d")) unit_s = 86400;
    if (end == text || errno || unit_s == 0 || count < 0 || count > 36500) return false;
    *us = (int64_t)count * unit_s * 1000000;
    return true;
}

void format_instant(int64_t us, char out[40]) {
    const int64_t local_s = us / 1000000 + BEIJING_S;
    const int64_t days = local_s / 86400, of_day = local_s % 86400;
    /* The inverse of days_of, for days not before 1970. */
    const int64_t z = days + 719468, era = z / 146097, of_era = z - era * 146097;
    const int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t shifted = (5 * of_year + 2) / 153;
    const int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    const unsigned parts[] = {(unsigned)(year_of_era + era * 400 + (month <= 2)) % 10000,
                              (unsigned)month % 100,
                              (unsigned)(of_year - (153 * shifted + 2) / 5 + 1) % 100,
                              (unsigned)(of_day / 3600) % 100,
                              (unsigned)(of_day / 60 % 60),
                              (unsigned)(of_day % 60),
                              (unsigned)(us % 1000000) % 1000000};
    snprintf(out, 40, "%04u-%02u-%02uT%02u:%02u:%02u.%06u+08:00", parts[0], parts[1], parts[2], parts[3], parts[4],
             parts[5], parts[6]);
}

const char* status_name(hcp_status status) {
    switch (status) {
        case HCP_OK:
            return "OK";
        case HCP_E_INVALID:
            return "INVALID";
        case HCP_E_FULL:
            return "FULL";
        case HCP_E_STATE:
            return "STATE";
        case HCP_E_TIMEOUT:
            return "TIMEOUT";
        case HCP_E_IN_DOUBT:
            return "IN_DOUBT";
        case HCP_E_REFUSED:
            return "REFUSED";
        case HCP_E_INTERNAL:
            return "INTERNAL";
        case HOST_LOST:
            return "LOST";
        case HOST_UNHOOKED:
            return "UNHOOKED";
        default:
            return "UNKNOWN";
    }
}
