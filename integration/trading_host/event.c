#include "integration/trading_host/event.h"

#include <stdlib.h>
#include <string.h>

typedef enum shape { TEXT, NUMBER, INSTANT, SUBJECTS, ONE_SUBJECT, HANDLERS } shape;

typedef struct field {
    const char* name;
    shape shape;
    size_t offset;
} field;

#define FIELD(type, name, shape) \
    { #name, shape, offsetof(hcp_##type, name) }

static const field completion_fields[] = {
    FIELD(completion, host_id, TEXT),
    FIELD(completion, case_no, TEXT),
    FIELD(completion, completion_no, TEXT),
    FIELD(completion, line, NUMBER),
    FIELD(completion, project_no, TEXT),
    FIELD(completion, node, TEXT),
    FIELD(completion, completed_at_us, INSTANT),
    FIELD(completion, accepted_at_us, INSTANT),
    FIELD(completion, promised_at_us, INSTANT),
    FIELD(completion, project_name, TEXT),
    FIELD(completion, section, TEXT),
    FIELD(completion, item_code, TEXT),
    FIELD(completion, department_id, TEXT),
    FIELD(completion, department_name, TEXT),
    FIELD(completion, channel, NUMBER),
    FIELD(completion, bids_secret, NUMBER),
    FIELD(completion, subjects, SUBJECTS),
    FIELD(completion, handlers, HANDLERS),
    {NULL, TEXT, 0},
};
static const field withdrawal_fields[] = {
    FIELD(withdrawal, host_id, TEXT),       FIELD(withdrawal, case_no, TEXT),
    FIELD(withdrawal, completion_no, TEXT), FIELD(withdrawal, withdrawn_at_us, INSTANT),
    FIELD(withdrawal, reason, TEXT),        {NULL, TEXT, 0},
};
static const field bids_opened_fields[] = {
    FIELD(bids_opened, host_id, TEXT),
    FIELD(bids_opened, project_no, TEXT),
    FIELD(bids_opened, section, TEXT),
    FIELD(bids_opened, opened_at_us, INSTANT),
    {NULL, TEXT, 0},
};
static const field visit_fields[] = {
    FIELD(visit, host_id, TEXT),
    FIELD(visit, visit_no, TEXT),
    FIELD(visit, line, NUMBER),
    FIELD(visit, visited_at_us, INSTANT),
    FIELD(visit, window, TEXT),
    FIELD(visit, department_id, TEXT),
    FIELD(visit, department_name, TEXT),
    FIELD(visit, item_code, TEXT),
    FIELD(visit, staff_id, TEXT),
    FIELD(visit, subject, ONE_SUBJECT),
    {NULL, TEXT, 0},
};
static const field rating_fields[] = {
    FIELD(rating, level, NUMBER),
    FIELD(rating, host_id, TEXT),
    FIELD(rating, case_no, TEXT),
    FIELD(rating, completion_no, TEXT),
    FIELD(rating, subject_type, NUMBER),
    FIELD(rating, certificate_no, TEXT),
    FIELD(rating, tags, TEXT),
    FIELD(rating, text, TEXT),
    FIELD(rating, request_key, TEXT),
    FIELD(rating, received_at_us, INSTANT),
    {NULL, TEXT, 0},
};

static const struct {
    const char* name;
    const field* fields;
    size_t size;
} kinds[EVENT_KINDS] = {
    [COMPLETION] = {"completion", completion_fields, sizeof(hcp_completion)},
    [WITHDRAWAL] = {"withdrawal", withdrawal_fields, sizeof(hcp_withdrawal)},
    [BIDS_OPENED] = {"bids_opened", bids_opened_fields, sizeof(hcp_bids_opened)},
    [VISIT] = {"visit", visit_fields, sizeof(hcp_visit)},
    [RATING] = {"rating", rating_fields, sizeof(hcp_rating)},
};

const char* kind_name(event_kind kind) {
    return kinds[kind].name;
}

size_t kind_size(event_kind kind) {
    return kinds[kind].size;
}

bool kind_of(const char* name, event_kind* kind) {
    for (int i = 0; i < EVENT_KINDS; ++i) {
        if (strcmp(kinds[i].name, name) != 0) continue;
        *kind = (event_kind)i;
        return true;
    }
    return false;
}

void event_init(event* one, event_kind kind) {
    memset(one, 0, sizeof *one);
    one->kind = kind;
    const uint32_t size = (uint32_t)kind_size(kind);
    memcpy(&one->as, &size, sizeof size); /* every struct begins with its size */
}

void event_free(event* one) {
    free(one->subjects);
    free(one->handlers);
    free(one->memory);
    memset(one, 0, sizeof *one);
}

static void unescape(char* text) {
    char* to = text;
    for (; *text; ++text) {
        char c = *text;
        if (c == '\\' && text[1]) {
            c = *++text;
            if (c == 't') c = '\t';
            if (c == 'n') c = '\n';
            if (c == 'r') c = '\r';
        }
        *to++ = c;
    }
    *to = '\0';
}

/* Cuts at the next separator that is not escaped; NULL when nothing is left. */
static char* cut(char** rest, char separator) {
    char* const part = *rest;
    if (!part) return NULL;
    char* at = part;
    while (*at && *at != separator) at += (*at == '\\' && at[1]) ? 2 : 1;
    *rest = *at ? at + 1 : NULL;
    *at = '\0';
    return part;
}

static hcp_text take_text(char* value) {
    unescape(value);
    return text_of(value);
}

static bool take_number(char* value, int32_t* out) {
    int64_t number = 0;
    if (*value && !parse_whole(value, &number)) return false;
    if (number < INT32_MIN || number > INT32_MAX) return false;
    *out = (int32_t)number;
    return true;
}

static bool parse_subject(char* value, hcp_subject* out) {
    memset(out, 0, sizeof *out);
    out->struct_size = sizeof *out;
    char *rest = value, *part;
    hcp_text* const texts[] = {&out->certificate_no, &out->certificate_kind, &out->name,
                               &out->mobile,         &out->agent_name,       &out->agent_no};
    const size_t most = 2 + sizeof texts / sizeof *texts;
    for (size_t i = 0; (part = cut(&rest, '|')); ++i) {
        if (i >= most) return false;
        if (i >= 2)
            *texts[i - 2] = take_text(part);
        else if (!take_number(part, i == 0 ? &out->type : &out->role))
            return false;
    }
    return true;
}

static bool parse_handler(char* value, hcp_staff* out) {
    memset(out, 0, sizeof *out);
    out->struct_size = sizeof *out;
    char* rest = value;
    out->staff_id = take_text(cut(&rest, '|'));
    char* const name = cut(&rest, '|');
    if (name) out->name = take_text(name);
    return rest == NULL;
}

static bool set_subjects(event* one, char* value, size_t* count) {
    char* part;
    for (*count = 0; (part = cut(&value, ';')); ++*count) {
        one->subjects = reallocate(one->subjects, (*count + 1) * sizeof *one->subjects);
        if (!parse_subject(part, &one->subjects[*count])) return false;
    }
    return true;
}

static bool set_handlers(event* one, char* value) {
    size_t count = 0;
    char* part;
    for (; (part = cut(&value, ';')); ++count) {
        one->handlers = reallocate(one->handlers, (count + 1) * sizeof *one->handlers);
        if (!parse_handler(part, &one->handlers[count])) return false;
    }
    one->as.completion.handlers = one->handlers;
    one->as.completion.handler_count = count;
    return true;
}

bool event_set(event* one, const char* name, char* value, const char** why) {
    const field* f = kinds[one->kind].fields;
    while (f->name && strcmp(f->name, name) != 0) ++f;
    if (!f->name) return *why = "no such field", false;
    if (!*value) return true;
    char* const at = (char*)&one->as + f->offset;
    size_t count = 0;
    switch (f->shape) {
        case TEXT: {
            const hcp_text text = take_text(value);
            memcpy(at, &text, sizeof text);
            return true;
        }
        case NUMBER: {
            int32_t number = 0;
            if (!take_number(value, &number)) return *why = "not a number", false;
            memcpy(at, &number, sizeof number);
            return true;
        }
        case INSTANT: {
            int64_t us = 0;
            if (!parse_instant(value, &us)) return *why = "neither microseconds nor 2026-10-09T00:00:00+08:00", false;
            memcpy(at, &us, sizeof us);
            return true;
        }
        case SUBJECTS:
            if (!set_subjects(one, value, &count)) return *why = "a subject is type|role|certificate_no|…", false;
            one->as.completion.subjects = one->subjects;
            one->as.completion.subject_count = count;
            return true;
        case ONE_SUBJECT:
            if (!set_subjects(one, value, &count) || count != 1) return *why = "one subject is wanted", false;
            one->as.visit.subject = one->subjects;
            return true;
        case HANDLERS:
            if (!set_handlers(one, value)) return *why = "a handler is staff_id|name", false;
            return true;
    }
    return false;
}

bool event_has_host(const event* one) {
    const field* f = kinds[one->kind].fields;
    while (f->name && strcmp(f->name, "host_id") != 0) ++f;
    hcp_text text = {NULL, 0};
    if (f->name) memcpy(&text, (const char*)&one->as + f->offset, sizeof text);
    return text.size > 0;
}

bool columns_parse(columns* out, const char* line, const char** why) {
    memset(out, 0, sizeof *out);
    out->memory = copy_of(line);
    char *rest = out->memory, *part;
    while ((part = cut(&rest, '\t'))) {
        if (out->count == sizeof out->name / sizeof *out->name) return *why = "too many columns", false;
        out->name[out->count++] = part;
    }
    return true;
}

void columns_free(columns* one) {
    free(one->memory);
    memset(one, 0, sizeof *one);
}

bool event_parse(event* out, const columns* names, const char* line, size_t size, const char** why) {
    char* const memory = allocate(size + 1);
    memcpy(memory, line, size);
    memory[size] = '\0';
    char* cells[sizeof names->name / sizeof *names->name] = {NULL};
    char* rest = memory;
    size_t count = 0;
    for (char* part; (part = cut(&rest, '\t')); ++count) {
        if (count < names->count) cells[count] = part;
    }
    event_kind kind = COMPLETION;
    bool good = count <= names->count;
    if (!good) *why = "more cells than columns";
    for (size_t i = 0; good && i < count; ++i) {
        if (strcmp(names->name[i], "kind") != 0 || !*cells[i]) continue;
        good = kind_of(cells[i], &kind) && kind != RATING;
        if (!good) *why = "kind is completion, withdrawal, bids_opened or visit";
    }
    event_init(out, kind);
    out->memory = memory;
    for (size_t i = 0; good && i < count; ++i) {
        /* A file holds all kinds, so a column may say nothing of this one. */
        if (*cells[i] && strcmp(names->name[i], "kind") != 0) good = event_set(out, names->name[i], cells[i], why);
    }
    if (!good) event_free(out);
    return good;
}

static void write_text(buffer* to, hcp_text value) {
    for (uint32_t i = 0; i < value.size; ++i) {
        switch (value.data[i]) {
            case '\t':
                buffer_add(to, "\\t", 2);
                break;
            case '\n':
                buffer_add(to, "\\n", 2);
                break;
            case '\r':
                buffer_add(to, "\\r", 2);
                break;
            case '\\':
                buffer_add(to, "\\\\", 2);
                break;
            case ';':
                buffer_add(to, "\\;", 2);
                break;
            case '|':
                buffer_add(to, "\\|", 2);
                break;
            default:
                buffer_add(to, value.data + i, 1);
        }
    }
}

void completion_write_header(buffer* to) {
    buffer_print(to, "kind");
    for (const field* f = completion_fields; f->name; ++f) buffer_print(to, "\t%s", f->name);
    buffer_add(to, "\n", 1);
}

static void write_subjects(buffer* to, const hcp_completion* one) {
    for (size_t i = 0; i < one->subject_count; ++i) {
        const hcp_subject* const s = &one->subjects[i];
        const hcp_text texts[] = {s->certificate_no, s->certificate_kind, s->name,
                                  s->mobile,         s->agent_name,       s->agent_no};
        buffer_print(to, "%s%d|%d", i ? ";" : "", s->type, s->role);
        for (size_t j = 0; j < sizeof texts / sizeof *texts; ++j) {
            buffer_add(to, "|", 1);
            write_text(to, texts[j]);
        }
    }
}

void completion_write(buffer* to, const hcp_completion* one) {
    buffer_print(to, "%s", kind_name(COMPLETION));
    for (const field* f = completion_fields; f->name; ++f) {
        const char* const at = (const char*)one + f->offset;
        buffer_add(to, "\t", 1);
        switch (f->shape) {
            case TEXT:
                write_text(to, *(const hcp_text*)(const void*)at);
                break;
            case NUMBER:
                buffer_print(to, "%d", *(const int32_t*)(const void*)at);
                break;
            case INSTANT:
                buffer_print(to, "%lld", (long long)*(const int64_t*)(const void*)at);
                break;
            case SUBJECTS:
                write_subjects(to, one);
                break;
            case HANDLERS:
                for (size_t i = 0; i < one->handler_count; ++i) {
                    if (i) buffer_add(to, ";", 1);
                    write_text(to, one->handlers[i].staff_id);
                    buffer_add(to, "|", 1);
                    write_text(to, one->handlers[i].name);
                }
                break;
            case ONE_SUBJECT:
                break;
        }
    }
    buffer_add(to, "\n", 1);
}
