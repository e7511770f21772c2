#include "integration/trading_host/extensions.h"

static void add_cell(buffer* to, hcp_text value) {
    buffer_add(to, "\t", 1);
    for (uint32_t i = 0; i < value.size; ++i) {
        const char c = value.data[i];
        buffer_add(to, c == '\t' || c == '\n' || c == '\r' ? " " : &value.data[i], 1);
    }
}

bool inbox_open(inbox* box, const char* directory) {
    box->fd = open_for_append(directory, "inbox.tsv");
    return box->fd >= 0;
}

hcp_status inbox_deliver(inbox* box, int64_t now_us, int32_t subject_type, hcp_text number, hcp_text subject_line,
                         hcp_text body) {
    char now[40];
    format_instant(now_us, now);
    buffer line = {0};
    buffer_print(&line, "%s\t%d", now, subject_type);
    add_cell(&line, number);
    add_cell(&line, subject_line);
    add_cell(&line, body);
    buffer_add(&line, "\n", 1);
    const bool good = append_whole(box->fd, line.data, line.size);
    buffer_free(&line);
    return good ? HCP_OK : HCP_E_FULL;
}
