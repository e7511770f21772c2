#include "integration/trading_host/commands.h"

#include "integration/trading_host/feed.h"
#include "integration/trading_host/process.h"
#include "integration/trading_host/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What is wrong with a command line; NULL: nothing, and the command has answered. */
typedef const char* fault;

static void print_line(buffer* line) {
    for (size_t i = 0; i < line->size; ++i) {
        if (line->data[i] == '\n' || line->data[i] == '\r') line->data[i] = ' '; /* emitted JSON may be laid out */
    }
    puts(line->data);
    fflush(stdout);
}

void answer(const char* command, hcp_status status, const buffer* members) {
    buffer line = {0};
    buffer_print(&line, "{\"command\":");
    buffer_json(&line, text_of(command));
    buffer_print(&line, ",\"status\":\"%s\"", status_name(status));
    if (members && members->size) buffer_add(&line, members->data, members->size);
    buffer_add(&line, "}", 1);
    print_line(&line);
    buffer_free(&line);
}

static void answer_fault(const char* command, const char* why) {
    buffer line = {0};
    buffer_print(&line, "{\"command\":");
    buffer_json(&line, text_of(command));
    buffer_print(&line, ",\"status\":\"ERROR\",\"error\":");
    buffer_json(&line, text_of(why));
    buffer_add(&line, "}", 1);
    print_line(&line);
    buffer_free(&line);
}

/* The positional words of a line; false when there are fewer than `least` or more than `most`. */
static bool words(char* rest, char** out, int least, int most) {
    int count = 0;
    for (char* word; (word = next_word(&rest)); ++count) {
        if (count == most) return false;
        out[count] = word;
    }
    for (int i = count; i < most; ++i) out[i] = NULL;
    return count >= least;
}

static bool whole(const char* word, int64_t least, int64_t most, int64_t* value) {
    return !word || (parse_whole(word, value) && *value >= least && *value <= most);
}

/* What the plugin emitted is JSON already, or a link. */
static void answer_emitted(const char* command, hcp_status status, const buffer* emitted, bool is_json) {
    buffer members = {0};
    if (emitted->size) {
        buffer_print(&members, ",\"answer\":");
        if (is_json)
            buffer_add(&members, emitted->data, emitted->size);
        else
            buffer_json(&members, text_of(emitted->data));
    }
    answer(command, status, &members);
    buffer_free(&members);
}

/* ---- events ---- */

static fault set_pairs(event* one, char* rest) {
    const char* why = NULL;
    for (char* word; (word = next_word(&rest));) {
        char* const equals = strchr(word, '=');
        if (!equals) return "key=value is wanted";
        *equals = '\0';
        if (!event_set(one, word, equals + 1, &why)) return why;
    }
    return NULL;
}

static void report_one(session* s, const char* command, const event* one) {
    hcp_result result;
    const hcp_status status = host_report(s->host, one->kind, &one->as, 1, &result, NULL);
    buffer members = {0};
    if (status == HCP_E_INVALID) {
        buffer_print(&members, ",\"field\":");
        buffer_json(&members, text_of(result.field));
        buffer_print(&members, ",\"reason\":");
        buffer_json(&members, text_of(result.reason));
    }
    answer(command, status, &members);
    buffer_free(&members);
}

static fault do_completed(session* s, char* rest) {
    event one;
    event_init(&one, COMPLETION);
    one.as.completion.host_id = text_of(s->host_id);
    one.as.completion.completion_no = text_of("1");
    one.as.completion.completed_at_us = host_now(s->host);
    const fault why = set_pairs(&one, rest);
    if (!why) report_one(s, "completed", &one);
    event_free(&one);
    return why;
}

static fault do_visit(session* s, char* rest) {
    event one;
    event_init(&one, VISIT);
    one.as.visit.host_id = text_of(s->host_id);
    one.as.visit.visited_at_us = host_now(s->host);
    const fault why = set_pairs(&one, rest);
    if (!why) report_one(s, "visit", &one);
    event_free(&one);
    return why;
}

static fault do_withdraw(session* s, char* rest) {
    char* word[4];
    if (!words(rest, word, 3, 4)) return "withdraw HOST CASE COMPLETION_NO [REASON]";
    event one;
    event_init(&one, WITHDRAWAL);
    one.as.withdrawal.host_id = text_of(word[0]);
    one.as.withdrawal.case_no = text_of(word[1]);
    one.as.withdrawal.completion_no = text_of(word[2]);
    one.as.withdrawal.reason = text_of(word[3]);
    one.as.withdrawal.withdrawn_at_us = host_now(s->host);
    report_one(s, "withdraw", &one);
    return NULL;
}

static fault do_open(session* s, char* rest) {
    char* word[3];
    if (!words(rest, word, 1, 3)) return "open PROJECT [SECTION [HOST]]";
    event one;
    event_init(&one, BIDS_OPENED);
    one.as.bids_opened.project_no = text_of(word[0]);
    one.as.bids_opened.section = text_of(word[1]);
    one.as.bids_opened.host_id = text_of(word[2] ? word[2] : s->host_id);
    one.as.bids_opened.opened_at_us = host_now(s->host);
    report_one(s, "open", &one);
    return NULL;
}

static fault feed(session* s, const char* command, const feed_options* options) {
    buffer members = {0};
    const char* why = NULL;
    if (feed_run(s->host, options, &members, &why)) answer(command, HCP_OK, &members);
    buffer_free(&members);
    return why;
}

static fault do_complete(session* s, char* rest) {
    char* word[1];
    if (!words(rest, word, 1, 1)) return "complete FILE";
    const feed_options options = {.file = word[0], .host_id = s->host_id, .batch = 1, .threads = 1, .times = 1};
    return feed(s, "complete", &options);
}

static fault feed_options_of(const session* s, char* rest, feed_options* options) {
    static const char usage[] =
        "FILE [batch=1..5000] [threads=1..64] [times=1..100] [order=file|shuffled] [seed=N] [every_ms=N]";
    *options = (feed_options){.host_id = s->host_id, .batch = 100, .threads = 1, .times = 1};
    options->file = next_word(&rest);
    if (!options->file) return usage;
    int64_t seed = (int64_t)s->seed;
    for (char* word; (word = next_word(&rest));) {
        bool good = false;
        if (!strncmp(word, "batch=", 6)) good = whole(word + 6, 1, 5000, &options->batch);
        if (!strncmp(word, "threads=", 8)) good = whole(word + 8, 1, 64, &options->threads);
        if (!strncmp(word, "times=", 6)) good = whole(word + 6, 1, 100, &options->times);
        if (!strncmp(word, "seed=", 5)) good = whole(word + 5, 0, INT32_MAX, &seed);
        if (!strncmp(word, "every_ms=", 9)) good = whole(word + 9, 0, 60000, &options->every_ms);
        if (!strcmp(word, "order=file")) good = true;
        if (!strcmp(word, "order=shuffled")) good = options->shuffled = true;
        if (!good) return usage;
    }
    options->seed = (uint64_t)seed;
    return NULL;
}

static fault do_feed(session* s, char* rest) {
    feed_options options;
    const fault why = feed_options_of(s, rest, &options);
    return why ? why : feed(s, "feed", &options);
}

/* A feed on a thread of its own. Its answer waits for feed_end, so that every command still has one line. */
struct background {
    pthread_t thread;
    host* host;
    feed_options options;
    char* file;
    atomic_bool stop;
    buffer members;
    const char* why;
    bool good;
};

static void* run_background(void* argument) {
    struct background* const b = argument;
    b->good = feed_run(b->host, &b->options, &b->members, &b->why);
    return NULL;
}

static fault do_feed_begin(session* s, char* rest) {
    if (s->background) return "one is running: feed_end first";
    feed_options options;
    const fault why = feed_options_of(s, rest, &options);
    if (why) return why;
    struct background* const b = allocate(sizeof *b);
    memset(b, 0, sizeof *b);
    b->host = s->host;
    b->options = options;
    b->options.stop = &b->stop;
    b->options.file = b->file = strdup(options.file);
    if (!b->file || pthread_create(&b->thread, NULL, run_background, b) != 0) {
        free(b->file);
        free(b);
        return "no thread for it";
    }
    s->background = b;
    answer("feed_begin", HCP_OK, NULL);
    return NULL;
}

static fault end_background(session* s, bool answers) {
    struct background* const b = s->background;
    s->background = NULL;
    atomic_store(&b->stop, true);
    pthread_join(b->thread, NULL);
    const fault why = b->good ? NULL : b->why;
    if (b->good && answers) answer("feed_end", HCP_OK, &b->members);
    buffer_free(&b->members);
    free(b->file);
    free(b);
    return why;
}

static fault do_feed_end(session* s, char* rest) {
    if (next_word(&rest)) return "feed_end takes no words";
    return s->background ? end_background(s, true) : "none is running: feed_begin first";
}

/* ---- questions ---- */

static fault do_link(session* s, char* rest) {
    char* word[5];
    int64_t type = 0;
    if (!words(rest, word, 5, 5) || !whole(word[3], 1, 3, &type))
        return "link HOST CASE COMPLETION_NO TYPE CERTIFICATE_NO";
    if (!s->host->plugin) return "no plugin: start it first";
    event one;
    event_init(&one, COMPLETION);
    one.as.completion.host_id = text_of(word[0]);
    one.as.completion.case_no = text_of(word[1]);
    one.as.completion.completion_no = text_of(word[2]);
    const hcp_subject subject = {
        .struct_size = sizeof subject, .type = (int32_t)type, .certificate_no = text_of(word[4])};
    buffer emitted = {0};
    hcp_plugin* const p = s->host->plugin;
    const hcp_status status = p->evaluation_link(p, &one.as.completion, &subject, emit_into, &emitted);
    answer_emitted("link", status, &emitted, false);
    buffer_free(&emitted);
    return NULL;
}

static fault do_pending(session* s, char* rest) {
    char* word[4];
    int64_t type = 0, deadline_ms = 5000;
    if (!words(rest, word, 2, 4) || !whole(word[0], 1, 3, &type) || !whole(word[2], 0, 600000, &deadline_ms))
        return "pending TYPE CERTIFICATE_NO [DEADLINE_MS [CURSOR]]";
    if (!s->host->plugin) return "no plugin: start it first";
    buffer emitted = {0};
    hcp_plugin* const p = s->host->plugin;
    const hcp_status status = p->pending_for(p, (int32_t)type, text_of(word[1]), text_of(word[3]),
                                             (uint32_t)deadline_ms, emit_into, &emitted);
    answer_emitted("pending", status, &emitted, true);
    buffer_free(&emitted);
    return NULL;
}

static fault do_rate(session* s, char* rest) {
    if (!s->host->plugin) return "no plugin: start it first";
    event one;
    event_init(&one, RATING);
    one.as.rating.host_id = text_of(s->host_id);
    one.as.rating.completion_no = text_of("1");
    static const char deadline[] = "deadline_ms=";
    int64_t deadline_ms = 5000;
    fault why = NULL;
    if (strncmp(rest, deadline, sizeof deadline - 1) == 0 &&
        !whole(next_word(&rest) + sizeof deadline - 1, 0, 600000, &deadline_ms))
        why = "deadline_ms is a number of milliseconds";
    if (!why) why = set_pairs(&one, rest);
    if (!why) {
        buffer emitted = {0};
        hcp_plugin* const p = s->host->plugin;
        const hcp_status status = p->rate(p, &one.as.rating, (uint32_t)deadline_ms, emit_into, &emitted);
        answer_emitted("rate", status, &emitted, true);
        buffer_free(&emitted);
    }
    event_free(&one);
    return why;
}

static fault do_health(session* s, char* rest) {
    if (next_word(&rest)) return "health takes no words";
    if (!s->host->plugin) return "no plugin: start it first";
    buffer emitted = {0};
    const hcp_status status = s->host->plugin->health(s->host->plugin, emit_into, &emitted);
    answer_emitted("health", status, &emitted, true);
    buffer_free(&emitted);
    return NULL;
}

static fault do_ticket(session* s, char* rest) {
    char* word[2];
    int64_t type = 0;
    if (!words(rest, word, 2, 2) || !whole(word[0], 0, 3, &type)) return "ticket TYPE NUMBER; type 0 is a staff member";
    char ticket[33];
    if (!tickets_issue(&s->host->tickets, host_now(s->host), (int32_t)type, word[1], ticket))
        return "no random numbers";
    buffer members = {0};
    buffer_print(&members, ",\"ticket\":\"%s\",\"life_s\":%d", ticket, TICKET_LIFE_S);
    answer("ticket", HCP_OK, &members);
    buffer_free(&members);
    return NULL;
}

/* ---- time and control ---- */

static void answer_time(session* s, const char* command) {
    char now[40];
    const int64_t now_us = host_now(s->host);
    format_instant(now_us, now);
    buffer members = {0};
    buffer_print(&members, ",\"now\":\"%s\",\"now_us\":%lld", now, (long long)now_us);
    answer(command, HCP_OK, &members);
    buffer_free(&members);
}

static fault do_clock(session* s, char* rest) {
    char* word[1];
    int64_t us = 0;
    if (!words(rest, word, 1, 1)) return "clock +1h | +1d | -5m | 2026-10-09T00:00:00+08:00";
    const int sign = *word[0] == '+' ? 1 : *word[0] == '-' ? -1 : 0;
    if (sign ? !parse_duration(word[0] + 1, &us) : !parse_instant(word[0], &us))
        return "clock +1h | +1d | -5m | 2026-10-09T00:00:00+08:00";
    if (!clock_set(&s->host->clock, sign ? host_now(s->host) + sign * us : us))
        return "the clock file cannot be written";
    answer_time(s, "clock");
    return NULL;
}

static fault do_what_time(session* s, char* rest) {
    if (next_word(&rest)) return "clock? takes no words";
    answer_time(s, "clock?");
    return NULL;
}

static fault do_start(session* s, char* rest) {
    if (next_word(&rest)) return "start takes no words";
    answer("start", host_start(s->host), NULL);
    return NULL;
}

static fault do_stop(session* s, char* rest) {
    char* word[1];
    int64_t deadline_ms = 10000;
    if (!words(rest, word, 0, 1) || !whole(word[0], 0, 600000, &deadline_ms)) return "stop [DEADLINE_MS]";
    answer("stop", host_stop(s->host, (uint32_t)deadline_ms), NULL);
    return NULL;
}

static fault do_reload(session* s, char* rest) {
    if (next_word(&rest)) return "reload takes no words";
    if (!s->host->plugin) return "no plugin: start it first";
    answer("reload", s->host->plugin->reload(s->host->plugin), NULL);
    return NULL;
}

static fault do_sleep(session* s, char* rest) {
    (void)s;
    char* word[1];
    int64_t ms = 0;
    if (!words(rest, word, 1, 1) || !whole(word[0], 0, 3600000, &ms)) return "sleep_ms MILLISECONDS";
    const struct timespec span = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000L};
    nanosleep(&span, NULL);
    answer("sleep_ms", HCP_OK, NULL);
    return NULL;
}

static fault do_spawn(session* s, char* rest) {
    (void)s;
    if (!*rest) return "spawn COMMAND";
    answer("spawn", process_spawn(rest) ? HCP_OK : HCP_E_INTERNAL, NULL);
    return NULL;
}

static fault do_scans(session* s, char* rest) {
    if (next_word(&rest)) return "scans takes no words";
    buffer members = {0};
    buffer_print(&members, ",\"scans\":%u", s->host->completed.scans);
    answer("scans", HCP_OK, &members);
    buffer_free(&members);
    return NULL;
}

static fault do_lose(session* s, char* rest) {
    char* word[1];
    int64_t percent = 0;
    if (!words(rest, word, 1, 1) || !whole(word[0], 0, 100, &percent)) return "lose_callback 0..100";
    s->host->lose_percent = (int)percent;
    answer("lose_callback", HCP_OK, NULL);
    return NULL;
}

static fault do_help(session* s, char* rest);

static const struct {
    const char* name;
    fault (*run)(session* s, char* rest);
    const char* what;
} commands[] = {
    {"completed", do_completed, "KEY=VALUE …: one completion; completed_at_us is now unless given"},
    {"complete", do_complete, "FILE: every row of a feed file, one call each"},
    {"feed", do_feed, "FILE [batch=] [threads=] [times=] [order=shuffled] [seed=]: the same, in batches over threads"},
    {"feed_begin", do_feed_begin, "FILE [as feed] [every_ms=]: beside the commands that follow, until feed_end"},
    {"feed_end", do_feed_end, "stops it, and answers what it did"},
    {"withdraw", do_withdraw, "HOST CASE COMPLETION_NO [REASON]"},
    {"open", do_open, "PROJECT [SECTION [HOST]]: bids opened"},
    {"visit", do_visit, "KEY=VALUE …: an on-site service"},
    {"link", do_link, "HOST CASE COMPLETION_NO TYPE CERTIFICATE_NO: the personal rating link"},
    {"pending", do_pending,
     "TYPE CERTIFICATE_NO [DEADLINE_MS [CURSOR]]: a page of what a subject may rate; CURSOR: its next"},
    {"rate", do_rate, "[deadline_ms=N] KEY=VALUE …: a subject's answer"},
    {"health", do_health, ""},
    {"ticket", do_ticket, "TYPE NUMBER: a one-time sign-on ticket; type 0: a staff member"},
    {"clock", do_clock, "+1h | +1d | -5m | 2026-10-09T00:00:00+08:00: moves the virtual clock"},
    {"clock?", do_what_time, ""},
    {"scans", do_scans, "how often the plugin has asked what was completed"},
    {"lose_callback", do_lose, "0..100: percentage of callbacks to forget from now on"},
    {"reload", do_reload, ""},
    {"stop", do_stop, "[DEADLINE_MS]"},
    {"start", do_start, "after stop: destroy, create, start"},
    {"sleep_ms", do_sleep, "MILLISECONDS"},
    {"spawn", do_spawn, "COMMAND: runs it in a child of fork and exec, and does not wait for it"},
    {"help", do_help, ""},
    {"quit", NULL, ""},
};

void commands_list(buffer* to) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; ++i)
        buffer_print(to, "  %-14s %s\n", commands[i].name, commands[i].what);
}

static fault do_help(session* s, char* rest) {
    (void)s;
    if (next_word(&rest)) return "help takes no words";
    buffer members = {0};
    buffer_print(&members, ",\"commands\":[");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; ++i) {
        if (i) buffer_add(&members, ",", 1);
        buffer_json(&members, text_of(commands[i].name));
    }
    buffer_add(&members, "]", 1);
    answer("help", HCP_OK, &members);
    buffer_free(&members);
    return NULL;
}

static void run_line(session* s, const char* name, char* rest) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; ++i) {
        if (!commands[i].run || strcmp(commands[i].name, name) != 0) continue;
        const fault why = commands[i].run(s, rest);
        if (why) answer_fault(name, why);
        return;
    }
    answer_fault(name, "unknown command; try help");
}

void commands_run(session* s) {
    char* line = NULL;
    size_t capacity = 0;
    for (ssize_t size; (size = getline(&line, &capacity, stdin)) >= 0;) {
        while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r')) line[--size] = '\0';
        char* rest = line;
        const char* const name = *line == '#' ? NULL : next_word(&rest);
        if (!name) continue;
        if (!strcmp(name, "quit")) break;
        run_line(s, name, rest);
    }
    if (s->background) end_background(s, false);
    free(line);
}
