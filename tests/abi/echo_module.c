/* A stand-in for the plugin, for testing the reference host: checks what the host hands over as the header says, keeps
 * a count of what it was told, and uses every extension. It stores nothing. `health` emits the counts; `pending_for`
 * takes a sign-on ticket in place of a certificate number and emits whose it was; `rate` notifies the rater. */
#include "plugin/abi/haochaping.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CREATED, RUNNING, STOPPED };
enum { MOST_KEYS = 1 << 20 };

typedef struct echo {
    hcp_plugin table;
    const hcp_host* host;
    const hcp_ext_completion_hooks* hooks;
    const hcp_ext_completion_scan* scan;
    const hcp_ext_identity* identity;
    const hcp_ext_notify* notify;
    const hcp_ext_clock* clock;
    pid_t process;
    _Atomic int state, ending, told_out_of_turn_in;
    pthread_mutex_t control, mutex;
    pthread_t scanner;
    uint64_t* keys; /* of completions, an open hash set */
    size_t reported, distinct, withdrawn, opened, visits;
} echo;

static void say(const echo* e, const char* format, ...) {
    char text[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    e->host->log(e->host->self, HCP_LOG_INFO, (hcp_text){text, (uint32_t)strlen(text)});
}

static int64_t now_us(const echo* e) {
    if (e->clock) return e->clock->now_us(e->host->self);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Once a state. */
static void say_out_of_turn(echo* e) {
    if (atomic_exchange(&e->told_out_of_turn_in, e->state) != e->state) say(e, "a call out of turn");
}

static bool available(echo* e) {
    if (e->process != getpid()) return false;
    if (e->state != RUNNING) say_out_of_turn(e);
    return e->state == RUNNING;
}

static hcp_status told(const echo* e, hcp_status status) {
    if (status == HCP_E_INVALID) say(e, "what was handed over is malformed");
    return status;
}

/* ---- what the header demands of texts and arrays ---- */

/* Code points; -1 when it is not UTF-8. */
static int characters(hcp_text t) {
    int count = 0;
    for (uint32_t i = 0; i < t.size; ++count) {
        const unsigned char c = (unsigned char)t.data[i];
        const uint32_t size = c < 0x80                ? 1
                              : c >= 0xc2 && c < 0xe0 ? 2
                              : c >= 0xe0 && c < 0xf0 ? 3
                              : c >= 0xf0 && c < 0xf5 ? 4
                                                      : 0;
        if (size == 0 || i + size > t.size) return -1;
        for (uint32_t k = 1; k < size; ++k) {
            if (((unsigned char)t.data[i + k] & 0xc0) != 0x80) return -1;
        }
        const unsigned char d = size > 1 ? (unsigned char)t.data[i + 1] : 0;
        if ((c == 0xe0 && d < 0xa0) || (c == 0xed && d > 0x9f) || (c == 0xf0 && d < 0x90) || (c == 0xf4 && d > 0x8f))
            return -1;
        i += size;
    }
    return count;
}

static bool fits(hcp_text t, int least, int most) {
    if (!t.data && t.size) return false;
    const int count = characters(t);
    return count >= least && count <= most;
}

static hcp_status invalid(hcp_result* result, const char* field) {
    result->status = HCP_E_INVALID;
    snprintf(result->field, sizeof result->field, "%s", field);
    snprintf(result->reason, sizeof result->reason, "不合接口的要求");
    return HCP_E_INVALID;
}

/* Every element of one size, not less than the required part. */
static bool strides_equal(const void* array, size_t count, size_t least) {
    uint32_t first = 0;
    if (count == 0) return true;
    if (!array) return false;
    memcpy(&first, array, sizeof first);
    for (size_t i = 0; i < count; ++i) {
        uint32_t size = 0;
        memcpy(&size, (const char*)array + i * first, sizeof size);
        if (size != first || size < least) return false;
    }
    return true;
}

static bool subject_faulty(const hcp_completion* c, size_t i, hcp_result* result) {
    const hcp_subject* const s = (const void*)((const char*)c->subjects + i * c->subjects->struct_size);
    const char* field = NULL;
    char path[48];
    if (!fits(s->certificate_no, 1, 64)) field = "certificate_no";
    if (!fits(s->name, 0, 100)) field = "name";
    if (s->type < HCP_SUBJECT_PERSON || s->type > HCP_SUBJECT_OTHER) field = "type";
    if (!field) return false;
    snprintf(path, sizeof path, "subjects[%zu].%s", i, field);
    invalid(result, path);
    return true;
}

static hcp_status judge_completion(const echo* e, const hcp_completion* c, hcp_result* result) {
    const struct {
        const char* name;
        hcp_text text;
        int least, most;
    } texts[] = {{"host_id", c->host_id, 1, 32},
                 {"case_no", c->case_no, 1, 64},
                 {"completion_no", c->completion_no, 1, 32},
                 {"project_no", c->project_no, 1, 64},
                 {"node", c->node, 1, 40},
                 {"project_name", c->project_name, 0, 200}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
        if (!fits(texts[i].text, texts[i].least, texts[i].most)) return invalid(result, texts[i].name);
    }
    if (c->line < HCP_LINE_GOVERNMENT) return invalid(result, "line");
    if (c->completed_at_us <= 0 || c->completed_at_us > now_us(e) + INT64_C(300) * 1000000)
        return invalid(result, "completed_at_us");
    if (!c->subjects || c->subject_count < 1 || c->subject_count > 1000) return invalid(result, "subjects");
    if (!strides_equal(c->subjects, c->subject_count, sizeof(hcp_subject))) return invalid(result, "subjects");
    for (size_t i = 0; i < c->subject_count; ++i) {
        if (subject_faulty(c, i, result)) return HCP_E_INVALID;
    }
    return HCP_OK;
}

/* ---- events ---- */

static uint64_t hash(uint64_t h, hcp_text t) {
    for (uint32_t i = 0; i < t.size; ++i) h = (h ^ (unsigned char)t.data[i]) * UINT64_C(1099511628211);
    return (h ^ 0xff) * UINT64_C(1099511628211);
}

static void remember(echo* e, const hcp_completion* c) {
    uint64_t key = UINT64_C(14695981039346656037);
    key = hash(hash(hash(key, c->host_id), c->case_no), c->completion_no) | 1;
    pthread_mutex_lock(&e->mutex);
    size_t place = key % MOST_KEYS;
    while (e->keys[place] && e->keys[place] != key) place = (place + 1) % MOST_KEYS;
    e->distinct += !e->keys[place];
    e->keys[place] = key;
    pthread_mutex_unlock(&e->mutex);
}

static void count(echo* e, size_t* counter) {
    pthread_mutex_lock(&e->mutex);
    ++*counter;
    pthread_mutex_unlock(&e->mutex);
}

static hcp_result* result_at(hcp_result* results, size_t i) {
    return (void*)((char*)results + i * results->struct_size);
}

static hcp_status all_of(hcp_result* results, size_t count_of, hcp_status status) {
    for (size_t i = 0; results && i < count_of; ++i) result_at(results, i)->status = status;
    return status;
}

/* HCP_OK: the arrays can be walked. */
static hcp_status arrays_sound(echo* e, const void* events, size_t n, size_t least, hcp_result* results) {
    const bool too_many = n > HCP_MAX_EVENTS;
    if (!available(e)) return too_many ? HCP_E_STATE : all_of(results, n, HCP_E_STATE);
    if (too_many || (!results && n > 1)) return HCP_E_INVALID;
    if (results && !strides_equal(results, n, sizeof *results)) return HCP_E_INVALID;
    if (!strides_equal(events, n, least)) return all_of(results, n, HCP_E_INVALID);
    return HCP_OK;
}

static hcp_status completed(hcp_plugin* p, const hcp_completion* events, size_t n, hcp_result* results) {
    echo* const e = p->self;
    hcp_result own = {.struct_size = sizeof own};
    hcp_status first = arrays_sound(e, events, n, sizeof *events, results);
    for (size_t i = 0; first != HCP_E_STATE && i < n; ++i) {
        if (i == 0 && first == HCP_E_INVALID) break;
        const hcp_completion* const c = (const void*)((const char*)events + i * events->struct_size);
        hcp_result* const result = results ? result_at(results, i) : &own;
        result->status = judge_completion(e, c, result);
        if (result->status == HCP_OK) {
            remember(e, c);
            count(e, &e->reported);
        } else if (first == HCP_OK) {
            first = result->status;
        }
    }
    return told(e, first);
}

static hcp_status take(echo* e, const void* events, size_t n, size_t least, hcp_result* results, size_t* counter) {
    const hcp_status status = arrays_sound(e, events, n, least, results);
    for (size_t i = 0; status == HCP_OK && i < n; ++i) count(e, counter);
    return status == HCP_OK ? all_of(results, n, HCP_OK) : told(e, status);
}

static hcp_status withdrawn(hcp_plugin* p, const hcp_withdrawal* events, size_t n, hcp_result* results) {
    echo* const e = p->self;
    return take(e, events, n, sizeof *events, results, &e->withdrawn);
}

static hcp_status bids_opened(hcp_plugin* p, const hcp_bids_opened* events, size_t n, hcp_result* results) {
    echo* const e = p->self;
    return take(e, events, n, sizeof *events, results, &e->opened);
}

static hcp_status visit(hcp_plugin* p, const hcp_visit* events, size_t n, hcp_result* results) {
    echo* const e = p->self;
    return take(e, events, n, sizeof *events, results, &e->visits);
}

/* ---- questions ---- */

static void emit_text(hcp_emit emit, void* ctx, const char* format, ...) {
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    emit(ctx, (hcp_text){text, (uint32_t)strlen(text)});
}

static hcp_status evaluation_link(hcp_plugin* p, const hcp_completion* key, const hcp_subject* subject, hcp_emit emit,
                                  void* ctx) {
    if (!available(p->self)) return HCP_E_STATE;
    if (!key || !subject) return told(p->self, HCP_E_INVALID);
    emit_text(emit, ctx, "https://echo.invalid/%.*s/%.*s", (int)key->case_no.size, key->case_no.data,
              (int)subject->certificate_no.size, subject->certificate_no.data);
    return HCP_OK;
}

static hcp_status health(hcp_plugin* p, hcp_emit emit, void* ctx) {
    echo* const e = p->self;
    if (!available(e)) return HCP_E_STATE;
    pthread_mutex_lock(&e->mutex);
    const size_t reported = e->reported, distinct = e->distinct, gone = e->withdrawn, opened = e->opened,
                 visits = e->visits;
    pthread_mutex_unlock(&e->mutex);
    emit_text(emit, ctx, "{\"reported\":%zu,\"distinct\":%zu,\n\"withdrawn\":%zu,\"opened\":%zu,\"visits\":%zu}",
              reported, distinct, gone, opened, visits);
    return HCP_OK;
}

typedef struct answer {
    hcp_emit emit;
    void* ctx;
} answer;

static void found(void* ctx, const hcp_identity* who) {
    const answer* const to = ctx;
    const hcp_text number = who->subject_type ? who->certificate_no : who->staff_id;
    emit_text(to->emit, to->ctx, "[{\"type\":%d,\"number\":\"%.*s\"}]", who->subject_type, (int)number.size,
              number.data);
}

static hcp_status pending_for(hcp_plugin* p, int32_t type, hcp_text ticket, hcp_text cursor, uint32_t deadline_ms,
                              hcp_emit emit, void* ctx) {
    echo* const e = p->self;
    (void)type;
    (void)cursor;
    (void)deadline_ms;
    if (!available(e)) return HCP_E_STATE;
    answer to = {emit, ctx};
    return e->identity ? e->identity->redeem(e->host->self, ticket, found, &to) : HCP_E_REFUSED;
}

static hcp_status rate(hcp_plugin* p, const hcp_rating* rating, uint32_t deadline_ms, hcp_emit emit, void* ctx) {
    echo* const e = p->self;
    (void)deadline_ms;
    if (!available(e)) return HCP_E_STATE;
    if (!rating || rating->level < 1 || rating->level > 5) return told(e, HCP_E_INVALID);
    if (e->notify)
        e->notify->notify(e->host->self, rating->subject_type, rating->certificate_no, (hcp_text){"receipt", 7},
                          rating->text);
    emit_text(emit, ctx, "{\"receipt\":\"echo\"}");
    return HCP_OK;
}

/* ---- reconciliation: at start, then whenever another day begins ---- */

typedef struct page {
    echo* echo;
    char cursor[64];
} page;

/* By the rules of a call: what the host has committed may be faulty all the same. */
static void each(void* ctx, const hcp_completion* c) {
    echo* const e = ((page*)ctx)->echo;
    hcp_result result = {.struct_size = sizeof result};
    if (judge_completion(e, c, &result) == HCP_OK) remember(e, c);
}

static void next_page(void* ctx, hcp_text cursor) {
    page* const p = ctx;
    snprintf(p->cursor, sizeof p->cursor, "%.*s", (int)cursor.size, cursor.size ? cursor.data : "");
}

static void scan_all(echo* e) {
    page p = {e, ""};
    do {
        char here[sizeof p.cursor];
        memcpy(here, p.cursor, sizeof here);
        const hcp_text cursor = {*here ? here : NULL, (uint32_t)strlen(here)};
        p.cursor[0] = '\0';
        const hcp_status status = e->scan->list_completed(e->host->self, 0, cursor, each, next_page, &p);
        if (status != HCP_OK) say(e, "the scan failed");
    } while (p.cursor[0] && !e->ending);
}

static void* scan_daily(void* argument) {
    echo* const e = argument;
    const struct timespec moment = {0, 5000000};
    for (int64_t scanned = 0; !e->ending; nanosleep(&moment, NULL)) {
        const int64_t today = now_us(e) / (INT64_C(86400) * 1000000);
        if (today != scanned) scan_all(e);
        scanned = today;
    }
    return NULL;
}

/* ---- control ---- */

static void hook(void* self, const hcp_completion* events, size_t n, hcp_result* results) {
    echo* const e = self;
    completed(&e->table, events, n, results);
}

static hcp_status start(hcp_plugin* p) {
    echo* const e = p->self;
    hcp_status status = HCP_E_STATE;
    pthread_mutex_lock(&e->control);
    if (e->state == CREATED) {
        if (e->scan) pthread_create(&e->scanner, NULL, scan_daily, e);
        e->state = RUNNING;
        if (e->hooks) e->hooks->add_hook(e->host->self, hook, e);
        status = HCP_OK;
        say(e, "started");
    }
    pthread_mutex_unlock(&e->control);
    return status;
}

static hcp_status stop(hcp_plugin* p, uint32_t deadline_ms) {
    echo* const e = p->self;
    (void)deadline_ms;
    hcp_status status = HCP_E_STATE;
    pthread_mutex_lock(&e->control);
    if (e->state == RUNNING) {
        if (e->hooks) e->hooks->remove_hook(e->host->self, hook, e);
        e->state = STOPPED;
        e->ending = 1;
        if (e->scan) pthread_join(e->scanner, NULL);
        say(e, "stopped");
    }
    if (e->state == STOPPED) status = HCP_OK;
    pthread_mutex_unlock(&e->control);
    return status;
}

static hcp_status destroy(hcp_plugin* p) {
    echo* const e = p->self;
    if (e->state == RUNNING) {
        say_out_of_turn(e);
        return HCP_E_STATE;
    }
    pthread_mutex_destroy(&e->control);
    pthread_mutex_destroy(&e->mutex);
    free(e->keys);
    free(e);
    return HCP_OK;
}

static hcp_status reload(hcp_plugin* p) {
    return available(p->self) ? HCP_OK : HCP_E_STATE;
}

hcp_plugin* hcp_plugin_create(const hcp_host* host, hcp_text config_path) {
    if (!host || !HCP_HAS(host, hcp_host, log) || !host->log) return NULL;
    const bool sound = host->abi_major == HCP_ABI_MAJOR && HCP_HAS(host, hcp_host, extension) && config_path.size;
    if (!sound) {
        const hcp_host* const told = host;
        const echo voice = {.host = told};
        say(&voice, "refused: host %u.%u of %u bytes, module %u.%u of %zu bytes", host->abi_major, host->abi_minor,
            host->struct_size, HCP_ABI_MAJOR, HCP_ABI_MINOR, sizeof *host);
        return NULL;
    }
    echo* const e = calloc(1, sizeof *e);
    if (!e) return NULL;
    e->keys = calloc(MOST_KEYS, sizeof *e->keys);
    e->host = host;
    e->process = getpid();
    e->told_out_of_turn_in = -1;
    pthread_mutex_init(&e->control, NULL);
    pthread_mutex_init(&e->mutex, NULL);
    e->hooks = host->extension(host->self, HCP_EXT_COMPLETION_HOOKS);
    e->scan = host->extension(host->self, HCP_EXT_COMPLETION_SCAN);
    e->identity = host->extension(host->self, HCP_EXT_IDENTITY);
    e->notify = host->extension(host->self, HCP_EXT_NOTIFY);
    e->clock = host->extension(host->self, HCP_EXT_CLOCK);
    e->table =
        (hcp_plugin){sizeof e->table, HCP_ABI_MAJOR, HCP_ABI_MINOR, 0,         e,           start, stop,
                     destroy,         reload,        completed,     withdrawn, bids_opened, visit, evaluation_link,
                     health,          pending_for,   rate};
    return &e->table;
}
