/* haochaping (好差评): the whole contract between a trading platform server ("host") and this plugin. Pure C11.
 *
 * Threads   [control]        the host thread that called hcp_plugin_create; such calls never overlap
 *           [any]            any thread, concurrently. Costs one local group-committed write at most: no network, no SQL server
 *           [any, blocking]  any thread but a completion thread: waits for the database, at most deadline_ms
 *           A completion thread is one that is inside a completion callback of the host, up to its end: whoever completes something
 *           there must not wait. Afterwards the same thread may ask and rate. This side cannot see it, so nothing checks it.
 *           A debug build checks the other tags and reports a breach in the log as the host's.
 * States    created -> running -> stopped, written after '&'. A call in another state, or from a forked child, is HCP_E_STATE.
 *           While start is under way it is still created. Once stop was called it is no longer running, even if stop answered
 *           HCP_E_TIMEOUT: all but stop is HCP_E_STATE until a stop is OK.
 * NULL      may be: a text's data with size 0; `results` for a single event; `subject` of a visit; `handlers` with count 0; ctx.
 *           Nothing else: not emit, not a function of hcp_host or of an extension that is given.
 * Borrowed  every pointer handed over, either way, is valid until the call returns; copy what you keep
 * Text      UTF-8, pointer + byte count, no terminator. {NULL, 0}, or blanks alone, means absent. A maximum is in characters (code points).
 *           Keys are compared without the blanks at their ends, certificate numbers also without those inside, full-width letters and
 *           digits as plain ones, small letters as capitals (E36): padded and bare are one subject and one evaluation. Control
 *           characters are INVALID, but for line breaks and tabs in the text of a rating.
 * JSON      what emit is given is one object, UTF-8. Ignore the keys that you do not know: a new minor may add some.
 * Units     _us = microseconds since 1970-01-01T00:00:00Z, in the years 2000 to 2199, 0 = absent; _ms = milliseconds of duration
 * Structs   begin with struct_size = sizeof as its maker compiled it, and only grow at the end. In an array it is also the stride
 *           and must be the same in every element. Bytes that this side does not know are ignored, fields it misses are absent.
 * Growth    a new major is a break and is refused; a new minor appends. Larger additions come through extension("hcp.name/rev").
 * Unload    do not rely on dlclose: the crypto library stays mapped. Reload by stop, destroy, create.
 * Exit      exit() without stop is allowed, with threads of yours in here: our threads end first, within five seconds, calls are
 *           HCP_E_STATE from then on, the process exits with your code, and what was answered OK is there at the next start.
 * Sign-on   a person comes from your pages to <public_base_url>/s?ticket=TICKET (at most 512 bytes, percent-encoded), a GET that uses
 *           the ticket up; the plugin asks "hcp.identity/1" whose it is and shows that subject its list. Never put it into a log.
 */
#ifndef HAOCHAPING_H
#define HAOCHAPING_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

#define HCP_ABI_MAJOR 1u
#define HCP_ABI_MINOR 0u

#define HCP_MAX_EVENTS 100000u /* in one call */

/* True when `field` lies inside the struct the other side was compiled with. */
#define HCP_HAS(p, type, field) ((p)->struct_size >= offsetof(type, field) + sizeof((p)->field))

typedef int32_t hcp_status; /* values are permanent: never renumbered, never reused */
enum {
    HCP_OK = 0,         /* an event is on disk; says nothing about duplicates: of one key the first content wins      */
    HCP_E_INVALID = 1,  /* repeating is useless; the result says which field and why                                  */
    HCP_E_FULL = 2,     /* not stored: the local disk or its quota is full; call again later                          */
    HCP_E_STATE = 3,    /* not in this state, or not from this process; of start: held by somebody else now           */
    HCP_E_TIMEOUT = 4,  /* it did not happen within deadline_ms, nor will it later; of stop: unfinished, call again   */
    HCP_E_IN_DOUBT = 5, /* only of rate: writing had begun and its end is not known; ask or repeat, which is harmless */
    HCP_E_REFUSED = 6,  /* the rules say no; of rate emit says which, by its "code"                                   */
    HCP_E_INTERNAL = 7  /* our fault; the log has the reason                                                          */
};

enum { HCP_LOG_DEBUG = 0, HCP_LOG_INFO = 1, HCP_LOG_WARNING = 2, HCP_LOG_ERROR = 3 };

typedef struct hcp_text {
    const char *data;
    uint32_t size; /* bytes */
} hcp_text;

/* Receives text during the call that was given it; `text` is borrowed. Called at most once per call, on the caller's thread. */
typedef void (*hcp_emit)(void *ctx, hcp_text text);

enum { HCP_LINE_GOVERNMENT = 1, HCP_LINE_MEDICAL = 2, HCP_LINE_ENGINEERING = 3, HCP_LINE_MINING = 4 }; /* 政采 药械 工程 矿业权 (M9) */
enum { HCP_SUBJECT_PERSON = 1, HCP_SUBJECT_LEGAL = 2, HCP_SUBJECT_OTHER = 3 };                        /* 自然人 法人 其他组织 (M3) */
enum { HCP_CHANNEL_UNKNOWN = 0, HCP_CHANNEL_ONLINE = 1, HCP_CHANNEL_ON_SITE = 2 };                    /* 一事一评, 一次一评       */
enum { /* role of a subject in the trade (M3.1) */
    HCP_ROLE_UNKNOWN = 0, HCP_ROLE_TENDERER = 1 /* 招标人·采购人 */, HCP_ROLE_AGENCY = 2 /* 代理机构 */,
    HCP_ROLE_BIDDER = 3 /* 投标人·供应商 */, HCP_ROLE_EXPERT = 4 /* 评标专家 */, HCP_ROLE_MINING_BIDDER = 5 /* 矿业权竞买人 */,
    HCP_ROLE_OTHER = 9
};

typedef struct hcp_subject {
    uint32_t struct_size;
    int32_t type;              /* HCP_SUBJECT_*, required                                       */
    int32_t role;              /* HCP_ROLE_*                                                    */
    uint32_t reserved;         /* 0                                                             */
    hcp_text certificate_no;   /* 1..64, required: 统一社会信用代码 or the number of a personal paper  */
    hcp_text certificate_kind; /* ..40, GA/T 2000.156 code: 001 社会信用代码, 111 身份证; absent = by type. Another: 未归类 */
    hcp_text name;             /* ..100                                                         */
    hcp_text mobile;           /* ..18                                                          */
    hcp_text agent_name;       /* ..100, who acted for the subject. The same subject again in one completion is another agent of it: one
                                * evaluation, with both agents (E57); the rest of it is as in the first                       */
    hcp_text agent_no;         /* ..64                                                          */
} hcp_subject;

typedef struct hcp_staff { /* an evaluated person: staff of the centre, never a bidder, agency or expert (M3.3) */
    uint32_t struct_size;
    uint32_t reserved;
    hcp_text staff_id; /* 1..64, required */
    hcp_text name;     /* ..60            */
} hcp_staff;

/* One finished step of one project (办结). Idempotency key: host_id, case_no, completion_no. */
typedef struct hcp_completion {
    uint32_t struct_size;
    int32_t line;            /* HCP_LINE_*, or a line configured beyond 99; required. Another: 未归类 */
    hcp_text host_id;        /* 1..32, required                                                  */
    hcp_text case_no;        /* 1..64, required                                                  */
    hcp_text completion_no;  /* 1..32, required: a re-opened case completes under a new one (E17) */
    hcp_text project_no;     /* 1..64, required                                                  */
    hcp_text node;           /* 1..40, required: the step, e.g. 项目登记                           */
    int64_t completed_at_us; /* required; at most 5 min in the future                            */
    int64_t accepted_at_us;
    int64_t promised_at_us;
    hcp_text project_name;    /* ..200                                                           */
    hcp_text section;         /* ..64, 标段                                                       */
    hcp_text item_code;       /* ..64, one of the operator's items_file. Unknown or absent, or `node` not in nodes_file: 未归类, which can
                               * be rated and counts, but waits, not sent to the province, until the operator has added it    */
    hcp_text department_id;   /* ..64; absent: 待归属                                              */
    hcp_text department_name; /* ..100                                                           */
    int32_t channel;          /* HCP_CHANNEL_*                                                   */
    int32_t bids_secret;      /* 1: nothing of it leaves, is counted or listed until `bids_opened` of this project and section; it can
                               * be rated all the same                                           */
    const hcp_subject *subjects;
    size_t subject_count; /* 1..1000 */
    const hcp_staff *handlers;
    size_t handler_count; /* 0..20; none: 待归属 */
} hcp_completion;

/* The host revoked a completion (E17). Before its completion it waits for it. */
typedef struct hcp_withdrawal {
    uint32_t struct_size;
    uint32_t reserved;
    hcp_text host_id, case_no, completion_no; /* as in the completion */
    int64_t withdrawn_at_us;                  /* required             */
    hcp_text reason;                          /* ..200                */
} hcp_withdrawal;

/* Bids of this project and section are open: lifts secrecy (E14) of what completed until then, and 5 min beyond, since clocks differ.
 * What completes later and is secret belongs to another round, with an opening of its own. An absent section means the whole project. */
typedef struct hcp_bids_opened {
    uint32_t struct_size;
    uint32_t reserved;
    hcp_text host_id;     /* required             */
    hcp_text project_no;  /* required             */
    hcp_text section;     /* as in the completion */
    int64_t opened_at_us; /* required, at most 5 min in the future */
} hcp_bids_opened;

/* An on-site service happened (M10.5). Idempotency key: host_id, visit_no. */
typedef struct hcp_visit {
    uint32_t struct_size;
    int32_t line;          /* as in the completion; 0 = unknown */
    hcp_text host_id;      /* 1..32, required         */
    hcp_text visit_no;     /* 1..64, required         */
    int64_t visited_at_us; /* required                */
    hcp_text window;       /* ..40                    */
    hcp_text department_id, department_name;
    hcp_text item_code;
    hcp_text staff_id;
    const hcp_subject *subject; /* NULL = not known */
} hcp_visit;

typedef struct hcp_result { /* one per event, in order; struct_size set by the caller in each element */
    uint32_t struct_size;
    hcp_status status; /* OK, INVALID, FULL, STATE, INTERNAL (not taken; why is in the log) */
    char field[48];    /* INVALID: which field, e.g. "subjects[3].certificate_no"; terminated */
    char reason[176];  /* INVALID: what is wrong and what would be right, Chinese UTF-8; terminated */
} hcp_result;

/* A subject's answer, for hosts with their own pages. */
typedef struct hcp_rating {
    uint32_t struct_size;
    int32_t level;           /* 5 非常满意, 4, 3, 2, 1 非常不满意 (M7)                                       */
    hcp_text host_id, case_no, completion_no; /* which completion                                    */
    int32_t subject_type;    /* HCP_SUBJECT_*                                                        */
    int32_t reserved;
    hcp_text certificate_no; /* who; must be a subject of that completion (M3.2)                     */
    hcp_text tags;           /* reason codes joined by ',': of the last version in the operator's tags_file and of this level */
    hcp_text text;           /* ..2000                                                               */
    hcp_text request_key;    /* 1..64: the same key with the same content gets the same answer (E12) */
    int64_t received_at_us;  /* 0 = now; when the host's own entrance received it (E3), not in the future */
} hcp_rating;

typedef struct hcp_plugin hcp_plugin;
struct hcp_plugin {
    uint32_t struct_size;
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t reserved;
    void *self;

    /* [control & created] Opens journal and store, brings an embedded database up to this version (keep a copy before an upgrade; an
     * older module does not open it any more), then starts threads. Failure leaves `created`; the log says why:
     *   INVALID   somebody must change something: a key or rule file that cannot be read, a directory without permission, a certificate,
     *             other keys than those of the database, an address that this machine does not have
     *   STATE     held by somebody else now, the same call may succeed later: the port, the instance's directory, a database that
     *             is locked or does not answer at the very first start (later ones go on without it); or add_hook of the host said no
     *   INTERNAL  our fault */
    hcp_status (*start)(hcp_plugin *p);
    /* [control & running, stopped] Ends every thread. HCP_E_TIMEOUT past the deadline: call again. What was accepted stays on disk. */
    hcp_status (*stop)(hcp_plugin *p, uint32_t deadline_ms);
    /* [control & created, stopped] Frees everything, `p` included; HCP_E_STATE and nothing freed before stop has succeeded. */
    hcp_status (*destroy)(hcp_plugin *p);
    /* [control & running] Re-reads the ini and the rules (policy, calendar, items, nodes, tags). Of the ini it takes the keys that
     * `hcpctl config template` marks 可在线重载: accepted host ids, rate limits, the centre's name and telephone, the log's level. All or
     * nothing: with a fault, a key that needs a restart, or a stored version that was changed, HCP_E_REFUSED, the log says which, and
     * everything is as it was. */
    hcp_status (*reload)(hcp_plugin *p);

    /* [any & running] Events, 0 to HCP_MAX_EVENTS in a call; of more the call is INVALID, and neither `events` nor `results` is touched.
     * The status is OK when every result is, else that of the first event that is not; `results` may be NULL only for a single event.
     * INVALID concerns its event alone. They are stored in order, some hundreds at a time: once the disk does not take them, those and
     * all that follow in the call are FULL (or INTERNAL) untried, while every event that is OK is on disk. Report again what is not OK. */
    hcp_status (*completed)(hcp_plugin *p, const hcp_completion *events, size_t count, hcp_result *results);
    hcp_status (*withdrawn)(hcp_plugin *p, const hcp_withdrawal *events, size_t count, hcp_result *results);
    hcp_status (*bids_opened)(hcp_plugin *p, const hcp_bids_opened *events, size_t count, hcp_result *results);
    hcp_status (*visit)(hcp_plugin *p, const hcp_visit *events, size_t count, hcp_result *results);

    /* [any & running] Emits the personal rating link (not JSON) of one subject of one completion; computed, so it exists before the
     * event is applied, and for what was never reported. Read are host_id, case_no, completion_no, and type, certificate_no.
     * While the public pages are off, this, pending_for and rate are the only entrance: where a host has called none of them in 30 days
     * nobody could have rated, no day counts and nobody is defaulted, with an alarm (E51). */
    hcp_status (*evaluation_link)(hcp_plugin *p, const hcp_completion *key, const hcp_subject *subject, hcp_emit emit, void *ctx);
    /* [any & running] Never a personal datum, nor a count of what is secret; a journal's events in hundreds, its bytes in MiB. Emits
     *   {"instance": string, "version": string, "state": "running", "now_us": integer,
     *    "journal": {"events", "bytes", "set_aside": integer (1 = some), "oldest_s": integer or null}, or null: cannot be read,
     *    "database": string: 正常, 不可用, or 尚未知 = nobody has looked yet since the start,
     *    "evaluations": {"open", "unattributed_cases", "unclassified_cases", "bad_ratings_without_ticket": integer,
     *                    and of evaluations whose host will have got something wrong, by kind: "wrong_certificate_numbers",
     *                    "unknown_certificate_kinds", "unknown_lines": integer},
     *    "deliveries": {"queued", "claimed", "delivered", "held", "parked", and of these "doubled", "differences": integer,
     *                   "oldest_queued_s": integer or null},
     *                  this and the line above only while "database" is 正常
     *    "bridge": {"delivered", "failed", "refused", "in_flight": integer, "breaker_open": boolean, "breaker_reason": string},
     *              or the string 关闭: nothing is sent to the province,
     *    "instance_no": integer, null until it has come to its place in the database,
     *    "instances": of each instance of the database {"number": integer, "state": running, stopped or lost,
     *                 "leased_until_us": integer, "deliveries": integer: those it has claimed, "deliveries_until_us": integer
     *                 or null, and of one that tells it "name", "version": string, "since_us", "told_at_us": integer,
     *                 "stopped_at_us": integer or null, "journal_events": integer},
     *    "alarms": an object of a string for each alarm that stands, by its name} */
    hcp_status (*health)(hcp_plugin *p, hcp_emit emit, void *ctx);

    /* [any, blocking & running] Emits a page of what the subject may still rate, oldest deadline first: a JSON object
     *   {"evaluations": array of at most 200, "next": string, absent on the last page}, each evaluation an object
     *   {"evaluation_id": string, "link": string, "case_no": string, "project_no": string, "project_name": string, "" if unknown,
     *    "node": string, "completed_at_us": integer, "deadline_us": integer: from then on it is late, but while the
     *    holidays that it was counted by are not published yet (E50)}
     * `cursor`: {NULL,0} = the first page, else the "next" of the page before; one that never was a "next" is INVALID. Between pages what
     * is rated or late goes, and one whose deadline is extended may come twice; none is left out. What was just reported comes once it
     * has gone from the journal into the database, usually within a second. TIMEOUT also when the database does not answer.
     * INVALID emits {"field": string, "reason": string}. */
    hcp_status (*pending_for)(hcp_plugin *p, int32_t subject_type, hcp_text certificate_no, hcp_text cursor, uint32_t deadline_ms,
                              hcp_emit emit, void *ctx);
    /* [any, blocking & running] Waits until it is stored. Emits, "reason" being a Chinese sentence that may be shown to the rater,
     *   OK       {"receipt": string}
     *   REFUSED  {"code": string, "reason": string}; the codes, which stay:
     *     late           the deadline is over, or was 24 h ago and a default stands (E53); taken as a comment for the department,
     *                    never as a level (E13)
     *     barred         the subject may not rate at present (E5)
     *     already_rated  another answer was first (E12)
     *     withdrawn      the completion was withdrawn before (E17); taken as a comment too
     *     not_a_subject  no evaluation: not a subject of that completion, or it was not reported or is not in the database yet
     *   INVALID  {"field": string, "reason": string}. A bad level without a reason is kept as a draft all the same, which counts at the
     *            deadline unless an answer follows; "reason" says so (M8.2)
     * TIMEOUT: not begun before deadline_ms or before stop, or the database did not take it: nothing is stored, nor will be. IN_DOUBT:
     * begun, no answer yet, or your emit threw; it may be stored or yet be. The same request_key again, or pending_for, tells. */
    hcp_status (*rate)(hcp_plugin *p, const hcp_rating *rating, uint32_t deadline_ms, hcp_emit emit, void *ctx);
    /* append only; bump HCP_ABI_MINOR */
};

typedef struct hcp_host {
    uint32_t struct_size;
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t reserved;
    void *self;
    /* [any] One line, no personal data. Must not call back into the plugin. */
    void (*log)(void *self, int32_t level, hcp_text message);
    /* [control] NULL if unknown. What it returns is owned by the host and valid until destroy has returned HCP_OK. */
    const void *(*extension)(void *self, const char *id);
} hcp_host;

/* ---- host extensions; each optional. `self` is that of hcp_host. Called on one thread of ours, which may block in them; hooks on the
 * control thread. One that is too short or lacks one of its functions counts as absent, and the log says so. ---- */

/* How the plugin hooks itself into the completion callbacks. The host calls the hook after its own commit. */
#define HCP_EXT_COMPLETION_HOOKS "hcp.completion_hooks/1"
typedef void (*hcp_completion_hook)(void *hook_self, const hcp_completion *events, size_t count, hcp_result *results);
typedef struct hcp_ext_completion_hooks {
    uint32_t struct_size;
    uint32_t reserved;
    hcp_status (*add_hook)(void *self, hcp_completion_hook hook, void *hook_self); /* within start; remove_hook within stop */
    /* Returns only when no call of the hook is in flight, and none follows. */
    hcp_status (*remove_hook)(void *self, hcp_completion_hook hook, void *hook_self);
} hcp_ext_completion_hooks;

/* What finished, for reconciliation (H4). Calls `each` for up to a page of completions with completed_at_us >= since_us, after `cursor`
 * ({NULL,0} = from the start); then `next` once with the cursor of the next page, absent when there is none. A page that does not end
 * with `next` is a breach, and the scan fails: it could not be told from the last one. */
#define HCP_EXT_COMPLETION_SCAN "hcp.completion_scan/1"
typedef struct hcp_ext_completion_scan {
    uint32_t struct_size;
    uint32_t reserved;
    hcp_status (*list_completed)(void *self, int64_t since_us, hcp_text cursor,
                                 void (*each)(void *ctx, const hcp_completion *event), hcp_emit next, void *ctx);
} hcp_ext_completion_scan;

/* Turns a one-time sign-on ticket (life at most 60 s) into who it is (M9.1). `found` is called once on HCP_OK; called twice, it is a
 * breach and the ticket is refused. */
#define HCP_EXT_IDENTITY "hcp.identity/1"
typedef struct hcp_identity {
    uint32_t struct_size;
    int32_t subject_type;    /* HCP_SUBJECT_*, 0 = a staff member */
    hcp_text certificate_no; /* of a subject                      */
    hcp_text staff_id;       /* of a staff member                 */
} hcp_identity;
typedef struct hcp_ext_identity {
    uint32_t struct_size;
    uint32_t reserved;
    hcp_status (*redeem)(void *self, hcp_text ticket, void (*found)(void *ctx, const hcp_identity *who), void *ctx);
} hcp_ext_identity;

/* Asks the host to message a subject in its own inbox. */
#define HCP_EXT_NOTIFY "hcp.notify/1"
typedef struct hcp_ext_notify {
    uint32_t struct_size;
    uint32_t reserved;
    hcp_status (*notify)(void *self, int32_t subject_type, hcp_text certificate_no, hcp_text subject_line, hcp_text body);
} hcp_ext_notify;

/* Asks the host to message a member of its staff in its own way. Each message once; after anything but HCP_OK it is asked again for a day.
 * Without it messages are in the inbox of the desk alone. */
#define HCP_EXT_NOTIFY_STAFF "hcp.notify_staff/1"
typedef struct hcp_ext_notify_staff {
    uint32_t struct_size;
    uint32_t reserved;
    hcp_status (*notify_staff)(void *self, hcp_text staff_id, hcp_text subject_line, hcp_text body);
} hcp_ext_notify_staff;

/* A virtual now, for tests and demonstrations; asked only with [clock] allow_virtual = on, and noted in the ledger. [any] */
#define HCP_EXT_CLOCK "hcp.clock/1"
typedef struct hcp_ext_clock {
    uint32_t struct_size;
    uint32_t reserved;
    int64_t (*now_us)(void *self);
} hcp_ext_clock;

#if defined(__GNUC__)
#define HCP_EXPORT __attribute__((visibility("default")))
#else
#define HCP_EXPORT
#endif

/* The only exported symbol. [control] `host` and what it points to outlive the plugin. `config_path` names the ini.
 * NULL on refusal; the reason (versions and sizes of both sides, or the faults of the ini) was given to host->log before. */
HCP_EXPORT hcp_plugin *hcp_plugin_create(const hcp_host *host, hcp_text config_path);

#ifdef __cplusplus
}
#endif
#endif
