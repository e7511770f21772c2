/* Words, numbers, instants and lines: what the command language, the feed files and the answers are made of. */
#ifndef TRADING_HOST_TEXT_H
#define TRADING_HOST_TEXT_H
#include "plugin/abi/haochaping.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define LIKE_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define LIKE_PRINTF(text, first)
#endif

/* Memory that cannot be had ends the program: this is a test tool. */
void* allocate(size_t size);
void* reallocate(void* old, size_t size);
char* copy_of(const char* text);

hcp_text text_of(const char* text); /* "" and NULL are absent */

typedef struct buffer {
    char* data; /* always terminated once anything was added */
    size_t size, capacity;
} buffer;

void buffer_add(buffer* to, const char* data, size_t size);
void buffer_print(buffer* to, const char* format, ...) LIKE_PRINTF(2, 3);
void buffer_json(buffer* to, hcp_text value); /* a quoted JSON string */
void buffer_free(buffer* one);

/* Takes the next blank-separated word off `*rest`, in place; "quoted parts" may hold blanks, \ escapes. NULL at the
 * end. */
char* next_word(char** rest);

bool parse_whole(const char* text, int64_t* value);
/* Microseconds, or 2026-10-09T00:00:00[.ffffff]+08:00 (or Z). */
bool parse_instant(const char* text, int64_t* us);
/* 90s, 5m, 1h, 1d; a bare number is seconds. Positive. */
bool parse_duration(const char* text, int64_t* us);
void format_instant(int64_t us, char out[40]); /* in Beijing time */

const char* status_name(hcp_status status);

#endif
