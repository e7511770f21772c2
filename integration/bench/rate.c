/* Evaluations to be rated through the pages.
 *   bench_rate … --backlog N --links FILE    lays up N cases of one subject each; FILE has a personal link a line. Then
 * it says `ready`, and serves the pages until its input ends */
#include "integration/bench/module.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static void write_links(host* h, uint64_t count, const char* path) {
    FILE* const out = fopen(path, "w");
    if (!out) give_up("cannot be written", path);
    synthetic* const made = allocate(sizeof *made);
    for (uint64_t i = 0; i < count; ++i) {
        buffer link = {0};
        module_case(made, 0, i, host_now(h));
        if (h->plugin->evaluation_link(h->plugin, &made->completion, made->subjects, emit_into, &link) != HCP_OK ||
            !link.data)
            give_up("no link", "module");
        fprintf(out, "%s\n", link.data);
        buffer_free(&link);
    }
    free(made);
    if (fclose(out) != 0) give_up("cannot be written", path);
}

int main(int argc, char** argv) {
    static const struct option known[] = {
        {"module", required_argument, NULL, 'm'},    {"config", required_argument, NULL, 'c'},
        {"directory", required_argument, NULL, 'd'}, {"backlog", required_argument, NULL, 'b'},
        {"links", required_argument, NULL, 'l'},     {NULL, 0, NULL, 0}};
    const char *module = NULL, *config = NULL, *directory = NULL, *links = NULL;
    int64_t backlog = 0;
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (option) {
            case 'm':
                module = optarg;
                break;
            case 'c':
                config = optarg;
                break;
            case 'd':
                directory = optarg;
                break;
            case 'b':
                backlog = strtoll(optarg, NULL, 10);
                break;
            case 'l':
                links = optarg;
                break;
            default:
                return 2;
        }
    }
    if (!module || !config || !directory || !links || backlog <= 0) {
        fprintf(stderr, "see the head of rate.c\n");
        return 2;
    }
    static host h;
    module_start(&h, module, config, directory);
    module_report(&h, module_case, 0, 0, (uint64_t)backlog);
    module_wait_for_store(&h);
    write_links(&h, (uint64_t)backlog, links);
    puts("ready");
    fflush(stdout);
    while (getchar() != EOF) {
    }
    module_stop(&h);
    return 0;
}
