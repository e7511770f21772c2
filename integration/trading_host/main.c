#include "integration/trading_host/commands.h"
#include "integration/trading_host/cycles.h"
#include "integration/trading_host/flood.h"
#include "integration/trading_host/hammer.h"
#include "integration/trading_host/latency.h"
#include "integration/trading_host/misbehave.h"
#include "integration/trading_host/process.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BAD_OPTIONS = 2 };

typedef struct arguments {
    host_options host;
    char* host_id;
    const char *misbehave, *hammer, *run;
    int64_t threads, seed, lose_percent, latency_s, batch, rate, cycles, flood, exit_code, alarms_us;
    bool exits_on_term;
} arguments;

enum option_id {
    MODULE = 1,
    CONFIG,
    STATE_DIR,
    LOG_FILE,
    CLOCK_FILE,
    HOST_ID,
    NO_HOOKS,
    NO_SCAN,
    NO_COMMIT,
    LOSE,
    SEED,
    HAMMER,
    RUN,
    THREADS,
    LATENCY,
    BATCH,
    RATE,
    CYCLES,
    FLOOD,
    EXIT_CODE,
    ALARMS,
    MISBEHAVE,
    HELP
};

static const struct option known[] = {
    {"module", required_argument, NULL, MODULE},
    {"config", required_argument, NULL, CONFIG},
    {"state", required_argument, NULL, STATE_DIR},
    {"log", required_argument, NULL, LOG_FILE},
    {"clock-file", required_argument, NULL, CLOCK_FILE},
    {"host-id", required_argument, NULL, HOST_ID},
    {"no-hooks", no_argument, NULL, NO_HOOKS},
    {"no-scan", no_argument, NULL, NO_SCAN},
    {"no-commit", no_argument, NULL, NO_COMMIT},
    {"lose-callback", required_argument, NULL, LOSE},
    {"seed", required_argument, NULL, SEED},
    {"hammer", required_argument, NULL, HAMMER},
    {"run", required_argument, NULL, RUN},
    {"threads", required_argument, NULL, THREADS},
    {"latency", required_argument, NULL, LATENCY},
    {"batch", required_argument, NULL, BATCH},
    {"rate", required_argument, NULL, RATE},
    {"cycles", required_argument, NULL, CYCLES},
    {"flood", required_argument, NULL, FLOOD},
    {"exit-on-term", required_argument, NULL, EXIT_CODE},
    {"alarms-us", required_argument, NULL, ALARMS},
    {"misbehave", required_argument, NULL, MISBEHAVE},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

static void print_help(void) {
    buffer text = {0};
    buffer_print(
        &text,
        "trading_host --module haochaping.so --config haochaping.ini [options]\n"
        "A reference host. Without a mode it reads commands from stdin and answers each with one JSON line.\n\n"
        "  --state DIR            what the host keeps: completed.log, inbox.tsv, … (trading_host.state)\n"
        "  --log FILE             where the log goes (stderr)\n"
        "  --clock-file FILE      the virtual now in microseconds, shared with others; stands still until moved\n"
        "  --host-id ID           host_id of events that name none (sdggzy)\n"
        "  --no-hooks             offer no completion hooks; call the plugin's function instead\n"
        "  --no-scan              offer no completion scan\n"
        "  --no-commit            report without committing first\n"
        "  --lose-callback N%%     forget that share of the callbacks\n"
        "  --seed N               of whatever is random (1)\n"
        "  --exit-on-term CODE    on SIGTERM call exit(CODE), and stop nothing first\n"
        "  --alarms-us N          SIGALRM every N microseconds; in the end, which threads it came to\n\n"
        "Modes\n"
        "  --hammer SECONDS|until-killed|until-told --run NAME [--threads 8] [--rate CALLS_PER_SECOND]\n"
        "                         all kinds of events at once; DIR/accepted.log has what the plugin promised\n"
        "  --latency SECONDS [--threads 1] [--batch 1] [--rate CALLS_PER_SECOND]\n"
        "                         how long `completed` takes, second by second\n"
        "  --cycles N             create, start, report, stop, destroy; threads and memory after each\n"
        "  --flood EVENTS         one call with so many while a subject rates, then stop: times and memory\n"
        "  --misbehave KIND       break the contract in one way:\n");
    misbehave_list(&text);
    buffer_print(&text, "\nCommands\n");
    commands_list(&text);
    fputs(text.data, stdout);
    buffer_free(&text);
}

static bool number(const char* text, int64_t least, int64_t most, int64_t* value) {
    return parse_whole(text, value) && *value >= least && *value <= most;
}

static bool percent(char* text, int64_t* value) {
    const size_t size = strlen(text);
    if (size && text[size - 1] == '%') text[size - 1] = '\0';
    return number(text, 0, 100, value);
}

/* 0, or the exit code: help was asked for, or something is wrong. */
static bool take_option(arguments* a, enum option_id id) {
    switch (id) {
        case MODULE:
            return a->host.module = optarg, true;
        case CONFIG:
            return a->host.config = optarg, true;
        case STATE_DIR:
            return a->host.state_dir = optarg, true;
        case LOG_FILE:
            return a->host.log_file = optarg, true;
        case CLOCK_FILE:
            return a->host.clock_file = optarg, true;
        case HOST_ID:
            return a->host_id = optarg, true;
        case NO_HOOKS:
            return a->host.without_hooks = true;
        case NO_SCAN:
            return a->host.without_scan = true;
        case NO_COMMIT:
            return a->host.without_commit = true;
        case LOSE:
            return percent(optarg, &a->lose_percent);
        case SEED:
            return number(optarg, 0, INT64_MAX / 8192, &a->seed);
        case HAMMER:
            return a->hammer = optarg, true;
        case RUN:
            return a->run = optarg, strlen(optarg) <= 32;
        case THREADS:
            return number(optarg, 1, 256, &a->threads);
        case LATENCY:
            return number(optarg, 1, 86400, &a->latency_s);
        case BATCH:
            return number(optarg, 1, 5000, &a->batch);
        case RATE:
            return number(optarg, 1, 10000000, &a->rate);
        case CYCLES:
            return number(optarg, 1, 100000, &a->cycles);
        case FLOOD:
            return number(optarg, 1, HCP_MAX_EVENTS, &a->flood);
        case EXIT_CODE:
            a->exits_on_term = true;
            return number(optarg, 0, 255, &a->exit_code);
        case ALARMS:
            return number(optarg, 100, 1000000, &a->alarms_us);
        case MISBEHAVE:
            return a->misbehave = optarg, true;
        default:
            return false;
    }
}

static bool parse(int argc, char** argv, arguments* a, int* exit_code) {
    int index = 0;
    *exit_code = BAD_OPTIONS;
    for (int id; (id = getopt_long(argc, argv, "", known, &index)) != -1;) {
        if (id == HELP) {
            print_help();
            *exit_code = EXIT_SUCCESS;
            return false;
        }
        if (id == '?') return false;
        if (!take_option(a, (enum option_id)id)) {
            fprintf(stderr, "--%s: %s is not a fitting value\n", known[index].name, optarg ? optarg : "");
            return false;
        }
    }
    if (optind < argc) fprintf(stderr, "%s: options begin with --\n", argv[optind]);
    if (!a->host.module || !a->host.config) fprintf(stderr, "--module and --config are wanted; see --help\n");
    if (a->hammer && !a->run) fprintf(stderr, "--hammer wants --run NAME\n");
    return optind == argc && a->host.module && a->host.config && (!a->hammer || a->run);
}

static bool run_hammer(host* h, const arguments* a) {
    int64_t seconds = 0;
    const bool until_told = strcmp(a->hammer, "until-told") == 0;
    if (!until_told && strcmp(a->hammer, "until-killed") != 0 && !number(a->hammer, 1, 86400, &seconds)) {
        fprintf(stderr, "--hammer: seconds, until-killed or until-told\n");
        return false;
    }
    const hammer_options options = {.seconds = seconds,
                                    .until_told = until_told,
                                    .threads = a->threads ? a->threads : 8,
                                    .rate = a->rate,
                                    .seed = (uint64_t)a->seed,
                                    .run = a->run};
    buffer members = {0};
    const bool good = hammer_run(h, &options, &members);
    answer("hammer", good ? HCP_OK : HCP_E_INTERNAL, &members);
    buffer_free(&members);
    return good;
}

static void run_commands(host* h, const arguments* a) {
    session s = {.host = h, .host_id = a->host_id, .seed = (uint64_t)a->seed};
    commands_run(&s);
}

static bool run_latency(host* h, const arguments* a) {
    char run[33];
    snprintf(run, sizeof run, "latency-%lld", (long long)host_now(h));
    const latency_options options = {.seconds = a->latency_s,
                                     .threads = a->threads ? a->threads : 1,
                                     .batch = a->batch ? a->batch : 1,
                                     .calls_per_s = a->rate,
                                     .run = a->run ? a->run : run};
    return latency_run(h, &options);
}

/* A mode that wants a running plugin, between start and stop. */
static bool run_started(host* h, const arguments* a) {
    const hcp_status started = host_start(h);
    answer("start", started, NULL);
    if (started != HCP_OK) {
        host_destroy(h);
        return false;
    }
    process_leaves_alarms(); /* commands wait for input; whoever reports takes them */
    bool good = true;
    if (a->hammer)
        good = run_hammer(h, a);
    else if (a->latency_s)
        good = run_latency(h, a);
    else
        run_commands(h, a);

    process_takes_alarms();
    const bool stopped = !h->plugin || h->stopped || host_stop(h, 20000) == HCP_OK;
    const hcp_status destroyed = stopped ? host_destroy(h) : HCP_E_TIMEOUT;
    answer("quit", destroyed, NULL);
    return good && destroyed == HCP_OK;
}

static void answer_alarms(void) {
    const alarm_count alarms = process_alarms();
    buffer members = {0};
    buffer_print(&members, ",\"taken\":%u,\"elsewhere\":%u", alarms.taken, alarms.elsewhere);
    answer("alarms", HCP_OK, &members);
    buffer_free(&members);
}

static bool run(host* h, const arguments* a) {
    if (a->cycles) return cycles_run(h, a->cycles);
    if (a->flood) return flood_run(h, a->flood);
    if (!a->misbehave) return run_started(h, a);
    bool is_known = false;
    const bool good = misbehave_run(h, a->misbehave, &is_known);
    if (!is_known) fprintf(stderr, "%s: no such misbehaviour; see --help\n", a->misbehave);
    return good;
}

int main(int argc, char** argv) {
    static char default_host_id[] = "sdggzy";
    arguments a = {.host = {.state_dir = "trading_host.state"}, .host_id = default_host_id, .seed = 1};
    int exit_code = EXIT_FAILURE;
    if (!parse(argc, argv, &a, &exit_code)) return exit_code;
    signal(SIGPIPE, SIG_IGN); /* a reader of our answers that has gone is no reason to die */
    if (a.exits_on_term && !process_exits_on_term((int)a.exit_code)) return exit_code;
    if (a.alarms_us && !process_begins_alarms(a.alarms_us)) return exit_code;

    static host h;
    if (!host_open(&h, &a.host)) return EXIT_FAILURE;
    h.lose_percent = (int)a.lose_percent;
    h.dice = (uint64_t)a.seed;
    const bool good = run(&h, &a);
    if (a.alarms_us) answer_alarms();
    if (!h.plugin) host_close(&h);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
